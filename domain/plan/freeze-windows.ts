/**
 * Freeze windows: times in which a release stands still. They are wall-clock times of the plan's zone, so a night stays a
 * night when the clocks change. What starts, exposes or promotes waits for their end; nothing that goes back ever does.
 */

import type { Release } from '../ledger/records.ts';
import { addDays, localDay, shownAt } from './calendar.ts';
import type { FreezeWindow, LocalDay, LocalTime, Plan } from './plan.ts';
import { weekdayOf } from './weekday.ts';

/** An occurrence of a window; epoch milliseconds, the end excluded. */
export interface Freeze {
  readonly window: FreezeWindow;
  readonly fromMs: number;
  readonly toMs: number;
}

/** The window that holds a phase now and that nobody has overridden; of several, the one that ends last. */
export function freezeOf(
  plan: Pick<Plan, 'freezes' | 'timeZone'>,
  release: Release,
  phase: string,
  nowMs: number,
): Freeze | undefined {
  return plan.freezes
    .filter(({ phases }) => phases === undefined || phases.includes(phase))
    .flatMap((window) => occurrenceAt(plan, window, nowMs) ?? [])
    .filter((freeze) => !isOverridden(release, freeze))
    .toSorted((a, b) => b.toMs - a.toMs)[0];
}

/** An override is for one occurrence: the next one counts again. */
export const isOverridden = (
  { overriddenFreezes }: Pick<Release, 'overriddenFreezes'>,
  { window, toMs }: Freeze,
): boolean => Date.parse(overriddenFreezes?.[window.id] ?? '') >= toMs;

/** The occurrence of a window that `nowMs` lies in. */
export function occurrenceAt(
  { timeZone }: Pick<Plan, 'timeZone'>,
  window: FreezeWindow,
  nowMs: number,
): Freeze | undefined {
  const { when } = window;
  const spans = 'days' in when ? nightsAround(localDay(nowMs, timeZone), when) : [onceOf(when)];
  return spans
    .map(([fromDay, from, toDay, to]) => ({
      window,
      fromMs: shownAt(fromDay, from, timeZone),
      toMs: shownAt(toDay, to, timeZone),
    }))
    .find(({ fromMs, toMs }) => fromMs <= nowMs && nowMs < toMs);
}

type Span = readonly [LocalDay, LocalTime, LocalDay, LocalTime];
type Weekly = Extract<FreezeWindow['when'], { days: unknown }>;
type Once = Exclude<FreezeWindow['when'], Weekly>;

/** The occurrence that began today, and the one of yesterday, which may end today. */
const nightsAround = (today: LocalDay, { days, from, to }: Weekly): readonly Span[] =>
  [addDays(today, -1), today]
    .filter((day) => days.includes(weekdayOf(day)))
    .map((day) => [day, from, to > from ? day : addDays(day, 1), to]);

const onceOf = ({ from, to }: Once): Span => [
  from.slice(0, 10),
  from.slice(11),
  to.slice(0, 10),
  to.slice(11),
];
