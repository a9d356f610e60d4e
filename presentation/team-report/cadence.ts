/**
 * When the team's reports go: on days of the week at a time of day, in the plan's time zone, for as long as one of the
 * report's phases is under way.
 */

import type { Fact } from '#domain/ledger/facts.ts';
import type { Release } from '#domain/ledger/records.ts';
import { addDays, localDay, shownAt, toInstant } from '#domain/plan/calendar.ts';
import type { LocalTime, Plan, Report, Weekday } from '#domain/plan/plan.ts';
import { weekdayOf } from '#domain/plan/weekday.ts';

/** Of a report in real time there is no date: its phases' alerts are it. */
export const isDated = ({ cadence }: Report): boolean => cadence !== 'real-time';

const daysOfCadence: Readonly<Record<Report['cadence'], readonly Weekday[]>> = {
  daily: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
  'twice-weekly': ['tuesday', 'friday'],
  weekly: ['friday'],
  'real-time': [],
};

export const daysOf = ({ cadence, days }: Report): readonly Weekday[] => days ?? daysOfCadence[cadence];

/** Half an hour before work ends: a phase that ends with the day has its last report before it is closed. */
export function timeOf({ workday }: Pick<Plan, 'workday'>, { at }: Report): LocalTime {
  if (at !== undefined) return at;
  const minutes = Math.max(0, Number(workday.end.slice(0, 2)) * 60 + Number(workday.end.slice(3)) - 30);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** When the report goes next after an instant, or nothing when it has no dates. Epoch milliseconds. */
export function nextDueMs(plan: Plan, report: Report, afterMs: number): number | undefined {
  if (!isDated(report)) return undefined;
  const wanted = daysOf(report);
  const time = timeOf(plan, report);
  const today = localDay(afterMs, plan.timeZone);
  // From the same weekday to the same weekday, should today's time be over.
  for (let days = 0; days <= 7; days += 1) {
    const day = addDays(today, days);
    if (!wanted.includes(weekdayOf(day))) continue;
    const dueMs = shownAt(day, time, plan.timeZone);
    if (dueMs > afterMs) return dueMs;
  }
  return undefined;
}

export function reportOf(plan: Plan, id: string): Report {
  const report = plan.reports.find((candidate) => candidate.id === id);
  if (report) return report;
  const known = plan.reports.map((candidate) => candidate.id).join(', ');
  throw new RangeError(`the plan has no report "${id}": it has ${known}`);
}

/** One of its phases has opened and is not closed. */
const isUnderWay = ({ phases }: Report, release: Release): boolean =>
  phases.some((id) => release.phases[id] !== undefined && release.phases[id].status !== 'closed');

/** Reports that begin because a phase has opened, and those that are over because it has closed. */
export function planReports(plan: Plan, release: Release, nowMs: number): readonly Fact[] {
  return plan.reports.flatMap((report): readonly Fact[] => {
    const planned = release.reports[report.id]?.status === 'planned';
    const underWay = release.status === 'active' && isUnderWay(report, release);
    if (planned && !underWay) {
      return [{ type: 'report.cancelled', report: report.id, reason: 'its phases are over' }];
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

/** How a report that was due ended, with its next date. Nothing when somebody has been faster. */
export function settleReport(
  plan: Plan,
  release: Release,
  due: { readonly report: Report; readonly epoch: number; readonly nowMs: number },
  ended:
    | { readonly type: 'report.sent'; readonly told: readonly string[] }
    | { readonly type: 'report.skipped'; readonly reason: string },
): readonly Fact[] {
  const { report, epoch, nowMs } = due;
  const record = release.reports[report.id];
  if (record?.status !== 'planned' || record.epoch !== epoch) return [];
  return [
    { ...ended, report: report.id, dueAt: record.dueAt },
    ...(isUnderWay(report, release) ? nextOne(plan, report, release, nowMs) : []),
  ];
}
