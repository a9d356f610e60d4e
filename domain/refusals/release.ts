/** Why a release as a whole is not started, not found or not written. */
import type { ReleaseOutcome } from '../ledger/outcomes.ts';
import type { Quoted } from '../quoted.ts';

export type ReleaseStatus = 'active' | ReleaseOutcome;

export interface ReleaseMissing {
  'no-such-release': { readonly release: string };
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
export interface LedgerMoved {
  'ledger-moved-on': { readonly release: string; readonly seq: number };
}
