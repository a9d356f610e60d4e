/**
 * The proof that a release is *not* worse: "no alarm" is none, with little traffic there is never an alarm.
 *
 * The bets of `rate-ratio.ts` the other way round. H0: in every block treatment has at least `ratioMax` times the bad events
 * per request of control; bets on the ratios 0.5, 0.8 and 1. Exact, like the test. What is guaranteed at ln E >= ln(1/alpha):
 * a release that is as bad as `ratioMax`, all the time, is certified with probability alpha at most; one that became so
 * later is what the test is for. One start, for a proof is about the whole bake.
 */
import type { SequentialTest } from './e-process.ts';
import { requireRatio } from './parameters.ts';
import { sparseMinutes } from './pooling.ts';
import { type RateRatio, ratioTest } from './rate-ratio.ts';

const notWorseRatios = [0.5, 0.8, 1] as const;

export function notWorse({ ratioMax }: { readonly ratioMax: number }): SequentialTest<RateRatio> {
  requireRatio('ratioMax', ratioMax, 1);
  return ratioTest({ null: ratioMax, alternatives: notWorseRatios, hours: 1, gathering: sparseMinutes });
}
