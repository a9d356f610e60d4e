/** How much a team's report says follows from how rarely it comes. */
import type { Release } from '../ledger/records.ts';
import type { Plan, Report } from '../plan/plan.ts';
import { openPhases } from './progress.ts';

export const hasResults = ({ cadence }: Report): boolean => cadence !== 'daily';
export const hasScorecard = ({ cadence }: Report): boolean => cadence === 'weekly';

/** The checks whose values the report shows: criteria of the gates ahead, and what the success of the release is measured by. */
export function checksOf(plan: Plan, release: Release, report: Report): readonly string[] {
  const criteria = hasResults(report)
    ? openPhases(plan, release).flatMap(({ gate }) => gate.criteria.flatMap(({ check }) => check ?? []))
    : [];
  const success = hasScorecard(report) ? plan.successMetrics.map(({ check }) => check) : [];
  return [...new Set([...criteria, ...success])];
}
