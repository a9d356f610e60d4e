/**
 * Is a mean (latency) higher in treatment than in control, or than an objective? From sums and counts per minute alone.
 *
 * The unit is the block, not the request: requests of one minute share their database. With tau the tolerance, for block t
 *
 *     d = mean_T - (1 + tau) mean_C       w = n_T n_C / (n_T + n_C)       (an objective: d = mean_T - objective, w = n_T)
 *     D = sum w d / sum w                 V = sum w^2 (d - D)^2 / (sum w)^2                c = blocks so far
 *     rho^2 = (-2 ln(2 alpha) + ln(-2 ln(2 alpha) + 1)) / blocksWanted
 *     half width = sqrt(V c * 2 (c rho^2 + 1) / (c^2 rho^2) * ln(1 + sqrt(c rho^2 + 1) / (2 alpha)))
 *
 * and the mean is higher when D exceeds the half width: the asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha,
 * Kennedy, Ramdas, "Time-uniform central limit theory and asymptotic confidence sequences" (arXiv:2103.06476), one-sided
 * as in GrowthBook. Differences within a block, weighted, because pooled means are fooled when exposure changes in a day.
 *
 * Like the e-processes it also starts anew at each full hour, for means that rise later: half of alpha is the first start's,
 * the other half is shared by the later ones (a union bound). Of the later ones those of the last day are kept: what rose
 * before, they have seen.
 *
 * Not guaranteed: it is asymptotic (hence the blocks of warm-up) and takes blocks as independent. The tolerance is what
 * absorbs noise that lasts: at 3 % of it, 42 to 65 % false alarms without, 0.2 to 3 % with a tolerance of 5 %.
 */
import { countable, type PairedCounts } from './paired-counts.ts';
import { requireAlpha, requireBetween, requireHours, requireWhole } from './parameters.ts';

interface Sums {
  readonly blocks: number;
  readonly weight: number;
  /** Sums of w d, w^2, w^2 d and w^2 d^2, d relative to the origin. */
  readonly weighted: number;
  readonly squaredWeight: number;
  readonly squaredWeighted: number;
  readonly squares: number;
}

export interface Mean {
  /** The first difference; all others are taken relative to it, so that squares keep their digits. */
  origin: number;
  sums: Sums;
  /** The sums when each of the last day's starts was made, oldest first. */
  later: readonly Sums[];
  /** How many of the starts have been made. */
  starts: number;
  exceeded: boolean;
}

export interface MeanTest {
  start(): Mean;
  add(state: Mean, minute: number, pair: PairedCounts): void;
  /** D since the first start: what treatment is above what is tolerated, in the metric's unit; undefined before a block. */
  difference(state: Mean): number | undefined;
  /** Since the first start. Undefined while warming up: a variance of few blocks is none. */
  halfWidth(state: Mean): number | undefined;
  /** Whether D was above the half width after any block, since any start: what a latched decision looks at. */
  exceeded(state: Mean): boolean;
}

interface Precision {
  readonly alpha: number;
  /** How long the test may run; it starts anew at each hour, 1 for never. */
  readonly hours?: number;
  /** The number of blocks at which the sequence is narrowest. */
  readonly blocksWanted?: number;
  readonly warmupBlocks?: number;
}

/** H0: the mean of treatment is at most (1 + `tolerance`) times that of control. */
export function meanDifference({
  tolerance,
  ...precision
}: Precision & { readonly tolerance: number }): MeanTest {
  requireBetween(
    'tolerance',
    tolerance,
    -1,
    100,
    'give a share of the mean of control, 0.05 for five percent',
  );
  return meanTest(precision, ({ nT, xT, nC, xC }) =>
    nT === 0 || nC === 0
      ? undefined
      : { difference: xT / nT - (1 + tolerance) * (xC / nC), weight: nT * (nC / (nT + nC)) },
  );
}

/** H0: the mean of treatment is at most `meanMax`, where no control exists. A shared outage breaks it too. */
export function meanObjective({ meanMax, ...precision }: Precision & { readonly meanMax: number }): MeanTest {
  requireBetween('meanMax', meanMax, -1e15, 1e15, "give the objective in the metric's unit");
  return meanTest(precision, ({ nT, xT }) =>
    nT === 0 ? undefined : { difference: xT / nT - meanMax, weight: nT },
  );
}

const minutesPerHour = 60;
const laterMax = 24;
const none: Sums = { blocks: 0, weight: 0, weighted: 0, squaredWeight: 0, squaredWeighted: 0, squares: 0 };

function meanTest(
  { alpha, hours = 1, blocksWanted = 240, warmupBlocks = 10 }: Precision,
  measure: (pair: PairedCounts) => { readonly difference: number; readonly weight: number } | undefined,
): MeanTest {
  requireAlpha(alpha);
  requireHours(hours);
  requireWhole('blocksWanted', blocksWanted, 1, 'give the blocks of a usual bake, 240 for minutes');
  requireWhole(
    'warmupBlocks',
    warmupBlocks,
    2,
    'give at least 10: fewer blocks have no variance to speak of',
  );
  const alphaFirst = hours === 1 ? alpha : alpha / 2;
  const alphaLater = hours === 1 ? 0 : alpha / 2 / (hours - 1);

  const halfWidth = (sums: Sums, part: number) => {
    if (sums.blocks < warmupBlocks) return undefined;
    return halfWidthOf({ variance: varianceOf(sums), blocks: sums.blocks, alpha: part, blocksWanted });
  };
  const exceeds = (origin: number, sums: Sums, part: number) => {
    const difference = differenceOf(origin, sums) ?? 0;
    // A width is never negative: most minutes need none.
    return difference > 0 && difference > (halfWidth(sums, part) ?? Number.POSITIVE_INFINITY);
  };
  /** Asked at every minute for up to 24 starts: only of the few that could exceed anything are the sums since made. */
  const risesSinceLater = ({ origin, sums, later }: Mean) => {
    for (const before of later) {
      const warm = sums.blocks - before.blocks >= warmupBlocks;
      if (warm && hasRisen(origin, before, sums) && exceeds(origin, since(before, sums), alphaLater))
        return true;
    }
    return false;
  };

  return {
    start: () => ({ origin: 0, sums: none, later: [], starts: 1, exceeded: false }),
    add: (state, minute, pair) => {
      const due = Math.min(hours, 1 + Math.floor(minute / minutesPerHour));
      if (due > state.starts) {
        // Starts between which nothing was measured are one start.
        state.later = Object.freeze([...state.later, state.sums].slice(-laterMax));
        state.starts = due;
      }
      const measured = measure(countable(pair));
      if (!measured) return;
      include(state, measured.difference, measured.weight);
      state.exceeded ||= exceeds(state.origin, state.sums, alphaFirst) || risesSinceLater(state);
    },
    difference: ({ origin, sums }) => differenceOf(origin, sums),
    halfWidth: ({ sums }) => halfWidth(sums, alphaFirst),
    exceeded: ({ exceeded }) => exceeded,
  };
}

function include(state: Mean, difference: number, w: number): void {
  if (state.sums.blocks === 0) state.origin = difference;
  const d = difference - state.origin;
  const { blocks, weight, weighted, squaredWeight, squaredWeighted, squares } = state.sums;
  state.sums = {
    blocks: blocks + 1,
    weight: weight + w,
    weighted: weighted + w * d,
    squaredWeight: squaredWeight + w * w,
    squaredWeighted: squaredWeighted + w * w * d,
    squares: squares + w * w * d * d,
  };
}

/** D since then is above nought. */
const hasRisen = (origin: number, before: Sums, now: Sums): boolean =>
  now.weighted - before.weighted + origin * (now.weight - before.weight) > 0;

const since = (before: Sums, now: Sums): Sums => ({
  blocks: now.blocks - before.blocks,
  weight: now.weight - before.weight,
  weighted: now.weighted - before.weighted,
  squaredWeight: now.squaredWeight - before.squaredWeight,
  squaredWeighted: now.squaredWeighted - before.squaredWeighted,
  squares: now.squares - before.squares,
});

const differenceOf = (origin: number, { blocks, weighted, weight }: Sums) =>
  blocks === 0 ? undefined : origin + weighted / weight;

/** V c: the variance of one block's difference. Rounding may leave a trace below zero where all blocks are alike. */
function varianceOf({ blocks, weight, weighted, squaredWeight, squaredWeighted, squares }: Sums): number {
  const mean = weighted / weight;
  const sum = squares - 2 * mean * squaredWeighted + mean * mean * squaredWeight;
  return (Math.max(0, sum) / (weight * weight)) * blocks;
}

/** The half width of the sequence after so many blocks with this variance each: of a bound (one-sided) or of an interval. */
export function halfWidthOf({
  variance,
  blocks,
  alpha,
  blocksWanted,
  sides = 1,
}: {
  readonly variance: number;
  readonly blocks: number;
  readonly alpha: number;
  readonly blocksWanted: number;
  readonly sides?: 1 | 2;
}): number {
  const doubt = -2 * Math.log(sides === 1 ? 2 * alpha : alpha);
  const tuning = (doubt + Math.log(doubt + 1)) / blocksWanted;
  const spread = blocks * tuning + 1;
  const crossing =
    sides === 1 ? Math.log1p(Math.sqrt(spread) / (2 * alpha)) : Math.log(Math.sqrt(spread) / alpha);
  return Math.sqrt(((variance * 2 * spread) / (blocks * blocks * tuning)) * crossing);
}
