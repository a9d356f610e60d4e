/** Releases and their ledgers, and what is known of versions. */

import type { LedgerEntry } from '#domain/ledger/entries.ts';
import type { Release, ReleaseHead } from '#domain/ledger/records.ts';
import type { StartRefusal } from '#domain/refusals/release.ts';

/** Reading releases is no power to change them. */
export interface ReleaseReader {
  /** Consistent read. Throws ReleaseNotFound. */
  load(releaseId: string): Promise<Release>;
  /** Entries after a sequence number, oldest first, at most `limit` (1..1000). */
  history(releaseId: string, afterSeq: number, limit: number): Promise<readonly LedgerEntry[]>;
  /** Ids of releases that are under way, at most `limit`. */
  active(limit: number): Promise<readonly string[]>;
  /** How the start of a release went that was asked for last; kept for 90 days. */
  start(releaseId: string): Promise<ReleaseStart | undefined>;
  /** The access that users of a product have: what the release that changed it last has decided. */
  access(product: string): Promise<Access | undefined>;
  /**
   * Releases that have ended, the last one to end first, at most `limit` (1..100) after a cursor, which is any text of the form
   * `<instant>#<id>`. Reading takes as long however many there are. Lags by moments.
   */
  ended(
    limit: number,
    cursor: string | undefined,
  ): Promise<{ readonly releases: readonly ReleaseHead[]; readonly cursor?: string }>;
}
/** A start that somebody has asked for: until the release is admitted, all that is known of it. */
export interface ReleaseStart {
  readonly releaseId: string;
  readonly executionArn: string;
  readonly startedBy: string;
  readonly at: string;
  /** It will not be admitted by this execution. */
  readonly refused?: StartRefusal;
}
export interface Access {
  readonly releaseId: string;
  readonly percent: number;
}
export interface ReleaseStore extends ReleaseReader {
  /**
   * One transaction: the projection moves from `before` to `next`, the entries are appended, and the product is claimed
   * (first entry) or given back (the release has closed). At most 20 entries.
   * Throws LedgerConflict when the release is no longer at `before.seq`; without `before`, ReleaseExists when the id is
   * taken and ProductBusy when the product is.
   */
  commit(before: Release | undefined, next: Release, entries: readonly LedgerEntry[]): Promise<void>;
  /** Keeps how a start stands. That it was asked for replaces nothing that is known of its execution. */
  keepStart(start: ReleaseStart): Promise<void>;
  /** Lets others go first, for longer the more often in a row they were faster. At most 0.6 s. */
  giveWay(conflicts: number): Promise<void>;
}
export interface BadVersion {
  readonly version: string;
  /** The release that it was found in. */
  readonly releaseId: string;
  readonly by: string;
  readonly reason: string;
}
/** Versions of the product that are not to be released (again), in whatever spelling. Throws ServiceUnavailable. */
export interface Versions {
  /** Harmless when repeated: the first word stands. */
  markBad(version: BadVersion): Promise<void>;
  findBad(version: string): Promise<BadVersion | undefined>;
}
