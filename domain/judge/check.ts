/** Reading one check: what its blocks add up to, against its objective. Failure, no data, no traffic and zero are four things. */
import type { Verdict } from '../ledger/facts.ts';
import type { Check, Objective, Phase, Plan } from '../plan/plan.ts';
import { unreachable } from '../unreachable.ts';
import type { Block, Counts } from './series.ts';
import type { SourceFault } from './source-faults.ts';

/** What a source said about a check over a window of time. */
export type Reading =
  /** `value` and `control` in the unit of the objective; `samples` behind the value. */
  | { readonly kind: 'value'; readonly value: number; readonly samples: number; readonly control?: number }
  /** The source works and has nothing where it should have something. */
  | { readonly kind: 'no-data' }
  /** Nobody used what is measured: neither good nor bad. */
  | { readonly kind: 'idle' }
  /** Nothing can be said: the source does not work, fell silent, or answers what cannot be. */
  | { readonly kind: 'unknown'; readonly fault: SourceFault };

/** The share of the users, in percent, who have the new version; between the two there is no control to compare with. */
export const hasControl = ({ compare }: Pick<Check, 'compare'>, exposure: number): boolean =>
  compare === 'control' && exposure > 0 && exposure < 100;

/** What is only counted, per user who could be. */
export const isCounted = ({ metric }: Pick<Check, 'metric'>): boolean =>
  metric === 'volume' || metric === 'split';

/** Whether a phase gives access to users who are then compared with others. */
export const comparesCohorts = ({ checks }: Plan, { exposure = 0, observation }: Phase): boolean =>
  (observation?.checks ?? []).some((id) => {
    const check = checks[id];
    return check !== undefined && hasControl(check, exposure);
  });

/** Blocks as one reading. `exposure` in percent: what is counted per user is divided by who was there to be counted. */
export function readingOf(check: Check, blocks: readonly Block[], exposure: number): Reading {
  const treatment = total(blocks, 'treatment');
  const control = total(blocks, 'control');
  if (treatment === undefined) return { kind: 'no-data' };
  const controlled = hasControl(check, exposure) && control !== undefined && control.n > 0;
  if (isCounted(check)) {
    if (!controlled) return { kind: 'idle' };
    const value = shareOfExpected(check, treatment.x, control.x, exposure);
    return { kind: 'value', value, samples: treatment.x + control.x };
  }
  if (treatment.n === 0) return { kind: 'idle' };
  const value = inUnit(check, treatment);
  return controlled
    ? { kind: 'value', value, samples: treatment.n, control: inUnit(check, control) }
    : { kind: 'value', value, samples: treatment.n };
}

/** The sum of some minutes of a cohort; nothing when it has no minute. A loop, since a look back has thousands. */
function total(blocks: readonly Block[], cohort: 'treatment' | 'control'): Counts | undefined {
  let [n, x, minutes] = [0, 0, 0];
  for (const block of blocks) {
    const counts = block[cohort];
    if (!counts) continue;
    n += counts.n;
    x += counts.x;
    minutes += 1;
  }
  return minutes === 0 ? undefined : { n, x };
}

/** In the unit of the objective: a rate of bad events is the percentage of good ones where the objective asks for more. */
function inUnit({ metric, objective }: Check, { n, x }: Counts): number {
  if (metric === 'mean' || metric === 'value') return x / n;
  const bad = (100 * x) / n;
  return higherIsWorse(objective) ? bad : 100 - bad;
}

/** `volume`: what a user of the new version does, in percent of what others do. `split`: by how many percent its share is off. */
function shareOfExpected({ metric }: Check, treatment: number, control: number, exposure: number): number {
  const perUser = (100 * treatment * (100 - exposure)) / (control * exposure);
  if (metric === 'volume') return perUser;
  return Math.abs((100 * treatment) / ((treatment + control) * (exposure / 100)) - 100);
}

export const higherIsWorse = ({ comparison }: Objective): boolean => comparison.startsWith('<');

/** The bad share that the objective still allows, 0 to 1; of a rate or a share. */
export const badShareMax = (objective: Objective): number =>
  higherIsWorse(objective) ? objective.value / 100 : 1 - objective.value / 100;

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
    default:
      return unreachable(objective.comparison);
  }
}

/** The verdict of one reading by itself, which is what gates decide by; a bake judges over time (`bake.ts`). */
export function judgeReading(check: Check, reading: Reading): Verdict {
  switch (reading.kind) {
    case 'unknown':
      return 'unknown';
    case 'idle':
      return 'inconclusive';
    case 'no-data':
      if (check.noData.action === 'hold') return 'unknown';
      return check.noData.action === 'fail' ? 'unhealthy' : 'healthy';
    case 'value':
      if (reading.samples < check.minSample) return 'inconclusive';
      if (meets(check.objective, reading.value)) return 'healthy';
      if (!breaks(check, reading)) return 'inconclusive';
      return isWorseThanControl(check, reading.value, reading.control) ? 'unhealthy' : 'inconclusive';
    default:
      return unreachable(reading);
  }
}

/** Of 100 readings that just meet their objective, at most one is called broken. */
const chanceBreakMax = 0.01;

/**
 * Whether a reading breaks its objective beyond what chance does: three bad events among a hundred are no proof of more than
 * 1 %. Of shares by Chernoff's bound on the binomial tail, exp(-n KL(x/n, p)); other values stand for themselves.
 */
export function breaks(
  { metric, objective }: Check,
  { value, samples }: { value: number; samples: number },
): boolean {
  if (meets(objective, value)) return false;
  if (metric !== 'rate' && metric !== 'share') return true;
  const allowed = badShareMax(objective);
  const bad = higherIsWorse(objective) ? value / 100 : 1 - value / 100;
  return samples * divergence(bad, allowed) >= -Math.log(chanceBreakMax);
}

/** Kullback and Leibler's, of one Bernoulli share from another, in nats. */
function divergence(share: number, from: number): number {
  const part = (one: number, other: number) => (one <= 0 ? 0 : one * Math.log(one / other));
  return part(share, from) + part(1 - share, 1 - from);
}

/**
 * An objective broken as much without the new version is the environment's doing: no reason to go back, none to go on.
 * Without control it is the release's.
 */
export function isWorseThanControl(
  { objective, tolerance = 1 }: Pick<Check, 'objective' | 'tolerance'>,
  value: number,
  control: number | undefined,
): boolean {
  if (control === undefined) return true;
  return higherIsWorse(objective) ? value > control * tolerance : value < control / tolerance;
}
