/**
 * What a source counted, minute by minute. Judges recompute everything from these blocks at every look, so that late and
 * revised data are harmless. A provider that fails, a metric that does not exist, a source that has nothing and a zero are
 * four things.
 */

import type { OddFault, SourceFault } from './source-faults.ts';

/**
 * One minute of one cohort. By the check's metric:
 *
 *     rate, share    n = all events, x = the bad ones
 *     mean           n = how many were measured, x = their sum
 *     value          n = samples behind the value (1 where the source does not say), x = value times n
 *     volume, split  n = x = how many were counted
 *
 * Both finite and not negative (`x` of a value or a mean may be negative); `x <= n` where `x` is a part of `n`.
 */
export interface Counts {
  readonly n: number;
  readonly x: number;
}

/** `minute` is the number of the minute since 1970 (UTC): its data are of `[minute * 60 s, (minute + 1) * 60 s)`. */
export interface Block {
  readonly minute: number;
  /** The new version, or everybody where the check has no cohorts. Absent: the source has nothing for this minute. */
  readonly treatment?: Counts;
  /** Users who do not have the new version; only for checks that compare cohorts. */
  readonly control?: Counts;
}

export const cohorts = ['treatment', 'control'] as const;
export type Cohort = (typeof cohorts)[number];

/** A minute that is in no block, since what the source says of a cohort is no number, or cannot be. */
export interface OddMinute {
  readonly minute: number;
  readonly cohort: Cohort;
  readonly fault: OddFault;
}

export type Series =
  /** In the order of their minutes, each at most once; none at all: the source works and has nothing. `odd`: left out. */
  | { readonly kind: 'blocks'; readonly blocks: readonly Block[]; readonly odd?: readonly OddMinute[] }
  | { readonly kind: 'unknown'; readonly fault: SourceFault };
