/** What people are told, in words. Use cases know what happened; `presentation/` says it. Each is pure, and needs no permission. */
import type { BlindSpot } from '#domain/ledger/causes.ts';
import type { LedgerEntry } from '#domain/ledger/entries.ts';
import type { Reason, Verdict } from '#domain/ledger/facts.ts';
import type { Release } from '#domain/ledger/records.ts';
import type { Letter, RenderedMail, Writer } from '#domain/mailing/letter.ts';
import type { Notice } from '#domain/mailing/notice.ts';
import type { Translations } from '#domain/mailing/template.ts';
import type { Plan, Report } from '#domain/plan/plan.ts';

interface OfPhase {
  readonly releaseId: string;
  readonly phase: string;
}

/** To the team, in the language of the plan. */
export interface Alerts {
  /** A bake that ended other than well. */
  observationSays(
    plan: Plan,
    of: OfPhase,
    verdict: 'unhealthy' | 'inconclusive',
    reason: Reason,
  ): Promise<Notice>;
  /** A bake that sees nothing. */
  observationFrozen(plan: Plan, of: OfPhase, blind: BlindSpot): Promise<Notice>;
  /** To the roles that have not approved; to all who approve when it is not they who are missing. */
  gateReminder(plan: Plan, of: OfPhase, missing: readonly string[]): Promise<Notice>;
  checklistLate(plan: Plan, of: OfPhase, owners: readonly string[], open: number): Promise<Notice>;
}

/** To users, each in the language that they read. */
export interface Letters {
  /** Throws RangeError when the template asks for what the release does not give it. */
  writer(letter: Letter): Promise<Writer>;
}

interface ReportMatter {
  readonly plan: Plan;
  readonly release: Release;
  readonly report: Report;
  readonly template: Translations;
  /** The whole ledger, oldest first. */
  readonly entries: readonly LedgerEntry[];
  /** What the checks of `checksOf` say now, by check. */
  readonly readings: Readonly<Record<string, { readonly verdict: Verdict; readonly value?: number }>>;
  /** Epoch milliseconds. */
  readonly nowMs: number;
  /** It may have reached its readers before. */
  readonly again: boolean;
}

/** To the team, in the language of the plan. */
export interface ReportWriter {
  write(matter: ReportMatter): Promise<RenderedMail>;
}
