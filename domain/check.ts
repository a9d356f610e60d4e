/** Reading one check: a value against its objective. Provider error, no data, too little data and zero are four things. */
import type { Verdict } from './facts.ts';
import type { Check, Objective } from './plan.ts';

/** What a source said about a check over a window of time. */
export type Reading =
  /** `value` and `control` in the unit of the objective; `samples` behind the value. */
  | { readonly kind: 'value'; readonly value: number; readonly samples: number; readonly control?: number }
  /** The source works and has nothing. */
  | { readonly kind: 'no-data' }
  /** The source does not work. */
  | { readonly kind: 'unavailable'; readonly text: string };

export function meets(objective: Objective, value: number): boolean {
  switch (objective.comparison) {
    case '<':
      return value < objective.value;
    case '<=':
      return value <= objective.value;
    case '>':
      return value > objective.value;
    case '>=':
      return value >= objective.value;
  }
}

/** The verdict of one reading by itself; windows of several readings are the bake's (`bake.ts`). */
export function judgeReading(check: Check, reading: Reading): Verdict {
  switch (reading.kind) {
    case 'unavailable':
      return 'unknown';
    case 'no-data':
      if (check.noData.action === 'hold') return 'unknown';
      return check.noData.action === 'fail' ? 'unhealthy' : 'healthy';
    case 'value':
      if (reading.samples < check.minSample) return 'inconclusive';
      if (meets(check.objective, reading.value)) return 'healthy';
      return isNoWorseThanControl(check, reading) ? 'healthy' : 'unhealthy';
  }
}

/** An objective broken as much without the new version is the environment's doing, not the release's. */
function isNoWorseThanControl(check: Check, reading: Extract<Reading, { kind: 'value' }>): boolean {
  if (check.compare !== 'control' || reading.control === undefined) return false;
  const higherIsWorse = check.objective.comparison.startsWith('<');
  const tolerance = check.tolerance ?? 1;
  return higherIsWorse
    ? reading.value <= reading.control * tolerance
    : reading.value >= reading.control / tolerance;
}
