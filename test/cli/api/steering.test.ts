/** Steering a phase that is under way from the command line: orders, blockers, incidents and tasks, through the API over a socket. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '#domain/time.ts';
import { rehearsalWorld } from '#rehearsal/rehearse.ts';
import type { World } from '#rehearsal/world/world.ts';
import { readPlanForTest } from '#test/support/plans.ts';
import { release } from '#test/support/world.ts';
import { jalon, listening, serverOf } from './terminal.ts';

const { releaseId } = release;
const lead = 'project-lead-1:project-lead';
const audit = { from: '2025-04-18T10:00', to: '2025-04-20T10:00' };
let world: World;
let server: ReturnType<typeof serverOf>;
let api = '';

const plan = {
  ...readPlanForTest('technicia'),
  freezes: [{ id: 'audit', name: 'Audit', phases: ['user-tests'], when: audit }],
};

/** Staging has just begun, in a freeze window. */
beforeEach(async () => {
  world = rehearsalWorld({ plan, seed: 1, users: 50, launchDay: release.launchDay });
  await world.start(release);
  await world.clock.runUntil(() => world.releases.peek(releaseId)?.phases['staging'] !== undefined);
  await world.clock.runFor(4 * hourMs);
  server = serverOf(world);
  api = await listening(server);
});
afterEach(() => server.close());

const as = (who: string, typed: string, ...more: readonly string[]) =>
  jalon([...typed.split(' '), ...more, '--as', who, '--api', api]);
const facts = () => world.releases.ledger(releaseId);
const happened = (type: string) => facts().filter(({ fact }) => fact.type === type);
async function done(typed: string, said: string, ...more: readonly string[]): Promise<void> {
  expect(await as(lead, typed, ...more)).toEqual({ code: 0, stdout: `${said}\n`, stderr: '' });
}

describe('orders', () => {
  it('replace what is tried', async () => {
    await done('replace-candidate 1.0.1 --reason fixed', 'The release goes on with version 1.0.1.');
    expect(happened('candidate.replaced')).toMatchObject([
      { actor: 'user:project-lead-1', fact: { from: '1.0.0', to: '1.0.1', reason: 'fixed' } },
    ]);
  });

  it.each([
    ['order correct staging --reason odd', 'staging is to be corrected.', { order: 'correct' }],
    [
      'order roll-back staging --level full --reason odd --yes',
      'staging is to be rolled back.',
      { order: 'roll-back', level: 'full' },
    ],
  ])('are facts of the phase in the name of who gave them: jalon %s', async (typed, said, ordered) => {
    await done(typed, said);
    expect(happened('phase.ordered')).toMatchObject([
      { fact: { phase: 'staging', by: 'project-lead-1', reason: 'odd', ...ordered } },
    ]);
  });

  it('hold at a gate', async () => {
    await world.clock.runUntil(() => happened('gate.opened').length === 2);
    await done('order hold staging --reason odd', 'staging is to be held.');
    expect((await as('qa', 'phases')).stdout).toMatch(/staging +held/);
  });

  it('end an observation early', async () => {
    await world.clock.runUntil(() => happened('observation.started').length === 1);
    const { fact } = happened('observation.started')[0] ?? {};
    const phase = fact?.type === 'observation.started' ? fact.phase : '';
    await done(`order promote ${phase} --reason seen`, `${phase} is to be promoted.`);
    expect(happened('phase.ordered')).toMatchObject([{ fact: { phase, order: 'promote' } }]);
  });

  it('end a wait for a date', async () => {
    await world.clock.runUntil(() => happened('phase.closed').length === 2);
    await world.clock.runFor(hourMs);
    const early = await as(lead, 'order promote user-tests --reason ready');
    expect([early.code, early.stderr]).toEqual([6, expect.stringMatching(/409 NotAllowedNow/)]);
    await done('order skip-wait user-tests --reason ready', 'user-tests does not wait any more.');
    expect(happened('phase.ordered')).toMatchObject([{ fact: { phase: 'user-tests', order: 'skip-wait' } }]);
    const again = await as(lead, 'order skip-wait staging --reason ready');
    expect([again.code, again.stderr]).toEqual([6, expect.stringMatching(/409 NotAllowedNow/)]);
  });
});

describe('blockers', () => {
  it('a freeze window is listed until when it holds, and overridden for once', async () => {
    expect((await as('qa', 'freezes')).stdout).toMatch(/audit +Audit +user-tests +Sun 2025-04-20 10:00\n/);
    await done('override-freeze audit --reason agreed', 'Freeze audit does not hold the release any more.');
    expect(happened('freeze.overridden')).toMatchObject([{ fact: { freeze: 'audit', reason: 'agreed' } }]);
    expect((await as('qa', 'freezes')).stdout).toMatch(/Sun 2025-04-20 10:00 \(overridden\)/);
    const unknown = await as(lead, 'override-freeze lent --reason x');
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringMatching(/it has audit/)]);
  });

  it('a version is marked bad, and no other person than the conductors may', async () => {
    const refused = await as('qa', 'mark-version-bad --reason x --yes');
    expect([refused.code, happened('version.marked-bad')]).toEqual([5, []]);
    await done(
      'mark-version-bad --yes',
      'The version is marked bad: nothing of it goes further.',
      '--reason',
      'x y',
    );
    expect(happened('version.marked-bad')).toMatchObject([{ fact: { version: '1.0.0', reason: 'x y' } }]);
  });
});

describe('the gate', () => {
  it('says what its criteria read now, and what it would do', async () => {
    const { stdout } = await as('qa', 'gate staging');
    expect(stdout).toMatch(/^staging {2}attempt 1, to come\n/);
    expect(stdout).toMatch(/3\.4\.2 .* {2}✓ healthy \(0\)/);
    expect(stdout).toMatch(/\n {2}It waits \(.*\)\n$/);
  });
});

describe('an incident', () => {
  it('is opened, told to be over and not over, and leaves a page to fill in', async () => {
    const title = ['--title', 'Documents perdus'];
    await done('open-incident --severity critical', 'The incident is open.', ...title);
    const { fact } = happened('incident.opened')[0] ?? {};
    const incident = fact?.type === 'incident.opened' ? fact.incident : '';
    expect((await as('qa', 'incidents')).stdout).toContain(`${incident}  Documents perdus`);
    await done(`acknowledge-incident ${incident}`, `Incident ${incident} is acknowledged.`);
    await done(`resolve-incident ${incident}`, `Incident ${incident} is resolved.`);
    await done(`reopen-incident ${incident} --comment back`, `Incident ${incident} is open again.`);
    expect(happened('incident.reopened')).toMatchObject([{ fact: { incident, reason: 'back' } }]);
    await world.clock.runFor(dayMs);

    const task = `post-incident.${incident}`;
    expect((await as('qa', 'tasks')).stdout).toMatch(
      /Post-incident review: .* open .*\n +Documents perdus\n/,
    );
    const { stdout: page } = await as('qa', `task ${task}`);
    expect(page).toMatch(/^# Retour d'expérience : Documents perdus\n/);
    expect(page).toContain('| Gravité | critique |');
    const { tasks } = JSON.parse((await as('qa', `task ${task} --json`)).stdout);
    expect(`${tasks[0].template}\n`).toBe(page);
    await done(`close-task ${task} --note read`, `Task ${task} is closed.`);
    expect((await as('qa', 'tasks')).stdout).toMatch(/ done /);
    const unknown = await as('qa', 'task coffee');
    expect(unknown).toMatchObject({ code: 2, stdout: '' });
    expect(unknown.stderr).toContain(`the release has no task "coffee": it has ${task}`);
  });
});
