/** Why a release as a whole is not started, not found or not written. */
import type { Coded } from '../coded.ts';
import type { ReleaseOutcome } from '../ledger/outcomes.ts';
import type { Quoted } from '../quoted.ts';

export type ReleaseStatus = 'active' | ReleaseOutcome;

/** `by` asked for it, at an instant; nothing of it is in the ledger. */
interface Asked {
  readonly release: string;
  readonly by: string;
  readonly at: string;
}
export interface ReleaseMissing {
  'no-such-release': { readonly release: string };
  'release-starting': Asked;
  'release-not-started': Asked & { readonly because: StartRefusal };
}
/** What keeps a release that was asked for out of the ledger. */
export type StartRefusal = Coded<
  StartEnded & ReleaseTaken & ProductTaken & VersionBad & LaunchPast & LaunchImpossible
>;
/** Its execution ended before the release was admitted. */
export interface StartEnded {
  'start-ended': { readonly status: 'succeeded' | 'failed' | 'timed-out' | 'aborted' };
}

/** The id is taken. */
export interface ReleaseTaken {
  'release-exists': { readonly release: string; readonly status: ReleaseStatus | 'unknown' };
  'release-started-otherwise': {
    readonly release: string;
    readonly differs: readonly ('version' | 'startedBy')[];
  };
  'release-starting-otherwise': { readonly release: string };
  'release-start-refused': { readonly release: string; readonly times: number };
  'release-of-another-execution': { readonly release: string; readonly execution: string };
}
export interface ProductTaken {
  'product-busy': { readonly product: string; readonly release: string };
}
export interface VersionBad {
  'version-marked-bad': { readonly version: string; readonly release: string; readonly reason: Quoted };
}
/** Dates YYYY-MM-DD of the plan's zone. */
export interface LaunchPast {
  'launch-day-past': { readonly launchDay: string; readonly today: string };
}
/** `first` and `last` can be kept. */
export interface LaunchImpossible {
  'launch-day-impossible': { readonly launchDay: string; readonly first: string; readonly last: string };
}
export interface LedgerMoved {
  'ledger-moved-on': { readonly release: string; readonly seq: number };
}
