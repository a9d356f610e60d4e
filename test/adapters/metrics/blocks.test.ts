import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Series } from '#domain/judge/series.ts';
import type { OddFault } from '#domain/judge/source-faults.ts';
import { type MetricKind, type MetricPart, metricKinds, partsOf } from '#domain/plan/metric-sources.ts';
import { type CohortAnswer, type Point, points, seriesOf } from '#functions/adapters/metrics/blocks.ts';
import { type Unknown, unknown } from '#functions/adapters/metrics/unknown.ts';
import { checkOf, first, fiveMinutes } from './checks.ts';

/** Values of the minutes from `first` on; a hole is a minute without a point. */
const told = (...values: readonly (number | undefined)[]) =>
  points(values.flatMap((value, index) => (value === undefined ? [] : [{ minute: first + index, value }])));
const check = (metric: MetricKind, compare: 'objective' | 'control' = 'objective') =>
  checkOf(metric, { kind: 'prometheus' }, compare);
const everybody = (metric: MetricKind, parts: CohortAnswer): Series =>
  seriesOf(check(metric), { treatment: parts }, fiveMinutes);
const blocks = (...all: readonly (readonly [minute: number, n: number, x: number])[]): Series => ({
  kind: 'blocks',
  blocks: all.map(([minute, n, x]) => ({ minute: first + minute, treatment: { n, x } })),
});

describe('what each kind of metric counts', () => {
  it.each(['rate', 'share'] as const)(
    '%s: bad ones among all, none bad where the source has none',
    (metric) => {
      expect(
        everybody(metric, { bad: told(1, undefined, 0, 7), total: told(100, 50, 0, undefined) }),
      ).toEqual(blocks([0, 100, 1], [1, 50, 0], [2, 0, 0]));
    },
  );

  it('mean: a sum and how many were measured, not rounded', () => {
    expect(
      everybody('mean', { sum: told(-1.5, 3, undefined, undefined), count: told(2, undefined, 0, 4) }),
    ).toEqual(blocks([0, 2, -1.5], [2, 0, 0]));
  });

  it.each(['volume', 'split'] as const)('%s: how many were counted', (metric) => {
    expect(everybody(metric, { count: told(12.4, 0) })).toEqual(blocks([0, 12, 12], [1, 0, 0]));
  });

  it('value: the value times the samples behind it', () => {
    expect(everybody('value', { query: told(-2.5, 3, 4), samples: told(10, undefined, 0) })).toEqual(
      blocks([0, 10, -25], [1, 1, 3], [2, 1, 4]),
    );
    expect(everybody('value', { query: told(99.9) })).toEqual(blocks([0, 1, 99.9]));
  });

  it('value: what is nearer to zero than anything measured is zero, which a store can hold', () => {
    expect(everybody('value', { query: told(5e-324, -1e-200) })).toEqual(blocks([0, 1, 0], [1, 1, 0]));
  });

  it('both cohorts stand side by side, and each may be absent', () => {
    const both = seriesOf(
      check('volume', 'control'),
      { treatment: { count: told(1, 2) }, control: { count: told(undefined, 3, 4) } },
      fiveMinutes,
    );
    expect(both).toEqual({
      kind: 'blocks',
      blocks: [
        { minute: first, treatment: { n: 1, x: 1 } },
        { minute: first + 1, treatment: { n: 2, x: 2 }, control: { n: 3, x: 3 } },
        { minute: first + 2, control: { n: 4, x: 4 } },
      ],
    });
  });

  it('nothing at all is no block', () => {
    expect(everybody('rate', { bad: told(), total: told() })).toEqual(blocks());
  });
});

describe('fractions', () => {
  it.each<readonly [bad: number, total: number, treatment: number, control: number, n: number]>([
    [1.33, 133.4, 1, 2, 133],
    [2.9999999999, 10, 3, 3, 10],
    [3.0000000001, 10, 3, 3, 10],
    [2.5, 2.5, 2, 3, 3],
    [2.4, 2.4, 2, 2, 2],
    [0.4, 0.4, 0, 0, 0],
  ])('%d bad of %d: %d in the treatment, %d in the control, of %d', (bad, total, treatment, control, n) => {
    const parts = { bad: told(bad), total: told(total) };
    expect(seriesOf(check('rate', 'control'), { treatment: parts, control: parts }, fiveMinutes)).toEqual({
      kind: 'blocks',
      blocks: [{ minute: first, treatment: { n, x: treatment }, control: { n, x: control } }],
    });
  });
});

const outside = (at: string) =>
  unknown('outside-window', {
    part: 'count',
    at,
    from: '2025-03-10T09:00:00.000Z',
    to: '2025-03-10T09:05:00.000Z',
  });

describe('what cannot be', () => {
  const at = (...minutes: readonly number[]) => points(minutes.map((minute) => ({ minute, value: 1 })));
  const nine = '2025-03-10T09:00:00.000Z';
  const oneMinuteLater = '2025-03-10T09:01:00.000Z';
  it.each<readonly [string, MetricKind, CohortAnswer, OddFault]>([
    [
      'NaN',
      'volume',
      { count: told(Number.NaN, 5) },
      { code: 'not-finite', params: { part: 'count', value: 'NaN', at: nine } },
    ],
    [
      'a percentile of nothing',
      'value',
      { query: told(Number.NaN, 5) },
      { code: 'not-finite', params: { part: 'query', value: 'NaN', at: nine } },
    ],
    [
      'infinity',
      'value',
      { query: told(1 / 0, 5) },
      { code: 'not-finite', params: { part: 'query', value: 'Infinity', at: nine } },
    ],
    [
      'infinitely much',
      'value',
      { query: told(1e308, 5), samples: told(10, 1) },
      { code: 'not-finite', params: { part: 'query', value: 'Infinity', at: nine } },
    ],
    [
      'a part that is no number',
      'rate',
      { bad: told(Number.NaN, 5), total: told(0, 5) },
      { code: 'not-finite', params: { part: 'bad', value: 'NaN', at: nine } },
    ],
    [
      'more bad ones than all',
      'rate',
      { bad: told(2, 5), total: told(1, 5) },
      { code: 'more-bad-than-all', params: { bad: '2', total: '1', at: nine } },
    ],
    [
      'fewer than none',
      'rate',
      { bad: told(0, 5), total: told(-1, 5) },
      { code: 'events-negative', params: { bad: '0', total: '-1', at: nine } },
    ],
    [
      'fewer than none bad',
      'share',
      { bad: told(-1, 5), total: told(5, 5) },
      { code: 'events-negative', params: { bad: '-1', total: '5', at: nine } },
    ],
    [
      'a negative volume',
      'volume',
      { count: told(-3, 5) },
      { code: 'count-negative', params: { count: '-3', of: 'counted', at: nine } },
    ],
    [
      'a sum of nothing',
      'mean',
      { sum: told(3, 5), count: told(0, 5) },
      { code: 'sum-of-nothing', params: { sum: '3', at: nine } },
    ],
    [
      'a negative count',
      'mean',
      { sum: told(3, 5), count: told(-1, 5) },
      { code: 'count-negative', params: { count: '-1', of: 'measured', at: nine } },
    ],
    [
      'negative samples',
      'value',
      { query: told(3, 5), samples: told(-1, 1) },
      { code: 'count-negative', params: { count: '-1', of: 'samples', at: nine } },
    ],
  ])('is a minute that is left out, with the value: %s', (_, metric, parts, fault) => {
    const odd = [{ minute: first, cohort: 'treatment', fault }];
    const n = metric === 'value' ? 1 : 5;
    expect(everybody(metric, parts)).toEqual({ ...blocks([1, n, 5]), odd });
  });

  it.each<readonly [string, MetricKind, CohortAnswer, Unknown]>([
    ['half a minute', 'volume', { count: at(first + 0.5) }, unknown('between-minutes', { part: 'count' })],
    ['no time', 'volume', { count: at(Number.NaN) }, unknown('between-minutes', { part: 'count' })],
    [
      'time that goes back',
      'volume',
      { count: at(first + 1, first) },
      unknown('points-backwards', { part: 'count', before: oneMinuteLater, at: nine }),
    ],
    [
      'time that stands still',
      'volume',
      { count: at(first, first) },
      unknown('points-backwards', { part: 'count', before: nine, at: nine }),
    ],
    ['the minute before the window', 'volume', { count: at(first - 1) }, outside('2025-03-10T08:59:00.000Z')],
    ['the minute after it', 'volume', { count: at(first, first + 5) }, outside('2025-03-10T09:05:00.000Z')],
    ['time beyond the years of a date', 'volume', { count: at(1e300) }, outside('minute 1e+300')],
    ['a part that nobody asked for', 'rate', { total: told(1) }, unknown('part-missing', { part: 'bad' })],
    ['what the provider says', 'volume', { count: unknown('left-out', {}) }, unknown('left-out', {})],
  ])('is another answer, and the whole series unknown: %s', (_, metric, parts, why) => {
    expect(everybody(metric, parts)).toEqual(why);
  });

  it('in one cohort leaves the minute out of both', () => {
    const series = seriesOf(
      check('volume', 'control'),
      { treatment: { count: told(1, 2, -3) }, control: { count: told(-1, 4, -1) } },
      fiveMinutes,
    );
    expect(series).toMatchObject({
      blocks: [{ minute: first + 1, treatment: { n: 2, x: 2 }, control: { n: 4, x: 4 } }],
      odd: [
        { minute: first, cohort: 'control' },
        { minute: first + 2, cohort: 'treatment' },
        { minute: first + 2, cohort: 'control' },
      ],
    });
  });
});

describe('whatever a source says', () => {
  const number = fc.oneof(
    fc.nat(1000),
    fc.double({ min: 0, max: 1000, noNaN: true }),
    fc.constantFrom(0, -1, Number.NaN, Number.POSITIVE_INFINITY),
  );
  const sane = fc.double({ min: 0, max: 1e6, noNaN: true });
  const inOrder = (value: fc.Arbitrary<number>) =>
    fc
      .uniqueArray(fc.record({ minute: fc.integer({ min: first, max: first + 4 }), value }), {
        selector: ({ minute }) => minute,
      })
      .map((all) => all.toSorted((a, b) => a.minute - b.minute));
  const toldBy = (
    metric: MetricKind,
    arbitrary: fc.Arbitrary<readonly Point[]>,
  ): fc.Arbitrary<CohortAnswer> =>
    fc.record(Object.fromEntries(partsOf[metric].map((part: MetricPart) => [part, arbitrary.map(points)])));
  const anything = fc.constantFrom(...metricKinds).chain((metric) => {
    const parts = toldBy(metric, inOrder(number));
    return fc.tuple(fc.constant(metric), parts, parts);
  });

  it('counts are finite, not negative, bad ones never more than all, minutes in order and inside', () => {
    fc.assert(
      fc.property(anything, ([metric, treatment, control]) => {
        const series = seriesOf(check(metric, 'control'), { treatment, control }, fiveMinutes);
        if (series.kind === 'unknown') throw new Error(series.fault.code);
        const minutes = series.blocks.map(({ minute }) => minute);
        const odd = new Set(series.odd?.map(({ minute }) => minute));
        expect(minutes.filter((minute) => odd.has(minute))).toEqual([]);
        expect(minutes).toEqual([...new Set(minutes)].toSorted((a, b) => a - b));
        for (const block of series.blocks) {
          expect(block.minute).toBeGreaterThanOrEqual(fiveMinutes.first);
          expect(block.minute).toBeLessThan(fiveMinutes.end);
          expect(block.treatment ?? block.control).toBeDefined();
          for (const counts of [block.treatment, block.control]) {
            if (!counts) continue;
            expect(Number.isFinite(counts.n) && Number.isFinite(counts.x)).toBe(true);
            expect(counts.n).toBeGreaterThanOrEqual(0);
            if (metric === 'rate' || metric === 'share') {
              expect(Number.isInteger(counts.n) && Number.isInteger(counts.x)).toBe(true);
              expect(counts.x).toBeGreaterThanOrEqual(0);
              expect(counts.x).toBeLessThanOrEqual(counts.n);
            }
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('rounding is never against the release, and never by a whole event', () => {
    fc.assert(
      fc.property(sane, fc.double({ min: 0, max: 1, noNaN: true }), (total, share) => {
        const bad = total * share;
        const parts = { bad: told(bad), total: told(total) };
        const series = seriesOf(check('rate', 'control'), { treatment: parts, control: parts }, fiveMinutes);
        if (series.kind === 'unknown') throw new Error(series.fault.code);
        const [{ treatment, control } = {}] = series.blocks;
        expect(treatment?.x).toBeLessThanOrEqual(bad + 1e-9);
        expect(treatment?.x).toBeGreaterThan(bad - 1.5);
        expect(control?.x).toBeGreaterThanOrEqual(Math.min(bad - 1e-9, Math.round(total)));
        expect(control?.x).toBeLessThan(bad + 1);
      }),
    );
  });

  it('a part of the answer tells the same of its minutes as the whole: late data change only their own', () => {
    fc.assert(
      fc.property(inOrder(sane), fc.integer({ min: first, max: first + 5 }), (all, end) => {
        const whole = everybody('volume', { count: points(all) });
        const early = { count: points(all.filter(({ minute }) => minute < end)) };
        const part = seriesOf(check('volume'), { treatment: early }, { first, end });
        if (whole.kind === 'unknown' || part.kind === 'unknown') throw new Error('numbers that can be');
        expect(part.blocks).toEqual(whole.blocks.filter(({ minute }) => minute < end));
      }),
    );
  });
});
