/** Reading and conducting a release from the command line, through the API over a socket. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandsOf, rows } from '#cli/api/commands/table.ts';
import { quoted } from '#domain/quoted.ts';
import { dayMs } from '#domain/time.ts';
import { quietWorld, release } from '#test/support/world.ts';
import { jalon, listening, serverOf } from './terminal.ts';

const world = quietWorld();
const server = serverOf(world);
let api = '';
const lead = 'project-lead-1:project-lead';
const as = (who: string, ...args: readonly string[]) => jalon([...args, '--as', who, '--api', api]);
const lastFact = () => world.releases.ledger(release.releaseId).at(-1);

beforeAll(async () => {
  api = await listening(server);
});
afterAll(() => server.close());

describe('before a release', () => {
  it('has none to mean', async () => {
    expect(await as(lead, 'phases')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/no release is under way: write --release/),
    });
  });

  it('is started, and refuses a second one', async () => {
    const started = await as(lead, 'start', 'demo-1', '--version', '1.0.0', '--launch-day', '2025-05-18');
    expect(started).toEqual({ code: 0, stdout: 'Release demo-1 is starting.\n', stderr: '' });
    await world.clock.runFor(dayMs);
    const second = await as(lead, 'start', 'demo-2', '--version', '1.0.0', '--launch-day', '2025-05-18');
    expect(second.code).toBe(6);
    expect(second.stderr).toMatch(/^jalon: POST \/releases: 409 ProductBusy: .*demo-1/);
  });
});

describe('reading', () => {
  it.each<[string, RegExp]>([
    ['releases', /demo-1 +1\.0\.0 +Release under way +0 % +Sun 2025-05-18/],
    ['timeline', /Wed 2025-04-09 16:00 +1 +release\.admitted +user:project-lead-1/],
    ['phases', /preparation +open +1 +04-10 – 04-17 +04-10 –/],
    ['phase preparation', /2\.\d\.\d .* (open|done)/],
    ['gates', /preparation {2}attempt 1, to come[\s\S]*missing: project-lead, technical-lead, security/],
    ['incidents', /^There is none\.\n$/],
    ['risks', /quiet/],
    ['messages', /launch +.* planned +Sun 2025-05-18 11:00/],
    ['scorecard', /Taux d'erreur OCR +< 5 % +not measured/],
    ['forecast', /Fri 2025-04-18 09:00 {2}staging opens/],
    ['access u-1', /^u-1 does not see the new version: 0 % of users have access\.\n$/],
  ])('prints a page that fits a terminal: jalon %s', async (typed, page) => {
    const { code, stdout, stderr } = await as(lead, ...typed.split(' '));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(page);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(110);
  });

  it('prints the answer as it came', async () => {
    const answer = await fetch(`${api}/releases/demo-1/phases`, { headers: { authorization: 'Bearer qa' } });
    expect((await as('qa', 'phases', '--json')).stdout).toBe(`${await answer.text()}\n`);
  });

  it('speaks French when the terminal does, or is asked to', async () => {
    const asked = await as('qa', 'phases', '--lang', 'fr');
    expect(asked.stdout).toMatch(/preparation +ouverte +1 +10\/04 – 17\/04/);
    const environment = { LANG: 'fr_FR.UTF-8', JALON_API: api };
    expect((await jalon(['phases', '--as', 'qa'], { environment })).stdout).toBe(asked.stdout);
  });
});

describe('what is refused', () => {
  const refused = ['pause', '--reason', 'x', '--release', 'nobody'];
  const path = 'POST /releases/nobody/pause: 404 ReleaseNotFound';

  it('is said in French when the terminal speaks it, or is asked to', async () => {
    const said = `jalon: ${path} : il n'y a pas de déploiement « nobody » : vérifiez l'identifiant, ou démarrez-le\n`;
    expect(await as(lead, ...refused, '--lang', 'fr')).toEqual({ code: 2, stdout: '', stderr: said });
    const environment = { LC_ALL: 'fr_FR.UTF-8', JALON_API: api };
    expect((await jalon([...refused, '--as', lead], { environment })).stderr).toBe(said);
  });

  it('is said in English otherwise', async () => {
    const said = `jalon: ${path}: there is no release "nobody": check the id, or start it\n`;
    expect((await as(lead, ...refused)).stderr).toBe(said);
    expect((await as(lead, ...refused, '--lang', 'en')).stderr).toBe(said);
  });
});

describe('conducting', () => {
  it.each<[string, string, object]>([
    ['pause --reason frozen', 'The release is paused.', { type: 'release.paused', reason: quoted('frozen') }],
    [
      'unpause --reason thawed',
      'The pause is lifted.',
      { type: 'release.unpaused', reason: quoted('thawed') },
    ],
    [
      'record-measure survey.satisfaction.pilots 86.5 --samples 12',
      'survey.satisfaction.pilots is recorded: 86.5.',
      { type: 'measure.recorded', value: 86.5, samples: 12 },
    ],
  ])('is one fact in the ledger, said in one line: jalon %s', async (typed, said, fact) => {
    expect(await as(lead, ...typed.split(' '))).toEqual({ code: 0, stdout: `${said}\n`, stderr: '' });
    expect(lastFact()).toMatchObject({ actor: 'user:project-lead-1', fact });
  });

  it('ticks with evidence, and what was ticked is read', async () => {
    const { stdout } = await as('devops', 'phase', 'preparation', '--json');
    const { items } = JSON.parse(stdout) as {
      items: Record<'id' | 'owner' | 'status' | 'verified', string>[];
    };
    const item = items.find(
      (one) => one.owner === 'devops' && one.status === 'open' && one.verified === 'person',
    )?.id;
    if (item === undefined) throw new RangeError('devops has nothing left to tick');
    const ticked = await as('ada:devops', 'tick', 'preparation', item, '--evidence', 'seen by two');
    expect(ticked).toMatchObject({ code: 0, stdout: `preparation ${item} is done.\n` });
    expect((await as('qa', 'phase', 'preparation')).stdout).toMatch(/devops +done +ada 04-10 +seen by two/);
  });

  it('moves the launch day, and refuses one that has passed', async () => {
    const moved = await as(lead, 'move-launch-day', '2025-05-25', '--reason', 'late');
    expect(moved).toMatchObject({ code: 0, stdout: 'The launch day is 2025-05-25 now.\n' });
    expect((await as(lead, 'status')).stdout).toMatch(/Launch day +Sun 2025-05-25/);
    const past = await as(lead, 'move-launch-day', '2025-01-01', '--reason', 'late');
    expect([past.code, past.stderr]).toEqual([6, expect.stringMatching(/409 LaunchDayPast/)]);
  });

  it('counts once what is sent twice with one key', async () => {
    const pause = ['pause', '--reason', 'twice', '--idempotency-key', 'k-1'];
    expect((await as(lead, ...pause)).stdout).toBe('The release is paused.\n');
    const before = lastFact()?.seq;
    expect((await as(lead, ...pause)).stdout).toMatch(/This key had been used for it before/);
    expect(lastFact()?.seq).toBe(before);
    await as(lead, 'unpause', '--reason', 'on');
  });

  it.each<[string, string, number, RegExp]>([
    ['qa', 'pause --reason x', 5, /403 NotPermitted: qa may not pause the release/],
    ['nobody', 'phases', 5, /401: Unauthorized; sign in again/],
    [lead, 'resume preparation gate --comment x', 6, /409 NotAllowedNow/],
    [lead, 'phase nowhere', 2, /404 NotFound: the plan has no phase "nowhere": it has preparation/],
    [lead, 'phases --release demo-9', 2, /404 ReleaseNotFound/],
    [lead, 'approve preparation --comment x', 2, /--role is missing/],
    [lead, 'resume preparation coffee --comment x', 2, /it must be one of gate, observe/],
    [lead, 'tick preparation 1 --evidence x --file y', 2, /write one of them/],
    [lead, 'tick preparation 1 --link example', 2, /--link is "example": it must be a web address/],
    [lead, 'record-measure a b --samples 1', 2, /<value> is "b": it must be a number/],
    [lead, 'phases --token secret', 2, /others on this machine can read a command line/],
    [lead, 'releases --state over', 2, /--state is "over": it must be one of active, ended/],
  ])(
    'is refused with its code and changes nothing: as %s jalon %s ends with %i',
    async (who, typed, code, message) => {
      const before = lastFact()?.seq;
      const ran = await as(who, ...typed.split(' '));
      expect(ran).toMatchObject({ code, stdout: '' });
      expect(ran.stderr).toMatch(message);
      expect(lastFact()?.seq).toBe(before);
    },
  );
});

describe('what cannot be taken back', () => {
  const abort = () => ['abort', '--reason', 'over', '--as', lead, '--api', api];

  it('is not done when nobody can be asked', async () => {
    const { code, stderr } = await jalon(abort());
    expect([code, stderr]).toEqual([2, expect.stringMatching(/write --yes/)]);
  });

  it('is not done when another release is typed', async () => {
    const { code, stderr } = await jalon(abort(), { ask: async () => 'demo-2' });
    expect([code, stderr]).toEqual([2, 'jalon: that is not demo-1: nothing was done\n']);
    expect(lastFact()?.fact.type).not.toBe('release.closed');
  });

  it('is not done after Ctrl-C', async () => {
    const { code, stderr } = await jalon(abort(), { ask: () => Promise.reject(new Error('Ctrl-C')) });
    expect([code, stderr]).toEqual([130, 'jalon: nothing was done\n']);
  });

  it('is done when it is confirmed, and without asking after --yes', async () => {
    let asked = '';
    const { code } = await jalon(abort(), {
      ask: async (question) => {
        asked = question;
        return 'demo-1\n';
      },
    });
    expect([code, asked]).toEqual([0, expect.stringMatching(/Type demo-1 to go on: $/)]);
    expect(lastFact()?.fact).toMatchObject({ type: 'release.closed', outcome: 'aborted' });
    const ended = await as(lead, 'releases', '--state', 'ended');
    expect(ended.stdout).toMatch(/demo-1 +1\.0\.0 +Release aborted by a person/);
    const withdrawn = await as(lead, 'withdraw-access', '--reason', 'x', '--release', 'demo-1', '--yes');
    expect([withdrawn.code, withdrawn.stderr]).toEqual([6, expect.stringMatching(/409 NotAllowedNow/)]);
  });
});

describe('the table', () => {
  it('has a command for everything people do, and says why of the rest', () => {
    const without = Object.entries(commandsOf).filter(([, one]) => 'none' in one);
    expect(without.map(([operation]) => operation).toSorted()).toEqual([
      'erase-person',
      'read-looks',
      'read-openapi',
      'read-release',
    ]);
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  });

  it('stands in docs/reference/cli.md', () => {
    const page = readFileSync(
      join(import.meta.dirname, '..', '..', '..', 'docs', 'reference', 'cli.md'),
      'utf8',
    );
    expect(rows.map(({ name }) => name).filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});
