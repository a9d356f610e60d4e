/** Days of the week of calendar dates. */
import { type LocalDay, type Weekday, weekdays } from './plan.ts';

export const weekdayOf = (day: LocalDay): Weekday =>
  weekdays[(new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7] as Weekday;
