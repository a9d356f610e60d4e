/**
 * How much worse treatment is at least, for display: the ratios r0 that `rateRatio` does not reject are a confidence
 * sequence (a test that holds at all times, turned round), and this is its lower end.
 */
import type { PairedCounts } from './paired-counts.ts';
import { requireAlpha } from './parameters.ts';
import { rateRatio } from './rate-ratio.ts';

const lowest = 1e-3;
const highest = 100;

/**
 * Lower bound of the ratio of bad shares, treatment over control; too high with probability `alpha` at most, at any number
 * of looks. 0: nothing is excluded. The upper bound is `1 / ratioBound(pairs.map(swapped), alpha)`.
 */
export function ratioBound(pairs: readonly PairedCounts[], alpha: number): number {
  requireAlpha(alpha);
  const informative = pairs.filter(({ xT, xC }) => xT + xC > 0);
  if (!rejects(informative, lowest, alpha)) return 0;
  let [rejected, kept] = [lowest, highest];
  // Evidence against r0 falls as r0 rises; halved on a scale of ratios, to a ten-thousandth.
  while (kept / rejected > 1.0001) {
    const middle = Math.sqrt(kept * rejected);
    if (rejects(informative, middle, alpha)) rejected = middle;
    else kept = middle;
  }
  return rejected;
}

function rejects(pairs: readonly PairedCounts[], ratioMax: number, alpha: number): boolean {
  const test = rateRatio({ ratioMax, hours: 1, sparse: 'as-they-are' });
  const state = test.start();
  for (const [minute, pair] of pairs.entries()) test.add(state, minute, pair);
  return test.logE(state) >= -Math.log(alpha);
}
