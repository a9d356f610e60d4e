/** How the chance of a false rollback is shared: over the bakes of a plan, and over the attempts of each. */
import type { Plan } from '../plan/plan.ts';

/** Of a release as a whole, in percent: at one release a week, about one false rollback a year. */
const falseRollbackPercent = 2;
/** The first attempt has three quarters of a bake's part, each later one a quarter of the one before: together never more. */
const laterAttempts = 1 / 4;

/** The chance of a false alarm that one attempt of a phase's bake may spend, 0 to 1. */
export function alphaOf(plan: Pick<Plan, 'phases' | 'falseRollbackPercent'>, attempt: number): number {
  const bakes = plan.phases.filter(({ observation }) => observation !== undefined).length;
  const release = (plan.falseRollbackPercent ?? falseRollbackPercent) / 100;
  return (release / Math.max(1, bakes)) * (1 - laterAttempts) * laterAttempts ** (attempt - 1);
}
