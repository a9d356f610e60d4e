/** Ways through Technicia's machine that once went wrong. */
import { expect, it } from 'vitest';
import { rearmsMax } from '#domain/rules/bake-clock.ts';
import { readPlanForTest } from '#test/support/plans.ts';
import { walk } from '#test/support/walk.ts';
import { quietWorld, release } from '#test/support/world.ts';

const technicia = readPlanForTest('technicia');
const correct = { outcome: 'correct', reason: {} };

it('a retried correction still leads back to the phase that asked for it', async () => {
  const calls = await walk(technicia, {
    'pass-gate user-tests#1': correct,
    'complete-checklist corrections#1': 'InvalidInput',
    'choose-rollback': { level: 'none', component: '' },
    'await-decision': { decision: 'retry' },
  });
  const entered = calls.filter((call) => call.startsWith('open-phase'));
  expect(entered.slice(0, 7)).toEqual([
    'open-phase preparation#1',
    'open-phase staging#1',
    'open-phase user-tests#1',
    'open-phase corrections#1',
    'open-phase corrections#2',
    'open-phase user-tests#2',
    'open-phase corrections#3',
  ]);
});

it('corrections end with the attempts that the plan allows, in the hands of a person', async () => {
  const calls = await walk(technicia, {
    ...Object.fromEntries(
      ['user-tests', 'production-10', 'production-50', 'production-100', 'stabilisation'].flatMap((phase) =>
        [1, 2].map((attempt) => [`pass-gate ${phase}#${attempt}`, correct]),
      ),
    ),
    'choose-rollback': { level: 'none', component: '' },
    'await-decision': { decision: 'abandon' },
  });
  const corrections = calls.filter((call) => call.startsWith('open-phase corrections'));
  expect(corrections).toHaveLength(9);
  expect(calls.at(-1)).toBe('Release.Abandoned');
});

it('an undo script that says anything but "succeeded" has not undone', async () => {
  const calls = await walk(technicia, {
    'observe production-10#1': { verdict: 'unhealthy', reason: {} },
    'choose-rollback': { level: 'full', component: '' },
    'run-script production-10#1': { status: 'succeeded' },
  });
  expect(calls.at(-1)).toBe('Release.RolledBack');
  const stuck = await walk(technicia, {
    'run-script production-10#1': { status: 'cancelled' },
    'choose-rollback': { level: 'full', component: '' },
  });
  const asked = ['call-to-failed-rollback', 'await-decision'].map((step) => `${step} production-10#1`);
  expect(stuck.slice(stuck.indexOf(asked[0] ?? ''), -2).slice(0, 2)).toEqual(asked);
  // Nobody decided, for sixty days.
  expect(stuck.at(-1)).toBe('Release.RollbackFailed');
});

it('a bake that fell silent is observed again as often as the domain allows, then held', async () => {
  const { releaseId } = release;
  const world = quietWorld();
  await world.start(release);
  await world.clock.runUntil(() => world.releases.peek(releaseId) !== undefined);
  const asked = { contract: 1, releaseId, phase: 'production-10', attempt: 1 };
  const actions: unknown[] = [];
  for (let rearms = 0; rearms <= rearmsMax + 1; rearms += 1) {
    actions.push(await world.delivery.invoke('diagnose-silence', { ...asked, rearms }));
  }
  expect(rearmsMax).toBe(2);
  expect(actions).toEqual(['observe', 'observe', 'hold', 'hold'].map((action) => ({ action })));
});
