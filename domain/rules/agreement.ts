/** What cannot be undone takes two different people: one who chose it, and one who agreed. One person with two roles is one. */
import { type Irrevocable, isRollbackLevel } from '../ledger/outcomes.ts';
import type { Release, RollbackRecord } from '../ledger/records.ts';
import type { Message, Plan, RollbackLevelName } from '../plan/plan.ts';
import { hourMs, minuteMs } from '../time.ts';
import { isVerdict } from './rollback.ts';

const peopleMin = 2;
/** How long people who lost access wait to be told, and a first person for the second one, before others are called. */
export const agreementMinutes = 30;

/** What ends the release or restores data when it is carried out; nothing of a course that can be taken back. */
export function irrevocableIn(
  { rollback }: Pick<Plan, 'rollback'>,
  course: RollbackRecord['course'],
): Irrevocable | undefined {
  if (course === 'abandon' || course === 'full') return course;
  if (!isRollbackLevel(course)) return undefined;
  return rollback[course].steps.some(({ restoresData }) => restoresData === true) ? course : undefined;
}

/** How many people more must agree before it is carried out. */
export function peopleMissing(plan: Plan, rollback: RollbackRecord): number {
  const course = irrevocableIn(plan, rollback.course);
  if (course === undefined) return 0;
  const isAutomatic = course !== 'abandon' && plan.rollback[course].restoreData === 'automatic';
  return isAutomatic && isVerdict(plan, rollback) ? 0 : Math.max(0, peopleMin - rollback.people.length);
}

/** What a level tells users when it takes access away or restores: the messages of its steps, in their order. */
export const messagesOf = ({ rollback }: Plan, level: RollbackLevelName): readonly Message['id'][] =>
  rollback[level].steps.flatMap(({ action }) => (action.kind === 'message' ? [action.message] : []));

/** A level that is being carried out: it has been chosen, everybody who must has agreed, and nothing says that it failed. */
export const isRunning = (plan: Plan, { rollback }: Pick<Release, 'rollback'>): boolean =>
  rollback !== undefined &&
  rollback.failed === undefined &&
  isRollbackLevel(rollback.course) &&
  peopleMissing(plan, rollback) === 0;

/** When a rollback that runs has taken longer than all its scripts may. Epoch milliseconds. */
export function overdueMs(
  { rollback: levels, scripts }: Plan,
  { course, chosenAt, agreedAt = chosenAt }: RollbackRecord,
): number {
  const steps = isRollbackLevel(course) ? levels[course].steps : [];
  return steps.reduce((atMs, { action }) => {
    if (action.kind !== 'script') return atMs;
    // As long as its state waits (`statemachines/rollback.ts`).
    return atMs + 2 * (scripts[action.script]?.timeoutMinutes ?? 0) * minuteMs + hourMs;
  }, Date.parse(agreedAt));
}
