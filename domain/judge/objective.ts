/**
 * Is an objective broken ("at most 0.1 % of the requests fail"), or is it proven to be met? Looks at treatment only.
 *
 * With n requests, x of them bad, p0 the share that the objective allows, each alternative g multiplies its money by
 *
 *     ln factor = x ln g + (n - x) ln((1 - g p0) / (1 - p0))
 *
 * the likelihood ratio of the share g p0. Guaranteed: exact while the share of each block is at most p0 (at least p0, for
 * the proof), however it moves below (Wald 1945; Ville 1939). A share so far that is compared with the objective, minute
 * after minute, would break a service that is exactly as good as promised in 92 of 100 bakes.
 *
 * A broken objective does not say who broke it: a shared outage does too. Only `rateRatio` accuses the release.
 */
import { type EProcess, mixture, type SequentialTest } from './e-process.ts';
import { countable } from './paired-counts.ts';
import { requireBetween, requireShare } from './parameters.ts';
import { worse } from './rate-ratio.ts';

const better = [0.25, 0.5, 0.75] as const;

/** H0: in every block at most `badShareMax` of the events are bad. `hours` as for `rateRatio`. */
export function objective({
  badShareMax,
  hours,
}: {
  readonly badShareMax: number;
  readonly hours: number;
}): SequentialTest<EProcess> {
  // Nothing is worse than all events being bad: alternatives beyond that are left out, and one must remain.
  requireBetween('badShareMax', badShareMax, 0, 1 / worse[0], 'give a share, 0.001 for 99.9 % good');
  return shareTest({
    null: badShareMax,
    alternatives: worse.map((factor) => factor * badShareMax).filter((share) => share < 1),
    hours,
  });
}

/** H0: in every block at least `badShareMax` of the events are bad. At ln E >= ln(1/alpha) the objective is proven to be met. */
export function objectiveMet({ badShareMax }: { readonly badShareMax: number }): SequentialTest<EProcess> {
  requireShare('badShareMax', badShareMax);
  return shareTest({
    null: badShareMax,
    alternatives: better.map((factor) => factor * badShareMax),
    hours: 1,
  });
}

function shareTest({
  null: nullShare,
  alternatives,
  hours,
}: {
  readonly null: number;
  readonly alternatives: readonly number[];
  readonly hours: number;
}): SequentialTest<EProcess> {
  const bets = mixture(alternatives.length, hours);
  const logBad = alternatives.map((share) => Math.log(share / nullShare));
  const logGood = alternatives.map((share) => Math.log1p(-share) - Math.log1p(-nullShare));
  return {
    start: bets.start,
    add: (money, minute, pair) => {
      const { nT, xT } = countable(pair);
      if (nT === 0) return;
      const good = Math.max(0, nT - xT);
      bets.place(money, minute, (at) => xT * (logBad[at] ?? 0) + good * (logGood[at] ?? 0));
    },
    logE: bets.logE,
    logPeak: ({ logPeak }) => logPeak,
  };
}
