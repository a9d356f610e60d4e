/**
 * Is the bad share of treatment higher than that of control, where bad is common (unhappy ratings, faults of an audit)?
 *
 * `rateRatio` stays exact for common events but gives power away (a Poisson bound on what is binomial): at 20 % unhappy this
 * test is 1.3 to 1.4 times faster. With p_C the bad share of both cohorts so far, each alternative g bets on the odds
 * p_T / (1 - p_T) = g p_C / (1 - p_C), with p0 = (n_T p_T + n_C p_C) / (n_T + n_C):
 *
 *     ln factor = x_T ln(p_T/p0) + (n_T - x_T) ln((1-p_T)/(1-p0)) + x_C ln(p_C/p0) + (n_C - x_C) ln((1-p_C)/(1-p0))
 *
 * Turner, Ly, Grünwald, "Generic E-variables for exact sequential k-sample tests that allow for optional stopping" (2021).
 * Guaranteed: exact for any share that both cohorts have in common in a block, whatever p_C is; a bad guess costs power
 * only. There is no tolerance: cohorts that really differ a little will be found to differ.
 */
import { type EProcess, mixture, type SequentialTest } from './e-process.ts';
import { countable, type PairedCounts } from './paired-counts.ts';
import { requireBetween, requireShare } from './parameters.ts';
import { gather, type OpenBlock } from './pooling.ts';

export interface TwoSample {
  readonly money: EProcess;
  open: OpenBlock | null;
  /** Both cohorts so far, discounted. */
  past: { readonly minute: number; readonly bad: number; readonly good: number };
}

/** Times the odds of control. */
const oddsRatios = [1.1, 1.25, 1.5, 2, 3] as const;
/** What `usualBadShare` is worth, in ratings, until there are real ones. */
const pseudoCount = 20;
/** Ratings are sparse: a block waits as long as it takes. */
const enoughOfEach = { countMin: 5, minutesMax: Number.POSITIVE_INFINITY };

/**
 * H0: in every block both cohorts have the same bad share. `keptPerMinute`: how much of the past counts a minute later: 1
 * for ratings; 0.97 follows a share that moves with the hours, such as slow requests.
 */
export function twoSample({
  usualBadShare,
  hours,
  keptPerMinute = 1,
}: {
  readonly usualBadShare: number;
  readonly hours: number;
  readonly keptPerMinute?: number;
}): SequentialTest<TwoSample> {
  requireShare('usualBadShare', usualBadShare);
  if (keptPerMinute !== 1) requireBetween('keptPerMinute', keptPerMinute, 0, 1, 'give 1 to keep everything');
  const bets = mixture(oddsRatios.length, hours);

  const close = (state: TwoSample, minute: number, block: OpenBlock) => {
    const { past } = state;
    // The guess never rests on discounted counts alone: after a long silence nothing would be left of them.
    const odds = (pseudoCount * usualBadShare + past.bad) / (pseudoCount * (1 - usualBadShare) + past.good);
    bets.place(state.money, block.openedMinute, (at) => logFactor(block, odds, oddsRatios[at] ?? 1));
    const kept = keptPerMinute ** (minute - past.minute);
    state.past = {
      minute,
      bad: past.bad * kept + block.xT + block.xC,
      good: past.good * kept + good(block.nT, block.xT) + good(block.nC, block.xC),
    };
  };

  return {
    start: () => ({ money: bets.start(), open: null, past: { minute: 0, bad: 0, good: 0 } }),
    add: (state, minute, pair) => {
      state.open = gather(enoughOfEach, state.open, minute, countable(pair), (block) =>
        close(state, minute, block),
      );
    },
    logE: ({ money }) => bets.logE(money),
    logPeak: ({ money }) => money.logPeak,
  };
}

const good = (n: number, x: number) => Math.max(0, n - x);

/** From odds, so that neither a share near 0 nor one near 1 loses its digits. */
function logFactor({ nT, xT, nC, xC }: PairedCounts, odds: number, oddsRatio: number): number {
  const oddsT = odds * oddsRatio;
  const badT = oddsT / (1 + oddsT);
  const goodT = 1 / (1 + oddsT);
  const badC = odds / (1 + odds);
  const goodC = 1 / (1 + odds);
  const weightT = nT / (nT + nC);
  const bad0 = weightT * badT + (1 - weightT) * badC;
  const good0 = weightT * goodT + (1 - weightT) * goodC;
  return (
    xT * Math.log(badT / bad0) +
    good(nT, xT) * Math.log(goodT / good0) +
    xC * Math.log(badC / bad0) +
    good(nC, xC) * Math.log(goodC / good0)
  );
}
