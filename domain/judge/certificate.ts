/**
 * The certificate of non-inferiority: the rate-ratio test with its roles exchanged. Evidence grows while the new version is
 * *not* as much as `ratioMax` times worse; of versions that are, at most alpha are certified.
 *
 *     ln L_g += x_T ln(g / r) - k ln((1 + theta (g - 1)) / (1 + theta (r - 1)))
 */
import { advance, copyOf, type EProcess, logEOf, type SequentialTest, startEProcess } from './e-process.ts';

/** Half as many bad events, a fifth less, as many. */
const alternatives = [0.5, 0.8, 1] as const;

/** Throws RangeError for a ratio of 1 or less, which nothing could be proven against. */
export function notWorse({ ratioMax }: { readonly ratioMax: number }): SequentialTest<EProcess> {
  if (!(ratioMax > 1)) throw new RangeError(`ratioMax is ${ratioMax}: a ratio above 1 is allowed`);
  return {
    start: () => startEProcess(alternatives.length, 1),
    add(mixture, minute, { nT, xT, nC, xC }) {
      const bad = xT + xC;
      if (bad === 0 || nT === 0 || nC === 0) return;
      const theta = nT / (nT + nC);
      const refused = 1 + theta * (ratioMax - 1);
      const increments = alternatives.map(
        (g) => xT * Math.log(g / ratioMax) - bad * Math.log((1 + theta * (g - 1)) / refused),
      );
      advance(mixture, 1, minute, increments);
    },
    logE: (mixture) => logEOf(mixture, 1),
    copy: copyOf,
  };
}
