/**
 * Rare bad events of two cohorts: is the new version's rate more than `ratioMax` times the other's? Given how many bad events
 * there were in a block, each comes from the new version with a chance that only the requests of the block decide: load,
 * season and incidents that both share fall out. Exact for zero counts, any size of block, and any change of exposure.
 *
 *     ln L_g += x_T ln g - k ln((1 + theta (g r - 1)) / (1 + theta (r - 1)))    k = x_T + x_C, theta = n_T / (n_T + n_C)
 *
 * Source: Lindon and Malek, NeurIPS 2022, made one-sided and with theta per block. Requests must be independent: of users who
 * try again and again, count the users. Latency quantiles are judged by it too: the bad events are the requests above a
 * threshold that was fixed beforehand.
 */
import {
  advance,
  copyOf,
  type EProcess,
  logEOf,
  type SequentialTest,
  startEProcess,
  startsIn,
} from './e-process.ts';
import { type Gathering, gather, nothingGathered } from './gathering.ts';
import type { Pair } from './pair.ts';

/** How many times worse than allowed: within 12 % of the best of nine mixtures for ratios from 1.25 to 4. */
const alternatives = [1.25, 1.5, 2, 4, 10] as const;

export interface RateRatioState extends Gathering {
  readonly mixture: EProcess;
}

export interface RateRatioSettings {
  /** Treatment over control that is still acceptable, 1 or more. */
  readonly ratioMax: number;
  readonly hours: number;
  /** Whether sparse minutes are taken together; usually they are. */
  readonly gathers?: boolean;
}

/** Throws RangeError for a ratio below 1. */
export function rateRatio({
  ratioMax,
  hours,
  gathers = true,
}: RateRatioSettings): SequentialTest<RateRatioState> {
  if (!(ratioMax >= 1)) throw new RangeError(`ratioMax is ${ratioMax}: a ratio from 1 on is allowed`);
  const starts = startsIn(hours);
  return {
    start: () => ({ mixture: startEProcess(alternatives.length, starts), ...nothingGathered() }),
    add(state, minute, pair) {
      const block = gathers ? gather(state, minute, pair) : pair;
      if (block) advance(state.mixture, starts, minute, incrementsOf(block, ratioMax));
    },
    logE: ({ mixture }) => logEOf(mixture, starts),
    copy,
  };
}

const copy = (state: RateRatioState): RateRatioState => ({ ...state, mixture: copyOf(state.mixture) });

const nothing: readonly number[] = [];

function incrementsOf({ nT, xT, nC, xC }: Pair, ratioMax: number): readonly number[] {
  const bad = xT + xC;
  if (bad === 0 || nT === 0 || nC === 0) return nothing;
  const theta = nT / (nT + nC);
  const allowed = 1 + theta * (ratioMax - 1);
  return alternatives.map(
    (g) => xT * Math.log(g) - bad * Math.log((1 + theta * (g * ratioMax - 1)) / allowed),
  );
}

/**
 * The lower bound of the ratio that the data still allow, at confidence 1 - alpha whenever one looks; 0 when they allow any.
 * Plain, without restarts: of the whole time, not of its worst hours.
 */
export function ratioAtLeast(pairs: readonly Pair[], alpha: number): number {
  const reached = (ratio: number): boolean => {
    const { start, add, logE } = plainRatio(ratio);
    const state = start();
    for (const [minute, pair] of pairs.entries()) add(state, minute, pair);
    return logE(state) >= -Math.log(alpha);
  };
  let [low, high] = [ratioSmallest, ratioLargest];
  if (!reached(low)) return 0;
  for (let halvings = 0; halvings < 50; halvings += 1) {
    const middle = Math.sqrt(low * high);
    if (reached(middle)) low = middle;
    else high = middle;
  }
  return low;
}
const ratioSmallest = 0.01;
const ratioLargest = 1000;

/** Also below 1, where the bound of a better version lies. */
function plainRatio(ratio: number): SequentialTest<RateRatioState> {
  return {
    start: () => ({ mixture: startEProcess(alternatives.length, 1), ...nothingGathered() }),
    add: ({ mixture }, minute, pair) => advance(mixture, 1, minute, incrementsOf(pair, ratio)),
    logE: ({ mixture }) => logEOf(mixture, 1),
    copy,
  };
}
