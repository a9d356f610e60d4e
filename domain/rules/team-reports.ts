/** Which of the team's reports have a date: those of which one phase is under way, each its next one. */

import type { Omission } from '../ledger/causes.ts';
import type { Fact } from '../ledger/facts.ts';
import type { Release } from '../ledger/records.ts';
import { toInstant } from '../plan/calendar.ts';
import type { Plan, Report } from '../plan/plan.ts';
import { nextDueMs } from '../plan/report-dates.ts';

/** One of its phases has opened and is not closed. */
const isUnderWay = ({ phases }: Report, release: Release): boolean =>
  phases.some((id) => release.phases[id] !== undefined && release.phases[id].status !== 'closed');

/** Reports that begin because a phase has opened, and those that are over because it has closed. */
export function planReports(plan: Plan, release: Release, nowMs: number): readonly Fact[] {
  return plan.reports.flatMap((report): readonly Fact[] => {
    const planned = release.reports[report.id]?.status === 'planned';
    const underWay = release.status === 'active' && isUnderWay(report, release);
    if (planned && !underWay) {
      const reason = { code: 'phases-over', params: {} } as const;
      return [{ type: 'report.cancelled', report: report.id, reason }];
    }
    return underWay && !planned ? nextOne(plan, report, release, nowMs) : [];
  });
}

/** The next date of a report. */
function nextOne(plan: Plan, report: Report, release: Release, afterMs: number): readonly Fact[] {
  const dueMs = nextDueMs(plan, report, afterMs);
  if (dueMs === undefined) return [];
  const epoch = (release.reports[report.id]?.epoch ?? 0) + 1;
  return [{ type: 'report.planned', report: report.id, dueAt: toInstant(dueMs), epoch }];
}

/** Longer than telling takes, and not longer than Lambda waits before it tries again what died. */
const tellingMs = 60_000;

/**
 * What is recorded before a report that is due is told. Nothing when somebody is at it, or has been faster; when who was at
 * it must have died, it is begun again and says so.
 */
export function beginReport(
  release: Release,
  { report, epoch, nowMs }: { readonly report: Report; readonly epoch: number; readonly nowMs: number },
): readonly Extract<Fact, { type: 'report.sending' }>[] {
  const record = release.reports[report.id];
  if (record?.status !== 'planned' || record.epoch !== epoch) return [];
  const { dueAt, sendingAt } = record;
  if (sendingAt === undefined) return [{ type: 'report.sending', report: report.id, dueAt }];
  if (nowMs < Date.parse(sendingAt) + tellingMs) return [];
  return [{ type: 'report.sending', report: report.id, dueAt, again: true }];
}

/** How a report that was due ended, with its next date. Nothing when somebody has been faster. */
export function settleReport(
  plan: Plan,
  release: Release,
  due: { readonly report: Report; readonly epoch: number; readonly nowMs: number },
  ended:
    | { readonly type: 'report.sent'; readonly told: readonly string[] }
    | { readonly type: 'report.skipped'; readonly reason: Omission },
): readonly Fact[] {
  const { report, epoch, nowMs } = due;
  const record = release.reports[report.id];
  if (record?.status !== 'planned' || record.epoch !== epoch) return [];
  return [
    { ...ended, report: report.id, dueAt: record.dueAt },
    ...(isUnderWay(report, release) ? nextOne(plan, report, release, nowMs) : []),
  ];
}
