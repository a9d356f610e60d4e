/** When a release may be aborted: never under a rollback that runs; in the middle of one that failed or stands still, by two people. */
import { NotAllowedNow } from '../errors.ts';
import type { Closing } from '../ledger/causes.ts';
import type { Fact } from '../ledger/facts.ts';
import { isRollbackLevel } from '../ledger/outcomes.ts';
import type { Release, RollbackRecord } from '../ledger/records.ts';
import { toInstant } from '../plan/calendar.ts';
import type { Plan, RollbackLevelName, RollbackStep } from '../plan/plan.ts';
import { runNameOf } from '../plan/scripts.ts';
import type { Quoted } from '../quoted.ts';
import { isRunning, overdueMs } from './agreement.ts';

interface Asked {
  readonly by: string;
  readonly reason: Quoted;
  readonly nowMs: number;
}

/** That the person asks for it, where it takes a second one. Throws NotAllowedNow while a rollback runs. */
export function askAbort(plan: Plan, release: Release, { by, reason, nowMs }: Asked): readonly Fact[] {
  const { rollback } = release;
  if (!rollback || release.status !== 'active') return [];
  const untilMs = overdueMs(plan, rollback);
  if (isRunning(plan, release) && nowMs < untilMs)
    throw new NotAllowedNow({
      code: 'rollback-runs',
      params: { release: release.id, phase: rollback.phase, until: toInstant(untilMs) },
    });
  const takesTwo = isLeft(plan, release) && rollback.abortAskedBy === undefined;
  return takesTwo ? [{ type: 'release.abort-asked', by, reason }] : [];
}

/** Whether nobody else has to ask. */
export const mayAbort = (plan: Plan, release: Release, by: string): boolean =>
  !isLeft(plan, release) || release.rollback?.abortAskedBy !== by;

/** What the ledger says of it: with what of a rollback is left undone. */
export const closingOf = (plan: Plan, release: Release, reason: Quoted): Closing =>
  isLeft(plan, release) && release.rollback
    ? { code: 'rollback-left', params: { reason, undone: undoneOf(plan, release, release.rollback) } }
    : { code: 'ordered', params: { reason } };

/** A rollback that two people wanted, or a verdict, and that did not come to its end. */
const isLeft = (plan: Plan, release: Release): boolean =>
  isRunning(plan, release) ||
  (release.rollback?.failed !== undefined && isRollbackLevel(release.rollback.course));

/**
 * Steps run one after another: those before the last one that left a trace are done, and a script that did may not have ended.
 * A message may go before its turn.
 */
function undoneOf(plan: Plan, release: Release, rollback: RollbackRecord): readonly string[] {
  const { course } = rollback;
  if (!isRollbackLevel(course)) return [];
  const begun = plan.rollback[course].steps.map((step) => ({
    step,
    hasBegun: hasBegun(release, rollback, course, step),
    kind: step.action.kind,
  }));
  const last = begun.findLastIndex((one) => one.hasBegun && one.kind !== 'message');
  return begun
    .filter((one, nth) => nth > last || (nth === last && one.kind === 'script'))
    .filter((one) => !(one.kind === 'message' && one.hasBegun))
    .map(({ step }) => step.text);
}

function hasBegun(
  { phases, messages, components, tasks }: Release,
  { phase, attempt, component, failures = 0, failed }: RollbackRecord,
  level: RollbackLevelName,
  { id, action }: RollbackStep,
): boolean {
  switch (action.kind) {
    case 'script': {
      // That it has failed counts already.
      const before = failed === undefined ? failures : failures - 1;
      const name = runNameOf(action.script, { level, step: id, failures: before });
      return phases[phase]?.runs?.includes(name) ?? false;
    }
    case 'message': {
      const { campaign, status } = messages[action.message] ?? {};
      return status !== 'planned' && (campaign?.endsWith(`.${phase}.${attempt}`) ?? false);
    }
    case 'component':
      return components[component] === action.state;
    case 'task':
      return tasks[`${phase}.${attempt}.${level}.${id}`] !== undefined;
  }
}
