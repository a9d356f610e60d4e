/** Reports whose days do not fit what the plan calls them, or that never come while their phases last. */

import { addDays } from '../plan/calendar.ts';
import type { Plan, Report } from '../plan/plan.ts';
import { daysOf, isDated } from '../plan/report-dates.ts';
import { weekdayOf } from '../plan/weekday.ts';
import { error, type Finding, warning, when } from './finding.ts';

/** How many days a week a cadence means. */
const daysOfCadence: Readonly<Record<Report['cadence'], readonly [min: number, max: number]>> = {
  daily: [3, 7],
  'twice-weekly': [2, 2],
  weekly: [1, 1],
  'real-time': [0, 0],
};

export const reportDays = (plan: Plan): readonly Finding[] =>
  plan.reports.flatMap(({ cadence, days, at }, i) => {
    const [min, max] = daysOfCadence[cadence];
    const count = new Set(days).size;
    return [
      ...when(days !== undefined && (count < min || count > max), () =>
        error('report-days', {
          path: `reports[${i}].days`,
          value: days,
          params: { wrong: 'days', count, cadence, daysMin: min, daysMax: max },
        }),
      ),
      ...when(cadence === 'real-time' && at !== undefined, () =>
        error('report-days', {
          path: `reports[${i}].at`,
          value: at,
          params: { wrong: 'time' },
        }),
      ),
    ];
  });

/** A phase may be over before the weekday of its only report comes. */
export const reportsNeverSent = (plan: Plan): readonly Finding[] =>
  plan.reports.flatMap((report, i) => {
    const phases = plan.phases.filter(({ id }) => report.phases.includes(id));
    const days = daysOf(report);
    const comes = phases.some(({ from, to }) => {
      for (let day = from; day <= to; day = addDays(day, 1)) if (days.includes(weekdayOf(day))) return true;
      return false;
    });
    return when(isDated(report) && phases.length > 0 && !comes, () =>
      warning('report-never-sent', {
        path: `reports[${i}].days`,
        value: days,
        params: { report: report.id },
      }),
    );
  });
