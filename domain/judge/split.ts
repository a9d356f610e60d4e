/**
 * How many users, sessions or successes each cohort has, against how many it should have: a volume that drops before anything
 * is logged, or cohorts that are not what they should be. Two-sided. Counts must be of users or of sessions started, never of
 * requests: those of one session come together.
 *
 *     ln E = ln B(k rho + x_T, k (1 - rho) + x_C) - ln B(k rho, k (1 - rho)) - x_T ln rho - x_C ln(1 - rho)
 *
 * Source: Lindon and Malek, NeurIPS 2022. A change of rho begins a new factor: a product of e-processes is one.
 */
import type { SequentialTest } from './e-process.ts';

export interface SplitState {
  /** ln E of what was counted at other shares. */
  before: number;
  share: number;
  treatment: number;
  control: number;
}

/** `concentration`: how sure one is beforehand that the share is right; 100 for a drop of volume, 10,000 for a mismatch. */
export function split({ concentration }: { readonly concentration: number }): SequentialTest<SplitState> {
  if (!(concentration > 0)) throw new RangeError(`concentration is ${concentration}: more than 0 is allowed`);
  const logEOf = ({ before, share, treatment, control }: SplitState): number => {
    if (treatment + control === 0) return before;
    const [a, b] = [concentration * share, concentration * (1 - share)];
    const expected = treatment * Math.log(share) + control * Math.log(1 - share);
    return before + logBeta(a + treatment, b + control) - logBeta(a, b) - expected;
  };
  return {
    start: () => ({ before: 0, share: 0, treatment: 0, control: 0 }),
    /** `nT` and `nC` are how many users there are of each cohort, as weights; `xT` and `xC` are the counts. */
    add(state, _minute, { nT, xT, nC, xC }) {
      if (nT === 0 || nC === 0) return;
      const share = nT / (nT + nC);
      if (share !== state.share) {
        Object.assign(state, { before: logEOf(state), share, treatment: 0, control: 0 });
      }
      state.treatment += xT;
      state.control += xC;
    },
    logE: logEOf,
    copy: (state) => ({ ...state }),
  };
}

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

/** By Stirling's series, after lifting small arguments: twelve digits and more from 1e-3 on. */
function logGamma(x: number): number {
  let [lifted, product] = [x, 1];
  while (lifted < 12) {
    product *= lifted;
    lifted += 1;
  }
  const square = 1 / (lifted * lifted);
  const series =
    (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)))) / lifted;
  return (
    (lifted - 0.5) * Math.log(lifted) - lifted + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product)
  );
}
