/** What can come of a release, and of a phase that cannot go on. */
import { type RollbackLevelName, rollbackLevels } from '../plan/plan.ts';

/** How a release ends. `aborted`: a person stopped it, or its execution was gone. */
export const releaseOutcomes = [
  'completed',
  'rolled-back',
  'abandoned',
  'rollback-failed',
  'aborted',
] as const;
export type ReleaseOutcome = (typeof releaseOutcomes)[number];

/** What comes of a phase that cannot go on: a level in full, only what can be given again, or nothing until a person says so. */
export const rollbackCourses = [...rollbackLevels, 'withdraw', 'switch-off', 'none'] as const;
export type RollbackCourse = (typeof rollbackCourses)[number];

/** What two people may have to want: a level that ends the release or restores data, or that the release is given up. */
export const irrevocables = [...rollbackLevels, 'abandon'] as const;
export type Irrevocable = (typeof irrevocables)[number];

export const isRollbackLevel = (course: RollbackCourse | Irrevocable): course is RollbackLevelName =>
  (rollbackLevels as readonly string[]).includes(course);
