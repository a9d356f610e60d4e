/**
 * Means of two cohorts, minute by minute: a one-sided asymptotic confidence sequence for the weighted mean of the differences
 * d = mean_T - (1 + tolerance) mean_C. The unit is the minute, never the request: requests of one minute share their noise.
 *
 *     rho^2 = (-2 ln 2a + ln(-2 ln 2a + 1)) / N*
 *     half width = sqrt(V c * 2 (c rho^2 + 1) / (c^2 rho^2) * ln(1 + sqrt(c rho^2 + 1) / 2a))
 *
 * Source: Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, arXiv:2103.06476, one-sided as in GrowthBook's gbstats. It is
 * asymptotic: with fewer than the warm-up's blocks it says nothing. Like the e-processes it begins anew every hour, with half
 * of alpha on the first start; of the later ones the last day's are kept, for what is older the first has seen.
 */
import { startsIn } from './e-process.ts';
import type { Pair } from './pair.ts';

/** The sequence is tightest after so many blocks. */
const blocksWanted = 240;
const warmupBlocks = 10;
const minutesPerStart = 60;
const laterStartsMax = 24;

/** Blocks, and sums of w, w d, w^2, w^2 d, w^2 d^2. */
type Sums = readonly [count: number, w: number, wd: number, w2: number, w2d: number, w2d2: number];
const none: Sums = [0, 0, 0, 0, 0, 0];

export interface MeanState {
  sums: Sums;
  /** The sums when each of the later starts began, oldest first. */
  starts: readonly Sums[];
  started: number;
}

export interface MeanTest {
  start(): MeanState;
  /** `n`: how many were measured, `x`: their sum. */
  add(state: MeanState, minute: number, pair: Pair): void;
  /** Of the first start; nothing before there is a block. */
  difference(state: MeanState): number | undefined;
  /** Of the first start; nothing during its warm-up. */
  halfWidth(state: MeanState): number | undefined;
  /** The difference is more than the half width, since one of the starts. */
  exceeded(state: MeanState): boolean;
  copy(state: MeanState): MeanState;
}

interface Settings {
  /** The chance of a false alarm over all time, 0 to 0.5. */
  readonly alpha: number;
  readonly hours?: number;
}

/** The new version's mean against `1 + tolerance` times the other's. Throws RangeError for an alpha that is none. */
export const meanDifference = ({
  tolerance,
  ...settings
}: Settings & { readonly tolerance: number }): MeanTest =>
  meanTest(settings, ({ nT, xT, nC, xC }) =>
    nT === 0 || nC === 0 ? undefined : [(nT * nC) / (nT + nC), xT / nT - ((1 + tolerance) * xC) / nC],
  );

/** The mean against a limit, where there is nobody to compare with. */
export const meanAbove = ({ limit, ...settings }: Settings & { readonly limit: number }): MeanTest =>
  meanTest(settings, ({ nT, xT }) => (nT === 0 ? undefined : [nT, xT / nT - limit]));

function meanTest(
  { alpha, hours = 1 }: Settings,
  observe: (pair: Pair) => readonly [weight: number, difference: number] | undefined,
): MeanTest {
  if (!(alpha > 0 && alpha < 0.5)) throw new RangeError(`alpha is ${alpha}: between 0 and 0.5 is allowed`);
  const starts = startsIn(hours);
  const first = starts === 1 ? alpha : alpha / 2;
  const later = alpha / 2 / Math.max(1, starts - 1);
  return {
    start: () => ({ sums: none, starts: [], started: 1 }),
    add(state, minute, pair) {
      while (state.started < starts && minute >= state.started * minutesPerStart) {
        state.starts = [...state.starts, state.sums].slice(-laterStartsMax);
        state.started += 1;
      }
      const seen = observe(pair);
      if (!seen) return;
      const [weight, difference] = seen;
      const [count, w, wd, w2, w2d, w2d2] = state.sums;
      const square = weight * weight;
      state.sums = [
        count + 1,
        w + weight,
        wd + weight * difference,
        w2 + square,
        w2d + square * difference,
        w2d2 + square * difference * difference,
      ];
    },
    difference: ({ sums }) => meanOf(sums),
    halfWidth: ({ sums }) => halfWidthOf(sums, first),
    exceeded: ({ sums, starts: since }) =>
      isExceeded(sums, first) || since.some((before) => isExceeded(minus(sums, before), later)),
    // What is inside is replaced, never changed.
    copy: (state) => ({ ...state }),
  };
}

const meanOf = ([, w, wd]: Sums): number | undefined => (w > 0 ? wd / w : undefined);

function halfWidthOf(sums: Sums, alpha: number): number | undefined {
  const [count, w, , w2, w2d, w2d2] = sums;
  const mean = meanOf(sums);
  if (mean === undefined || count < warmupBlocks) return undefined;
  const variance = Math.max(0, w2d2 - 2 * mean * w2d + mean * mean * w2) / (w * w);
  return boundary(variance * count, count, blocksWanted, alpha);
}

/** The one-sided half width after `count` blocks; `varianceCount` is the variance of the mean times the count. */
export function boundary(varianceCount: number, count: number, wanted: number, alpha: number): number {
  const log = -2 * Math.log(2 * alpha);
  const rho2 = (log + Math.log(log + 1)) / wanted;
  const spread = count * rho2 + 1;
  return Math.sqrt(
    ((varianceCount * 2 * spread) / (count * count * rho2)) * Math.log(1 + Math.sqrt(spread) / (2 * alpha)),
  );
}

function isExceeded(sums: Sums, alpha: number): boolean {
  const mean = meanOf(sums);
  const width = halfWidthOf(sums, alpha);
  return mean !== undefined && width !== undefined && mean > width;
}

const minus = (one: Sums, other: Sums): Sums =>
  [
    one[0] - other[0],
    one[1] - other[1],
    one[2] - other[2],
    one[3] - other[3],
    one[4] - other[4],
    one[5] - other[5],
  ] as const;
