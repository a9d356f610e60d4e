/** What every test is fed with: what two cohorts counted in the same time. */

/** One block: treatment and control; a minute, unless a test gathers several. */
export interface PairedCounts {
  readonly nT: number;
  readonly xT: number;
  readonly nC: number;
  readonly xC: number;
}

/** More cannot be told from one more, and less than a millionth of an event is a trace of rounding. */
const countMax = Number.MAX_SAFE_INTEGER;
const countMin = 1e-6;

/**
 * The block, or a RangeError for one that nothing can have counted: a test that swallowed it would stay silent for the rest
 * of the release. Only a sum (`x` of a mean) may be negative.
 */
export function countable(pair: PairedCounts): PairedCounts {
  const { nT, xT, nC, xC } = pair;
  const finite = Number.isFinite(xT) && Number.isFinite(xC) && Number.isFinite(nT) && Number.isFinite(nC);
  if (!finite || nT < 0 || nC < 0) {
    throw new RangeError(
      `a block of ${nT} and ${nC} counts with ${xT} and ${xC}: give finite numbers, counts from 0; leave unreadable minutes out`,
    );
  }
  return isCount(nT) && isCount(xT) && isCount(nC) && isCount(xC)
    ? pair
    : { nT: bounded(nT), xT: bounded(xT), nC: bounded(nC), xC: bounded(xC) };
}

const isCount = (count: number) =>
  count === 0 || (Math.abs(count) >= countMin && Math.abs(count) <= countMax);

function bounded(count: number): number {
  if (Math.abs(count) < countMin) return 0;
  return Math.max(-countMax, Math.min(countMax, count));
}

/** Both cohorts seen from the other side. */
export const swapped = ({ nT, xT, nC, xC }: PairedCounts): PairedCounts => ({
  nT: nC,
  xT: xC,
  nC: nT,
  xC: xT,
});
