/** The success metrics of the plan (its section 11.2), each with the last value that the release recorded. */

import { meets } from '../judge/check.ts';
import type { Verdict } from '../ledger/facts.ts';
import { gateKey, lastAttempt, type Release } from '../ledger/records.ts';
import { addDays, instantOf } from '../plan/calendar.ts';
import { isRemote } from '../plan/metric-sources.ts';
import type { LocalDay, Plan, SuccessMetric } from '../plan/plan.ts';
import { present } from '../present.ts';
import { measureOf } from './measures.ts';

export interface Score {
  readonly metric: SuccessMetric;
  /** In the unit of the objective. */
  readonly value?: number;
  /** `unknown` without a value, `inconclusive` before the day from which it counts. */
  readonly verdict: Verdict;
  /** The day from which it counts, where the plan names one. */
  readonly from?: LocalDay;
}

/** The end of the day on which the last success metric is measured. Epoch milliseconds. */
export function measuredMs(plan: Plan, launchDay: string): number {
  const lastDay = Math.max(0, ...plan.successMetrics.map(({ fromDay }) => fromDay ?? 0));
  return instantOf(addDays(launchDay, lastDay), plan.workday.end, plan.timeZone);
}

/** `today` in the plan's time zone. */
export const scorecard = (plan: Plan, release: Release, today: LocalDay): readonly Score[] =>
  plan.successMetrics.map((metric) => {
    const value = recorded(plan, release, metric.check);
    const from = metric.fromDay === undefined ? undefined : addDays(release.launchDay, metric.fromDay);
    return {
      metric,
      ...present({ value, from }),
      verdict: verdictOf(metric, value, from !== undefined && today < from),
    };
  });

function verdictOf({ objective }: SuccessMetric, value: number | undefined, early: boolean): Verdict {
  if (value === undefined) return 'unknown';
  if (early) return 'inconclusive';
  return meets(objective, value) ? 'healthy' : 'unhealthy';
}

/** What was reported to us, or for a metric of another source what the latest gate read of it. */
function recorded(plan: Plan, release: Release, check: string): number | undefined {
  const source = plan.checks[check]?.source;
  if (source && !isRemote(source.kind)) return measureOf(release, source.query ?? '')?.value;
  return plan.phases
    .flatMap(({ id, gate }) => {
      const record = release.gates[gateKey(id, lastAttempt(release, id))];
      const criteria = gate.criteria.filter((one) => one.check === check).map((one) => one.id);
      return (record?.decided?.readings ?? []).filter(({ criterion }) => criteria.includes(criterion));
    })
    .findLast(({ value }) => value !== undefined)?.value;
}
