/** One block of two cohorts: a minute, unless a test gathers several. */
export interface Pair {
  /** Events of the users with the new version, and the bad ones among them (or their sum, by the metric). */
  readonly nT: number;
  readonly xT: number;
  /** The same of the users without it. */
  readonly nC: number;
  readonly xC: number;
}

export const noPair: Pair = { nT: 0, xT: 0, nC: 0, xC: 0 };

export const plus = (one: Pair, other: Pair): Pair => ({
  nT: one.nT + other.nT,
  xT: one.xT + other.xT,
  nC: one.nC + other.nC,
  xC: one.xC + other.xC,
});
