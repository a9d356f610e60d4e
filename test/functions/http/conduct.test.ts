/** Every route in a rehearsal's world: what a release manager and a team do over HTTP, and what the ledger says of it. */

import { beforeEach, describe, expect, it } from 'vitest';
import { quoted } from '#domain/quoted.ts';
import { type BakeState, startBake } from '#domain/rules/bake-clock.ts';
import { hourMs } from '#domain/time.ts';
import type { HttpResponse } from '#functions/contracts/http.ts';
import { phaseApi } from '#functions/http/phase-api.ts';
import { handlerOf } from '#functions/runtime/handler.ts';
import type { World } from '#rehearsal/world/world.ts';
import { times } from '#test/adapters/race.ts';
import { crowded, crowdedRelease } from '#test/support/crowded-release.ts';
import { type Answer, answerOf, ask, claimsOf, eventOf } from '#test/support/http.ts';
import { readPlanForTest } from '#test/support/plans.ts';
import { quietWorld, release } from '#test/support/world.ts';

const { releaseId, version, launchDay } = release;
const plan = readPlanForTest('technicia');
const lead = claimsOf('project-lead-1', 'project-lead');
const support = claimsOf('support-1', 'support');
const everybody = claimsOf('ada', ...Object.keys(plan.roles));
let world: World;

beforeEach(() => {
  world = quietWorld();
});

const get = (path: string, claims = lead, query?: Record<string, string>) =>
  ask(world, 'GET', path, { claims, ...(query ? { query } : {}) });
const post = (path: string, body: unknown, claims = lead) => ask(world, 'POST', path, { claims, body });
const here = (path: string) => `/releases/${releaseId}${path}`;
const facts = () => world.releases.ledger(releaseId).map(({ fact }) => fact);
const peek = () => world.releases.peek(releaseId);
const until = (is: () => boolean) => world.clock.runUntil(is);
const waitsFor = async (kind: string, phase: string) => {
  const open = await world.waits.open(releaseId);
  return open.some((one) => one.kind === kind && one.phase === phase);
};
/** The preparation has begun; its checklist waits. */
async function started() {
  await world.start(release);
  await until(() => peek()?.phases['preparation'] !== undefined);
  await world.clock.runFor(hourMs);
}
const typeOf = ({ status, body }: Answer) => [status, body['type']];

describe('POST /releases', () => {
  const asked = { releaseId, version, launchDay };

  it('starts a release in the name of who asks, and answers 200 the same when asked again', async () => {
    const first = await post('/releases', asked);
    expect([first.status, Object.keys(first.body)]).toEqual([200, ['releaseId', 'executionArn']]);
    expect(await post('/releases', asked)).toEqual(first);
    await world.clock.runFor(hourMs);
    expect(await post('/releases', asked)).toEqual(first);
    expect(peek()).toMatchObject({ startedBy: 'project-lead-1', version, launchDay });
    expect(world.engine.executions()).toHaveLength(1);
  });

  it.each<[string, unknown, typeof lead, readonly [number, string]]>([
    ['somebody without the role', asked, support, [403, 'NotPermitted']],
    ['a day in the past', { ...asked, launchDay: '2024-01-01' }, lead, [409, 'LaunchDayPast']],
    ['a starter who is named', { ...asked, startedBy: 'project-lead-1' }, lead, [400, 'InvalidInput']],
    ['no id', { version, launchDay }, lead, [400, 'InvalidInput']],
  ])('refuses, and starts nothing for %s', async (_, body, claims, expected) => {
    expect(typeOf(await post('/releases', body, claims))).toEqual(expected);
    expect(world.engine.executions()).toEqual([]);
  });

  it('refuses a second release, and the same id with another version or by somebody else', async () => {
    await post('/releases', asked);
    await world.clock.runFor(hourMs);
    const again = (changes: object, claims = lead) => post('/releases', { ...asked, ...changes }, claims);
    expect(typeOf(await again({ releaseId: 'demo-2' }))).toEqual([409, 'ProductBusy']);
    expect(typeOf(await again({ version: '9' }))).toEqual([409, 'ReleaseExists']);
    expect(typeOf(await again({}, everybody))).toEqual([409, 'ReleaseExists']);
  });
});

describe('reads', () => {
  it('list what is under way, and nothing before', async () => {
    expect((await get('/releases')).body).toEqual({ releases: [] });
    await started();
    const { status, headers, body } = await get('/releases', claimsOf('nobody-special'));
    expect([status, headers]).toEqual([
      200,
      {
        'content-type': 'application/json',
        'cache-control': 'private, no-cache',
        etag: expect.stringMatching(/^"[\w-]{22}"$/),
      },
    ]);
    expect(body['releases']).toEqual([
      expect.objectContaining({ id: releaseId, status: 'active', exposure: 0, phases: ['preparation'] }),
    ]);
  });

  it('show a release with all its rows, but no task token', async () => {
    await started();
    const { status, body } = await get(here(''));
    expect([status, body['id'], body['planRevision']]).toEqual([200, releaseId, plan.revision.day]);
    expect(body).toMatchObject({ phases: { preparation: { status: 'open' } } });
    const tokens = (await world.waits.open(releaseId)).map(({ token }) => token);
    expect(tokens.length).toBeGreaterThan(0);
    expect(tokens.filter((token) => JSON.stringify(body).includes(token))).toEqual([]);
  });

  it('page through the timeline without losing or doubling an entry', async () => {
    await started();
    for (let nth = 0; nth < 420; nth += 1)
      await post(here(nth % 2 === 0 ? '/pause' : '/unpause'), { reason: String(nth) });
    const all = world.releases.ledger(releaseId);
    const read: unknown[] = [];
    const sizes: number[] = [];
    let after: number | undefined = 0;
    while (after !== undefined) {
      const { body } = await get(here('/timeline'), support, { after: String(after) });
      const entries = body['entries'] as readonly { seq: number }[];
      read.push(...entries.map(({ seq }) => seq));
      sizes.push(entries.length);
      after = body['next'] as number | undefined;
    }
    expect(sizes.slice(0, 2)).toEqual([200, 200]);
    expect(read).toEqual(all.map(({ seq }) => seq));
    const head = { seq: all.at(-1)?.seq, hash: all.at(-1)?.hash };
    expect((await get(here('/timeline'), support, { after: '99999' })).body).toEqual({ entries: [], head });
  });

  it('page through the looks of an observation, by attempt', async () => {
    await started();
    const waitId = 'production-10.1.bake';
    const key = { releaseId, waitId, epoch: 1, phase: 'production-10', attempt: 1 };
    const looks = times(120, (index) => ({ atMs: 1_000_000 + index, exposure: 10, checks: {} }));
    let before: BakeState | undefined;
    for (const one of looks) {
      const next = { ...startBake(0), lastTickMs: one.atMs };
      await world.bakes.put(key, before, next, one);
      before = next;
    }
    const path = here('/phases/production-10/looks');
    const first = await get(path, support);
    expect(first.body).toEqual({ looks: looks.slice(0, 100), next: String(looks[99]?.atMs) });
    const rest = await get(path, support, { after: String(first.body['next']), attempt: '1' });
    expect(rest.body).toEqual({ looks: looks.slice(100) });
    expect((await get(path, support, { attempt: '2' })).body).toEqual({ looks: [] });
    expect(typeOf(await get(path, support, { attempt: '11' }))).toEqual([400, 'InvalidInput']);
    expect(typeOf(await get(here('/phases/nowhere/looks')))).toEqual([404, 'NotFound']);
  });

  it.each(['', '/timeline', '/phases/production-10/looks'])(
    'of an unknown release: 404 (%s)',
    async (path) => {
      const { status, body } = await get(`/releases/nobody${path}`);
      expect([status, body['type'], body['detail']]).toEqual([
        404,
        'ReleaseNotFound',
        'there is no release "nobody": check the id, or start it',
      ]);
    },
  );
});

const item = plan.phases
  .find(({ id }) => id === 'preparation')
  ?.checklists.flatMap(({ items }) => items)
  .find(({ verified }) => verified === 'person');
const tickPath = `/phases/preparation/items/${item?.id}/tick`;

/** A route and a body that keeps its contract. */
const commands: readonly (readonly [path: string, body: object])[] = [
  ['/pause', { reason: 'gel' }],
  ['/unpause', { reason: 'fin' }],
  ['/abort', { reason: 'abandon' }],
  ['/launch-day/move', { launchDay: '2025-05-28', reason: 'retard' }],
  ['/measures/bugs.critical/record', { value: 0, samples: 1 }],
  ['/incidents/none/acknowledge', {}],
  ['/incidents/none/resolve', {}],
  ['/incidents/none/reopen', {}],
  [tickPath, { evidence: 'rapport' }],
  ['/phases/preparation/gate/approve', { role: 'project-lead', comment: '' }],
  ['/phases/preparation/gate/reject', { role: 'project-lead', comment: '' }],
  ['/phases/preparation/correction/report', { comment: '' }],
  ['/phases/preparation/resume', { resolution: 'gate', comment: '' }],
  ['/phases/preparation/decide', { decision: 'retry', comment: '' }],
];

describe.each(commands)('POST %s', (path, body) => {
  it('is refused to somebody without any role, and writes nothing', async () => {
    await started();
    const before = facts().length;
    expect(typeOf(await post(here(path), body, claimsOf('eve', 'admin')))).toEqual([403, 'NotPermitted']);
    expect(facts()).toHaveLength(before);
  });

  it('of an unknown release is 404, or waits for nothing', async () => {
    const answer = await post(`/releases/nobody${path}`, body, everybody);
    const waits = /gate|correction|resume|decide/.test(path);
    const known = waits ? [409, 'NotAllowedNow'] : [404, 'ReleaseNotFound'];
    expect(typeOf(answer)).toEqual(known);
  });
});

describe('commands', () => {
  beforeEach(started);

  it('pause: a lead may, support may not', async () => {
    const body = { reason: 'gel' };
    expect(typeOf(await post(here('/pause'), body, support))).toEqual([403, 'NotPermitted']);
    expect(peek()?.paused).toBe(false);
    const answer = await post(here('/pause'), body);
    expect([answer.status, answer.body]).toEqual([200, {}]);
    expect(peek()?.paused).toBe(true);
    expect((await get(here(''))).body['paused']).toBe(true);
  });

  it('tick: the owner may, once', async () => {
    const owner = claimsOf('owner', item?.owner ?? '');
    for (const _ of [1, 2]) expect((await post(here(tickPath), { evidence: 'vu' }, owner)).status).toBe(200);
    const ticks = facts().filter((fact) => fact.type === 'item.ticked' && fact.item === item?.id);
    expect(ticks).toEqual([
      expect.objectContaining({ by: 'owner', evidence: { code: 'words', params: { words: 'vu' } } }),
    ]);
  });

  it('gate: not before it waits, then once per role', async () => {
    const body = { role: 'project-lead', comment: 'non' };
    const path = here('/phases/preparation/gate/reject');
    expect(typeOf(await post(path, body))).toEqual([409, 'NotAllowedNow']);
    await until(() => facts().some((fact) => fact.type === 'gate.opened'));
    while (!(await waitsFor('gate', 'preparation'))) await world.clock.runFor(1000);
    expect(typeOf(await post(path, { ...body, role: 'qa' }))).toEqual([403, 'NotPermitted']);
    expect((await post(path, body)).status).toBe(200);
    expect(facts()).toContainEqual(
      expect.objectContaining({ type: 'gate.rejected', by: 'project-lead-1', comment: quoted('non') }),
    );
  });

  it('launch day: moves, and is refused in the past', async () => {
    expect((await post(here('/launch-day/move'), { launchDay: '2025-05-28', reason: '' })).status).toBe(200);
    expect(peek()?.launchDay).toBe('2025-05-28');
    const past = await post(here('/launch-day/move'), { launchDay: '2025-01-01', reason: '' });
    expect(typeOf(past)).toEqual([409, 'LaunchDayPast']);
  });

  it('measures: those of the plan and no other', async () => {
    const own = Object.values(plan.checks).map(({ source }) => source);
    const [measure = ''] = own.flatMap(({ kind, query = '' }) =>
      kind === 'jalon' && !query.startsWith('incidents.') ? [query] : [],
    );
    const value = { value: 82.5, samples: 40 };
    expect((await post(here(`/measures/${measure}/record`), value, support)).status).toBe(200);
    expect(peek()?.measures[measure]).toMatchObject(value);
    expect(typeOf(await post(here('/measures/__proto__/record'), value))).toEqual([404, 'NotFound']);
    expect(typeOf(await post(here(`/measures/${measure}/record`), '{"value":1e999,"samples":1}'))).toEqual([
      400,
      'InvalidInput',
    ]);
  });

  it('abort: ends it; then nothing can be changed, and everything still be read', async () => {
    expect((await post(here('/abort'), { reason: 'abandon' })).status).toBe(200);
    await world.clock.runFor(hourMs);
    expect((await get('/releases')).body).toEqual({ releases: [] });
    expect((await get(here(''))).body['status']).toBe('aborted');
    expect((await get(here('/timeline'))).status).toBe(200);
    const before = facts().length;
    for (const [path, body] of commands) {
      // Aborting again is harmless, and incidents outlive a release.
      if (path === '/abort' || path.startsWith('/incidents')) continue;
      const answer = await post(here(path), body, everybody);
      expect([path, ...typeOf(answer)]).toEqual([path, 409, 'NotAllowedNow']);
    }
    const again = await post('/releases', { releaseId, version, launchDay });
    expect(typeOf(again)).toEqual([409, 'ReleaseExists']);
    expect(facts()).toHaveLength(before);
  });
});

describe('a phase that does not pass', () => {
  const path = (rest: string) => here(`/phases/preparation/${rest}`);
  const reaches = async (kind: string) => {
    await until(() => facts().some((fact) => fact.type === 'gate.opened'));
    while (!(await waitsFor('gate', 'preparation'))) await world.clock.runFor(1000);
    await post(path('gate/reject'), { role: 'project-lead', comment: 'non' });
    for (let tries = 0; !(await waitsFor(kind, 'preparation')); tries += 1) {
      if (tries > 600) throw new Error(`no ${kind} was asked for`);
      await world.clock.runFor(1000);
    }
  };

  it('is corrected: whoever decides its gate may say so', async () => {
    await started();
    await reaches('correction');
    expect(typeOf(await post(path('correction/report'), { comment: '' }, support))).toEqual([
      403,
      'NotPermitted',
    ]);
    expect((await post(path('correction/report'), { comment: 'refait' })).status).toBe(200);
    expect(facts()).toContainEqual(
      expect.objectContaining({ type: 'phase.corrected', comment: quoted('refait'), attempt: 1 }),
    );
    await until(() => peek()?.phases['preparation']?.attempt === 2);
    expect(peek()?.phases['preparation']).toMatchObject({ attempt: 2, status: 'open' });
  });
});

describe('a phase that waits for everything at once', () => {
  const operator = claimsOf('ada', 'operator');

  it.each<[string, object, string]>([
    ['gate/approve', { role: 'operator', comment: '' }, 'gate.approved'],
    ['gate/reject', { role: 'operator', comment: '' }, 'gate.rejected'],
    ['correction/report', { comment: 'refait' }, 'phase.corrected'],
    ['resume', { resolution: 'expose', comment: '' }, 'phase.resumed'],
    ['decide', { decision: 'retry', comment: '' }, 'decision.taken'],
    ['items/by-hand/tick', { evidence: 'vu' }, 'item.ticked'],
    ['items/by-hand/waive', { reason: 'inutile' }, 'item.waived'],
    ['gate/criteria/c/override', { comment: 'connu' }, 'gate.override-asked'],
    ['order', { order: 'roll-back', level: 'full', reason: 'lent' }, 'phase.ordered'],
  ])('is answered on %s %j, and then the same again changes nothing', async (rest, body, type) => {
    const ports = await crowdedRelease();
    const path = `/releases/${crowded.releaseId}/phases/${crowded.phase}/${rest}`;
    const event = eventOf('POST', path, { claims: operator, body }, { releaseId: crowded.releaseId });
    const call = async () => answerOf((await handlerOf(phaseApi, ports)(event)) as HttpResponse);
    const written = async () => {
      const entries = await ports.releases.history(crowded.releaseId, 0, 200);
      return entries.filter(({ fact }) => fact.type === type);
    };
    expect(await call()).toMatchObject({ status: 200, body: {} });
    expect(await written()).toEqual([expect.objectContaining({ actor: 'user:ada' })]);
    expect([200, 409]).toContain((await call()).status);
    expect(await written()).toHaveLength(1);
  });
});
