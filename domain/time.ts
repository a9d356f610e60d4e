/** Milliseconds. A day of these is not always one of the calendar: `plan/calendar.ts` knows those. */
export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
