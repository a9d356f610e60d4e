/** What the bake of a phase will be able to see, before it begins: from the plan's usual traffic, its exposure and its length. */

import type { DetectableEffect } from '../ledger/facts.ts';
import type { Check, Observation, Phase, Plan } from '../plan/plan.ts';
import { alphaOf } from './budget.ts';
import { badShareMax } from './check.ts';
import { smallestRatio } from './detectable-effect.ts';

/**
 * One sight for each check of the bake that compares rates with control and says what traffic is usual. A check without
 * `usual` cannot be foreseen; without control (100 %) there is nothing to compare.
 */
export function foresee(plan: Plan, phase: Phase, attempt: number): readonly DetectableEffect[] {
  const { observation, exposure = 0 } = phase;
  if (!observation || exposure === 0 || exposure === 100) return [];
  const controlled = observation.checks.flatMap((id) => {
    const check = plan.checks[id];
    return check && isForeseeable(check) ? [{ id, check }] : [];
  });
  return controlled.map(({ id, check }) => {
    const sharing = controlled.filter((one) => one.check.class === check.class).length;
    const ratio = smallestSeen(check, observation, exposure, alphaOf(plan, attempt) / sharing);
    return ratio === undefined ? { check: id } : { check: id, ratio };
  });
}

export const isForeseeable = ({ metric, compare, usual }: Check): boolean =>
  metric === 'rate' && compare === 'control' && usual !== undefined;

function smallestSeen(
  { objective, tolerance = 1, usual }: Check,
  { continuousHealthHours, deadlineHours }: Observation,
  exposure: number,
  alpha: number,
): number | undefined {
  const { perMinute = 0, badPercent } = usual ?? {};
  return smallestRatio({
    perMinuteTreatment: (perMinute * exposure) / 100,
    share: exposure / 100,
    usualBadShare: badPercent === undefined ? badShareMax(objective) : badPercent / 100,
    minutes: continuousHealthHours * 60,
    alpha,
    ratioMax: tolerance,
    hours: Math.ceil(deadlineHours),
  });
}
