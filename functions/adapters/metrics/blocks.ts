/**
 * From what a source said to the blocks that judges read: pure, and the same for every provider. A minute that cannot be is
 * left out and told; an answer to another question makes the whole series unknown: a judge must not see half of it.
 */

import { seriesWithout } from '#domain/judge/odd-minutes.ts';
import type { Block, Cohort, Counts, OddMinute, Series } from '#domain/judge/series.ts';
import type { OddFault, SourceFaults } from '#domain/judge/source-faults.ts';
import { type MetricKind, type MetricPart, partsOf } from '#domain/plan/metric-sources.ts';
import type { Check } from '#domain/plan/plan.ts';
import { minuteMs } from '#domain/time.ts';
import type { MinuteRange } from './minutes.ts';
import { cohortsOf } from './provider.ts';
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

/** `told` has each cohort that the check compares, `treatment` always. A point outside the minutes answers another question. */
export function seriesOf(
  check: Check,
  told: { readonly [cohort in Cohort]?: CohortAnswer },
  minutes: MinuteRange,
): Series {
  const byCohort: Partial<Record<Cohort, ReadonlyMap<number, Counts>>> = {};
  const odd: OddMinute[] = [];
  for (const cohort of cohortsOf(check)) {
    const said = countsOf(check.metric, told[cohort] ?? {}, minutes, roundingOf[cohort]);
    if ('kind' in said) return said;
    byCohort[cohort] = said.counts;
    for (const [minute, fault] of said.faults) odd.push({ minute, cohort, fault });
  }
  const { treatment, control } = byCohort;
  const known = new Set([...(treatment?.keys() ?? []), ...(control?.keys() ?? [])]);
  const blocks = [...known]
    .toSorted((a, b) => a - b)
    .map((minute) => blockOf(minute, treatment?.get(minute), control?.get(minute)));
  return seriesWithout(odd, blocks);
}

const blockOf = (minute: number, treatment?: Counts, control?: Counts): Block => ({
  minute,
  ...(treatment && { treatment }),
  ...(control && { control }),
});

type Numbers = ReadonlyMap<number, number>;

/** Of one cohort, by minute: what was counted, or why that cannot be. */
interface Counted {
  readonly counts: ReadonlyMap<number, Counts>;
  readonly faults: ReadonlyMap<number, OddFault>;
}

function countsOf(
  metric: MetricKind,
  told: CohortAnswer,
  minutes: MinuteRange,
  round: Rounding,
): Counted | Unknown {
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
  const faults = new Map<number, OddFault>();
  for (const minute of minutesIn(numbers)) {
    const at = instantOf(minute);
    const one =
      notFinite(numbers, minute, at) ?? counting[metric]((part) => numbers[part]?.get(minute), round, at);
    if (one === undefined) continue;
    if ('code' in one) faults.set(minute, one);
    else counts.set(minute, one);
  }
  return { counts, faults };
}

/** 0/0 and x/0 are no numbers: a percentile of nothing is NaN. */
function notFinite(
  numbers: Partial<Readonly<Record<string, Numbers>>>,
  minute: number,
  at: string,
): OddFault | undefined {
  for (const [part, of] of Object.entries(numbers)) {
    const value = of?.get(minute);
    if (value !== undefined && !Number.isFinite(value))
      return { code: 'not-finite', params: { part, value: String(value), at } };
  }
  return undefined;
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

/** By minute; refuses times that are no minute or outside of the window, and a clock that does not go forward. */
function numbersOf(all: readonly Point[], part: string, { first, end }: MinuteRange): Numbers | Unknown {
  const numbers = new Map<number, number>();
  let before = Number.NEGATIVE_INFINITY;
  for (const { minute, value } of all) {
    if (!Number.isInteger(minute)) return unknown('between-minutes', { part });
    if (minute <= before)
      return unknown('points-backwards', { part, before: instantOf(before), at: instantOf(minute) });
    if (minute < first || minute >= end) {
      const window = { from: instantOf(first), to: instantOf(end) };
      return unknown('outside-window', { part, at: instantOf(minute), ...window });
    }
    before = minute;
    numbers.set(minute, Math.abs(value) < least ? 0 : value);
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

/** The counts of one minute; nothing where the source has nothing; where they cannot be, why, `at` an instant. */
type Counting = (
  of: (part: MetricPart | 'samples') => number | undefined,
  round: Rounding,
  at: string,
) => Counts | OddFault | undefined;

const negative = (count: number, of: SourceFaults['count-negative']['of'], at: string): OddFault => ({
  code: 'count-negative',
  params: { count: String(count), of, at },
});

/** Bad events without a number of all events say nothing; all events without bad ones say that there were none. */
const badOfTotal: Counting = (of, round, at) => {
  const total = of('total');
  const bad = of('bad') ?? 0;
  if (total === undefined) return undefined;
  const params = { bad: String(bad), total: String(total), at };
  if (total < 0 || bad < 0) return { code: 'events-negative', params };
  if (bad > total + noise * Math.max(1, total)) return { code: 'more-bad-than-all', params };
  const n = Math.round(total);
  return { n, x: Math.min(round(bad), n) };
};

/** Neither number is rounded: their ratio is what counts. */
const sumAndCount: Counting = (of, _round, at) => {
  const n = of('count');
  const x = of('sum') ?? (n === 0 ? 0 : undefined);
  if (n === undefined || x === undefined) return undefined;
  if (n < 0) return negative(n, 'measured', at);
  if (n === 0 && x !== 0) return { code: 'sum-of-nothing', params: { sum: String(x), at } };
  return { n, x };
};

/** Which way a change is bad depends on the check, so neither cohort is favoured. */
const countAlone: Counting = (of, _round, at) => {
  const count = of('count');
  if (count === undefined) return undefined;
  if (count < 0) return negative(count, 'counted', at);
  const n = Math.round(count);
  return { n, x: n };
};

const valueAlone: Counting = (of, _round, at) => {
  const value = of('query');
  const samples = of('samples') ?? 1;
  if (value === undefined) return undefined;
  if (samples < 0) return negative(samples, 'samples', at);
  const n = Math.max(1, Math.round(samples));
  const x = value * n;
  return Number.isFinite(x)
    ? { n, x }
    : { code: 'not-finite', params: { part: 'query', value: String(x), at } };
};

const counting: Readonly<Record<MetricKind, Counting>> = {
  rate: badOfTotal,
  share: badOfTotal,
  mean: sumAndCount,
  volume: countAlone,
  split: countAlone,
  value: valueAlone,
};
