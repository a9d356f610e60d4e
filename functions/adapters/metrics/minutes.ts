/** The whole minutes of a window; their numbers count from 1970 (UTC), as in `domain/judge/series.ts`. */

import { minuteMs } from '#domain/time.ts';

/** From `first` until before `end`; none when `end` is not after `first`. */
export interface MinuteRange {
  readonly first: number;
  readonly end: number;
}

export const minuteSeconds = 60;

/**
 * The whole minutes of [fromMs, toMs) that are at least `lagMinutes` old at its end: a source has a minute's data some time
 * after the minute. The others are read at the next look.
 */
export const minutesOf = (
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  lagMinutes: number,
): MinuteRange => ({
  first: Math.ceil(fromMs / minuteMs),
  end: Math.floor(toMs / minuteMs) - lagMinutes,
});

export const countOf = ({ first, end }: MinuteRange): number => Math.max(0, end - first);
