/** What came of a release, in one word that management and auditors share. Decided from the ledger alone, and the plan's dates. */

import type { LedgerEntry } from '#domain/ledger/entries.ts';
import type { Release } from '#domain/ledger/records.ts';
import { localDay } from '#domain/plan/calendar.ts';
import { dayInRelease } from '#domain/plan/message-dates.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { unreachable } from '#domain/unreachable.ts';
import { factsOf, findFact } from '../timeline/context.ts';

/**
 * The first that holds:
 * - `under-way`: it has not ended.
 * - `rollback-failed`, `aborted`, `abandoned`, `rolled-back` (in full): as it was closed.
 * - `partly-rolled-back`: completed, after something had been switched off or limited, corrected and tried again.
 * - `corrected`: completed, after a phase had been sent back or failed before anybody had access.
 * - `late`: completed; the first users got access, or the last phase ended, after the day that held when it was admitted.
 * - `as-planned`: completed otherwise.
 */
export const outcomes = [
  'under-way',
  'rollback-failed',
  'aborted',
  'abandoned',
  'rolled-back',
  'partly-rolled-back',
  'corrected',
  'late',
  'as-planned',
] as const;
export type AuditOutcome = (typeof outcomes)[number];

export function outcomeOf(
  plan: Plan,
  release: Pick<Release, 'status'>,
  entries: readonly LedgerEntry[],
): AuditOutcome {
  switch (release.status) {
    case 'active':
      return 'under-way';
    case 'completed':
      return completed(plan, entries);
    case 'rolled-back':
    case 'abandoned':
    case 'rollback-failed':
    case 'aborted':
      return release.status;
    default:
      return unreachable(release.status);
  }
}

function completed(plan: Plan, entries: readonly LedgerEntry[]): AuditOutcome {
  if (findFact(entries, 'rollback.chosen', ({ level }) => level !== 'none')) return 'partly-rolled-back';
  if (findFact(entries, 'phase.closed', ({ outcome }) => outcome !== 'promote')) return 'corrected';
  return isLate(plan, entries) ? 'late' : 'as-planned';
}

function isLate(plan: Plan, entries: readonly LedgerEntry[]): boolean {
  const promised = findFact(entries, 'release.admitted')?.fact.launchDay ?? plan.launch.day;
  const launched = findFact(entries, 'exposure.changed', ({ to }) => to > 0);
  const last = plan.phases.at(-1);
  const ended = factsOf(entries, 'phase.closed').findLast(({ fact }) => fact.phase === last?.id);
  const dayOf = (instant: string) => localDay(Date.parse(instant), plan.timeZone);
  if (launched && dayOf(launched.at) > promised) return true;
  return ended !== undefined && last !== undefined && dayOf(ended.at) > dayInRelease(plan, promised, last.to);
}
