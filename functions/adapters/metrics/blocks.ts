/**
 * From what a source said to the blocks that judges read: pure, and the same for every provider. What cannot be true makes
 * the whole series unknown: a judge must not see half of it.
 */

import type { Block, Counts, Series } from '#domain/judge/series.ts';
import type { SourceFaults } from '#domain/judge/source-faults.ts';
import { type MetricKind, type MetricPart, partsOf } from '#domain/plan/metric-sources.ts';
import type { Check } from '#domain/plan/plan.ts';
import { minuteMs } from '#domain/time.ts';
import type { MinuteRange } from './minutes.ts';
import { type Cohort, cohortsOf } from './provider.ts';
import { type Unknown, unknown } from './unknown.ts';

/** A number of one minute. */
export interface Point {
  readonly minute: number;
  readonly value: number;
}
export type Said = { readonly kind: 'points'; readonly points: readonly Point[] } | Unknown;
/** What a source said of one cohort, by part; `samples` are those behind a `value`, where the source counts them. */
export type CohortAnswer = Readonly<Partial<Record<MetricPart | 'samples', Said>>>;

export const points = (all: readonly Point[]): Said => ({ kind: 'points', points: all });

/** `told` has each cohort that the check compares, `treatment` always. Points outside the minutes are left out. */
export function seriesOf(
  check: Check,
  told: { readonly [cohort in Cohort]?: CohortAnswer },
  minutes: MinuteRange,
): Series {
  const byCohort: Partial<Record<Cohort, ReadonlyMap<number, Counts>>> = {};
  for (const cohort of cohortsOf(check)) {
    const counted = countsOf(check.metric, told[cohort] ?? {}, minutes, roundingOf[cohort]);
    if ('kind' in counted) return counted;
    byCohort[cohort] = counted;
  }
  const { treatment, control } = byCohort;
  const known = new Set([...(treatment?.keys() ?? []), ...(control?.keys() ?? [])]);
  const blocks = [...known]
    .toSorted((a, b) => a - b)
    .map((minute) => blockOf(minute, treatment?.get(minute), control?.get(minute)));
  return { kind: 'blocks', blocks };
}

const blockOf = (minute: number, treatment?: Counts, control?: Counts): Block => ({
  minute,
  ...(treatment && { treatment }),
  ...(control && { control }),
});

type Numbers = ReadonlyMap<number, number>;

/** Counts by minute of one cohort. */
function countsOf(
  metric: MetricKind,
  told: CohortAnswer,
  minutes: MinuteRange,
  round: Rounding,
): ReadonlyMap<number, Counts> | Unknown {
  const numbers: Partial<Record<MetricPart | 'samples', Numbers>> = {};
  for (const part of [...partsOf[metric], 'samples'] as const) {
    const said = told[part];
    if (said === undefined && part === 'samples') continue;
    if (said === undefined) return unknown('part-missing', { part });
    const read = said.kind === 'points' ? numbersOf(said.points, part, minutes) : said;
    if ('kind' in read) return read;
    numbers[part] = read;
  }
  const counts = new Map<number, Counts>();
  for (const minute of minutesIn(numbers)) {
    const one = counting[metric]((part) => numbers[part]?.get(minute), round);
    if (one === undefined) continue;
    if (typeof one === 'function') return one(instantOf(minute));
    counts.set(minute, one);
  }
  return counts;
}

const minutesIn = (numbers: Partial<Readonly<Record<string, Numbers>>>): ReadonlySet<number> =>
  new Set(Object.values(numbers).flatMap((one) => [...(one?.keys() ?? [])]));

/** Beyond the years that a date can have, the number of the minute. */
function instantOf(minute: number): string {
  const date = new Date(minute * minuteMs);
  return Number.isNaN(date.getTime()) ? `minute ${minute}` : date.toISOString();
}

/** Nothing that is measured is so small; the store refuses what is below 1e-130. */
const least = 1e-100;

/** By minute; refuses numbers that are none, times that are no minute, and a clock that does not go forward. */
function numbersOf(all: readonly Point[], part: string, { first, end }: MinuteRange): Numbers | Unknown {
  const numbers = new Map<number, number>();
  let before = Number.NEGATIVE_INFINITY;
  for (const { minute, value } of all) {
    if (!Number.isInteger(minute)) return unknown('between-minutes', { part });
    if (minute <= before)
      return unknown('points-backwards', { part, before: instantOf(before), at: instantOf(minute) });
    if (!Number.isFinite(value))
      return unknown('not-finite', { part, value: String(value), at: instantOf(minute) });
    before = minute;
    if (minute >= first && minute < end) numbers.set(minute, Math.abs(value) < least ? 0 : value);
  }
  return numbers;
}

type Rounding = (bad: number) => number;
/** Floats that stand for whole numbers: 2.9999999999 is 3. */
const noise = 1e-9;
/**
 * Fractional bad events (`increase` of Prometheus, trimmed counts of CloudWatch) count for the release in doubt: those of
 * the treatment are rounded down, those of the control up.
 */
const roundingOf: Readonly<Record<Cohort, Rounding>> = {
  treatment: (bad) => Math.floor(bad + noise),
  control: (bad) => Math.ceil(bad - noise),
};

/** The counts of one minute; nothing where the source has nothing; where they cannot be, why, at an instant. */
type Counting = (
  of: (part: MetricPart | 'samples') => number | undefined,
  round: Rounding,
) => Counts | ((at: string) => Unknown) | undefined;

const negative = (count: number, of: SourceFaults['count-negative']['of']) => (at: string) =>
  unknown('count-negative', { count: String(count), of, at });

/** Bad events without a number of all events say nothing; all events without bad ones say that there were none. */
const badOfTotal: Counting = (of, round) => {
  const total = of('total');
  const bad = of('bad') ?? 0;
  if (total === undefined) return undefined;
  const fault = (code: 'events-negative' | 'more-bad-than-all') => (at: string) =>
    unknown(code, { bad: String(bad), total: String(total), at });
  if (total < 0 || bad < 0) return fault('events-negative');
  if (bad > total + noise * Math.max(1, total)) return fault('more-bad-than-all');
  const n = Math.round(total);
  return { n, x: Math.min(round(bad), n) };
};

/** Neither number is rounded: their ratio is what counts. */
const sumAndCount: Counting = (of) => {
  const n = of('count');
  const x = of('sum') ?? (n === 0 ? 0 : undefined);
  if (n === undefined || x === undefined) return undefined;
  if (n < 0) return negative(n, 'measured');
  if (n === 0 && x !== 0) return (at) => unknown('sum-of-nothing', { sum: String(x), at });
  return { n, x };
};

/** Which way a change is bad depends on the check, so neither cohort is favoured. */
const countAlone: Counting = (of) => {
  const count = of('count');
  if (count === undefined) return undefined;
  if (count < 0) return negative(count, 'counted');
  const n = Math.round(count);
  return { n, x: n };
};

const valueAlone: Counting = (of) => {
  const value = of('query');
  const samples = of('samples') ?? 1;
  if (value === undefined) return undefined;
  if (samples < 0) return negative(samples, 'samples');
  const n = Math.max(1, Math.round(samples));
  return { n, x: value * n };
};

const counting: Readonly<Record<MetricKind, Counting>> = {
  rate: badOfTotal,
  share: badOfTotal,
  mean: sumAndCount,
  volume: countAlone,
  split: countAlone,
  value: valueAlone,
};
