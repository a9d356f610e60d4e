/**
 * Are there more bad events per request in treatment than in control? The test for errors, slow requests, affected users.
 *
 * With n_T, n_C requests and x_T, x_C bad ones in a block, k = x_T + x_C and theta = n_T / (n_T + n_C), each alternative g
 * multiplies its money by g^x_T c^k, where r0 is the ratio that is still acceptable and
 *
 *     ln factor = x_T ln g - k ln((1 + theta (g r0 - 1)) / (1 + theta (r0 - 1)))         g r0: the ratio betted on
 *
 * "The next bad event comes from treatment with probability theta": Lindon and Malek, "Anytime-valid inference for
 * multinomial count data", NeurIPS 2022; here one-sided, with a tolerance, and with theta of each block as it was.
 *
 * Guaranteed: while p_T <= r0 p_C in every block (averages of the block; they may change from block to block as they like,
 * both together), E[factor] <= exp(n_T p_T (g c - 1) + n_C p_C (c - 1)) <= 1. No approximation, any batch size, any
 * exposure, zeros included. Not guaranteed when events come in bursts: count affected users, not their retries.
 */
import { type EProcess, mixture, type SequentialTest } from './e-process.ts';
import { countable } from './paired-counts.ts';
import { requireRatio } from './parameters.ts';
import { everyMinute, type Gathering, gather, type OpenBlock, sparseMinutes } from './pooling.ts';

export interface RateRatio {
  readonly money: EProcess;
  open: OpenBlock | null;
}

/** Times the acceptable ratio. Within 12 % of the best of nine mixtures tried, for +25 % to +300 %. */
export const worse = [1.25, 1.5, 2, 4, 10] as const;

/**
 * H0: treatment has at most `ratioMax` times the bad events per request of control. `hours`: how long the test may run; it
 * starts anew at each of them, 1 for never. `sparse`: what becomes of minutes with few requests.
 */
export function rateRatio({
  ratioMax,
  hours,
  sparse = 'gathered',
}: {
  readonly ratioMax: number;
  readonly hours: number;
  readonly sparse?: 'gathered' | 'as-they-are';
}): SequentialTest<RateRatio> {
  requireRatio('ratioMax', ratioMax, 0);
  return ratioTest({
    null: ratioMax,
    alternatives: worse.map((factor) => factor * ratioMax),
    hours,
    gathering: sparse === 'gathered' ? sparseMinutes : everyMinute,
  });
}

/** Bets that the ratio is one of `alternatives` against "it is `null`, or farther away from them". */
export function ratioTest({
  null: nullRatio,
  alternatives,
  hours,
  gathering,
}: {
  readonly null: number;
  readonly alternatives: readonly number[];
  readonly hours: number;
  readonly gathering: Gathering;
}): SequentialTest<RateRatio> {
  const bets = mixture(alternatives.length, hours);
  const logGains = alternatives.map((ratio) => Math.log(ratio / nullRatio));

  const bet = ({ money }: RateRatio, { openedMinute, nT, xT, nC, xC }: OpenBlock) => {
    // One cohort alone compares nothing, and without a bad event all alternatives say the same.
    if (nT === 0 || nC === 0 || xT + xC === 0) return;
    const theta = nT / (nT + nC);
    const logNull = Math.log1p(theta * (nullRatio - 1));
    bets.place(money, openedMinute, (at) => {
      const logAlternative = Math.log1p(theta * ((alternatives[at] ?? nullRatio) - 1));
      return xT * (logGains[at] ?? 0) - (xT + xC) * (logAlternative - logNull);
    });
  };

  return {
    start: () => ({ money: bets.start(), open: null }),
    add: (state, minute, pair) => {
      state.open = gather(gathering, state.open, minute, countable(pair), (block) => bet(state, block));
    },
    logE: ({ money }) => bets.logE(money),
    logPeak: ({ money }) => money.logPeak,
  };
}
