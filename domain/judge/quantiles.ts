/**
 * Quantiles and distributions, from what can be counted.
 *
 * The test of a quantile is `rateRatio` on the requests *above a threshold* that was fixed beforehand (the objective, the
 * usual p50, p90, p99): "more than 1 % above the usual p99" is "p99 has become worse", exact, and its errors add up over
 * minutes, which quantiles do not. Several thresholds are averaged (`average.ts`). With a tolerance of 1.1 lasting noise of
 * 3 % gives 0.8 to 3.5 % false alarms, without one 17 to 40 %.
 *
 * Here is what remains: a band for the picture, and a test for sources that give nothing but a p99 a minute.
 */
import { type EProcess, mixture, type SequentialTest } from './e-process.ts';
import { countable } from './paired-counts.ts';
import { requireAlpha, requireBetween } from './parameters.ts';

/**
 * With probability 1 - alpha the true distribution function is never farther than this from the one of the `n` values so
 * far, for all n and all values at once:
 *
 *     0.85 sqrt((ln ln(e n) + 0.8 ln(1612 / alpha)) / n)
 *
 * Howard and Ramdas, "Sequential estimation of quantiles with applications to A/B testing and best-arm identification"
 * (Bernoulli 2022), equation 8. For display: as an alarm it is slow.
 */
export function bandRadius(n: number, alpha: number): number {
  requireBetween('n', n, 0, Number.POSITIVE_INFINITY, 'give the number of values seen, at least 1');
  requireAlpha(alpha);
  return 0.85 * Math.sqrt((Math.log1p(Math.log(Math.max(1, n))) + 0.8 * Math.log(1612 / alpha)) / n);
}

const moreOften = [0.55, 0.6, 0.7, 0.8, 0.95] as const;

/**
 * H0: of two cohorts *of equal size* neither has the higher value more often (`x / n` of a block is its value). Each
 * alternative q multiplies its money by 2 q for a minute in which treatment is higher, by 2 (1 - q) otherwise; ties are left
 * out. Exact, and slow. Cohorts of unequal size must not be compared so: the p99 of a small sample is too low.
 */
export function higherMoreOften({ hours }: { readonly hours: number }): SequentialTest<EProcess> {
  const bets = mixture(moreOften.length, hours);
  return {
    start: bets.start,
    add: (money, minute, pair) => {
      const { nT, xT, nC, xC } = countable(pair);
      if (nT === 0 || nC === 0) return;
      const difference = xT / nT - xC / nC;
      if (difference === 0) return;
      bets.place(money, minute, (at) => {
        const q = moreOften[at] ?? 0.5;
        return Math.log(2 * (difference > 0 ? q : 1 - q));
      });
    },
    logE: bets.logE,
    logPeak: ({ logPeak }) => logPeak,
  };
}
