/** When the team's reports go: on days of the week at a time of day, in the plan's time zone. */

import { addDays, localDay, shownAt } from './calendar.ts';
import type { LocalTime, Plan, Report, Weekday } from './plan.ts';
import { weekdayOf } from './weekday.ts';

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
function timeOf({ workday }: Pick<Plan, 'workday'>, { at }: Report): LocalTime {
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
