/**
 * A bad share against an objective: is it more than `badShareMax` in some minute? Valid however the share moves below it. A
 * service exactly at its objective breaks "so far more than allowed" with near certainty within two days; this test does not.
 *
 *     ln L_g += x ln g + (n - x) ln((1 - g p) / (1 - p))
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

const worse = [1.25, 1.5, 2, 4, 10] as const;
const better = [0.25, 0.5, 0.75] as const;

/** Evidence that the objective is broken. Throws RangeError for a share that is not between 0 and 1. */
export const objective = ({ badShareMax, hours }: { readonly badShareMax: number; readonly hours: number }) =>
  against(badShareMax, worse, startsIn(hours));

/** Evidence that the objective is met. */
export const objectiveMet = ({ badShareMax }: { readonly badShareMax: number }) =>
  against(badShareMax, better, 1);

function against(badShareMax: number, all: readonly number[], starts: number): SequentialTest<EProcess> {
  if (!(badShareMax > 0 && badShareMax < 1)) {
    throw new RangeError(`badShareMax is ${badShareMax}: a share between 0 and 1 is allowed`);
  }
  // No share is more than everything.
  const alternatives = all.filter((g) => g * badShareMax < 1);
  const logBad = alternatives.map(Math.log);
  const logGood = alternatives.map((g) => Math.log((1 - g * badShareMax) / (1 - badShareMax)));
  return {
    start: () => startEProcess(Math.max(1, alternatives.length), starts),
    add(mixture, minute, { nT, xT }) {
      if (nT === 0) return;
      advance(
        mixture,
        starts,
        minute,
        logBad.map((log, g) => xT * log + (nT - xT) * (logGood[g] ?? 0)),
      );
    },
    logE: (mixture) => logEOf(mixture, starts),
    copy: copyOf,
  };
}
