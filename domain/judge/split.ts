/**
 * Do the cohorts' counts stand in the ratio of their exposure, in either direction? For what users do (sessions: a crash
 * before anything is logged shows as too few) and for the cohorts themselves (a sample-ratio mismatch).
 *
 * With rho = n_T / (n_T + n_C) the expected share of treatment, a and b the shape of a Beta distribution, a block of x_T and
 * x_C events multiplies the money by
 *
 *     ln factor = ln B(a + x_T, b + x_C) - ln B(a, b) - x_T ln rho - x_C ln(1 - rho)
 *
 * a = k0 rho + x_T so far, b = k0 (1 - rho) + x_C so far: the Dirichlet mixture of Lindon and Malek, "Anytime-valid
 * inference for multinomial count data", NeurIPS 2022. Where exposure changes, a and b keep the odds ratio learnt so far, at
 * the new rho: any a and b that were chosen before the block keep the game fair.
 *
 * Guaranteed: exact while each event comes from treatment with probability rho, independently. So count sessions or users,
 * never requests: requests come in sessions, and at 8 each every release would be rolled back.
 */
import type { SequentialTest } from './e-process.ts';
import { logRising } from './log-rising.ts';
import { countable } from './paired-counts.ts';
import { requireBetween } from './parameters.ts';

/** Two sums, of what was seen and of what exposure led to expect, both with the mixture's own k0 events. */
interface Cohorts {
  readonly treatment: number;
  readonly control: number;
}

export interface Split {
  logE: number;
  logPeak: number;
  seen: Cohorts;
  expected: Cohorts;
}

/** k0 for how much users do: finds -10 % to -30 %. */
export const volumeConcentration = 100;
/** k0 for a sample-ratio mismatch: looks for small deviations in many users. */
export const mismatchConcentration = 10_000;

/** H0: each event comes from treatment with the block's nT / (nT + nC), which are the weights of exposure, not counts. */
export function split({ concentration }: { readonly concentration: number }): SequentialTest<Split> {
  requireBetween(
    'concentration',
    concentration,
    0,
    1e9,
    'give 100 for volumes, 10000 for a mismatch of the cohorts',
  );
  return {
    start: () => ({
      logE: 0,
      logPeak: 0,
      seen: { treatment: 0, control: 0 },
      expected: { treatment: 0, control: 0 },
    }),
    add: (state, _minute, pair) => {
      const { nT, xT, nC, xC } = countable(pair);
      if (nT === 0 || nC === 0 || xT + xC === 0) return;
      const exposed: Cohorts = { treatment: nT / (nT + nC), control: nC / (nT + nC) };
      const begun = state.seen.treatment > 0;
      const seen = begun ? state.seen : scaled(exposed, concentration);
      const expected = begun ? state.expected : seen;
      const { treatment: a, control: b } = shapeAt(exposed, seen, expected);
      state.logE +=
        logRising(a, xT) +
        logRising(b, xC) -
        logRising(a + b, xT + xC) -
        xT * Math.log(exposed.treatment) -
        xC * Math.log(exposed.control);
      state.logPeak = Math.max(state.logPeak, state.logE);
      state.seen = { treatment: seen.treatment + xT, control: seen.control + xC };
      state.expected = sumOf(expected, scaled(exposed, xT + xC));
    },
    logE: ({ logE }) => logE,
    logPeak: ({ logPeak }) => logPeak,
  };
}

const scaled = ({ treatment, control }: Cohorts, by: number): Cohorts => ({
  treatment: treatment * by,
  control: control * by,
});

const sumOf = (a: Cohorts, b: Cohorts): Cohorts => ({
  treatment: a.treatment + b.treatment,
  control: a.control + b.control,
});

/** As many events as were seen, in the ratio that the odds learnt so far give at this exposure. */
function shapeAt(exposed: Cohorts, seen: Cohorts, expected: Cohorts): Cohorts {
  const learnt = seen.treatment / seen.control / (expected.treatment / expected.control);
  const odds = (exposed.treatment / exposed.control) * learnt;
  const total = seen.treatment + seen.control;
  return { treatment: (total * odds) / (1 + odds), control: total / (1 + odds) };
}
