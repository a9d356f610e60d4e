/** What is measured, what a bake remembers of it, and which users have access. */

import type { Evidence } from '#domain/judge/evidence.ts';
import type { Series } from '#domain/judge/series.ts';
import type { ComponentState } from '#domain/ledger/facts.ts';
import type { Check } from '#domain/plan/plan.ts';
import type { BakeState } from '#domain/rules/bake-clock.ts';

export interface Metrics {
  /**
   * One series per check, by id, of the whole minutes of the closed window [fromMs, toMs). Never throws for a provider: what
   * cannot be read is a series of the kind `unknown`.
   */
  read(
    checks: Readonly<Record<string, Check>>,
    window: { readonly fromMs: number; readonly toMs: number },
  ): Promise<Readonly<Record<string, Series>>>;
}
/** The bake's memory between two ticks, and the evidence of every look. */
export interface BakeKey {
  readonly releaseId: string;
  readonly waitId: string;
  readonly epoch: number;
  readonly phase: string;
  readonly attempt: number;
}
export interface BakeStore {
  get(releaseId: string, waitId: string, epoch: number): Promise<BakeState | undefined>;
  /**
   * State and evidence in one transaction. Conditional on `before` being what is stored, so that a duplicated tick counts
   * once. Answers whether it was.
   */
  put(key: BakeKey, before: BakeState | undefined, next: BakeState, evidence: Evidence): Promise<boolean>;
}
/** Reading evidence is no power to judge. */
export interface EvidenceReader {
  /** Of a phase's attempt, in the order of the looks, at most `limit` (1..200) after the cursor. */
  looks(
    releaseId: string,
    phase: string,
    attempt: number,
    cursor: string | undefined,
    limit: number,
  ): Promise<{ readonly looks: readonly Evidence[]; readonly cursor?: string }>;
}
export interface Exposure {
  /** Percentage of users with access to the new version; idempotent. */
  set(releaseId: string, percent: number): Promise<void>;
  /** Takes away all access that this release gave; idempotent. False, and nothing changes, when it is not this release's. */
  withdraw(releaseId: string): Promise<boolean>;
  /** Switches a component; idempotent. */
  switch(releaseId: string, component: string, state: ComponentState): Promise<void>;
}
