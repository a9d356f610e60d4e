/** What the promises of a plan share (`committed-dates.ts`, `response-times.ts`). */
import { minutesBetween } from './time-spent.ts';

/** `open`: it is not decided yet, or can no longer be. */
export type Kept = 'kept' | 'broken' | 'open';

/** Between two instants. */
export const minutesOf = (from: string, to: string): number =>
  minutesBetween(Date.parse(from), Date.parse(to));
