import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import type { Check } from '#domain/plan/plan.ts';
import { quoted } from '#domain/quoted.ts';
import { failuresMax } from '#functions/adapters/circuit.ts';
import { cloudWatchMetrics } from '#functions/adapters/metrics/cloudwatch.ts';
import { parseQuery, QueryUnreadable } from '#functions/adapters/metrics/cloudwatch-query.ts';
import { type Unknown, unknown } from '#functions/adapters/metrics/unknown.ts';
import { checkOf, cohort, first, fiveMinutes, patience } from '#test/adapters/metrics/checks.ts';
import { type Asked, json, outages, refused, wireService } from './service.ts';

const service = wireService();
const source = 'CloudWatch';
const metrics = () =>
  cloudWatchMetrics({
    client: new CloudWatchClient(service.settings()),
    clock: { nowMs: () => 0 },
    cohort: { ...cohort, dimension: 'Cohort' },
  });
const read = (checks: Readonly<Record<string, Check>>, minutes = fiveMinutes) =>
  metrics().read(checks, minutes, patience);

const cloudwatch = { kind: 'cloudwatch' } as const;
const rate = (bad: string, total: string, compare: Check['compare'] = 'objective') =>
  checkOf('rate', { ...cloudwatch, bad, total }, compare);
const volume = (count: string) => checkOf('volume', { ...cloudwatch, count });
const value = (query: string) => checkOf('value', { ...cloudwatch, query });

/** Points of the first minutes; a hole is a minute without one. */
const result = (Id: string, values: readonly (number | undefined)[], more: object = {}) => {
  const there = [...values.entries()].filter(([, value]) => value !== undefined);
  return {
    Id,
    Label: Id,
    Timestamps: there.map(([index]) => (first + index) * 60),
    Values: there.map(([, value]) => value),
    StatusCode: 'Complete',
    Messages: [],
    ...more,
  };
};
const answered = (...MetricDataResults: readonly object[]) => json({ MetricDataResults, Messages: [] });
const series = (Id: string, name: string, Stat: string, ReturnData: boolean, dims = {}) => ({
  Id,
  ReturnData,
  MetricStat: {
    Period: 60,
    Stat,
    Metric: {
      Namespace: 'Shop',
      MetricName: name,
      Dimensions: Object.entries(dims).map(([Name, Value]) => ({ Name, Value })),
    },
  },
});
const queriesIn = ({ body }: Asked) =>
  (body as { readonly MetricDataQueries: readonly { readonly Id: string; readonly ReturnData: boolean }[] })
    .MetricDataQueries;

describe('the language of queries', () => {
  it.each([
    ['Shop/Failed', { namespace: 'Shop', name: 'Failed', dimensions: {}, stat: 'Average' }],
    ['AWS/Lambda/Errors:Sum', { namespace: 'AWS/Lambda', name: 'Errors', dimensions: {}, stat: 'Sum' }],
    [
      'Shop/Time{Service=checkout, Stage=prod/eu}:p99.9',
      {
        namespace: 'Shop',
        name: 'Time',
        dimensions: { Service: 'checkout', Stage: 'prod/eu' },
        stat: 'p99.9',
      },
    ],
    ['Shop/Time:TM(10%:90%)', { namespace: 'Shop', name: 'Time', dimensions: {}, stat: 'TM(10%:90%)' }],
    ['Shop/Time:TC(2:)', { namespace: 'Shop', name: 'Time', dimensions: {}, stat: 'TC(2:)' }],
    ['  Shop/Failed{} ', { namespace: 'Shop', name: 'Failed', dimensions: {}, stat: 'Average' }],
  ])('%s is one metric', (query, metric) => {
    expect(parseQuery(query)).toEqual({ metrics: [metric] });
  });

  it('math names its metrics in brackets, and keeps its own', () => {
    const { metrics: named, expression } = parseQuery('= SUM([[A/B:Sum] / [A/C{D=e}:Sum], 3]) * 100');
    expect(expression).toBe('SUM([@0 / @1, 3]) * 100');
    expect(named.map(({ name, dimensions }) => [name, dimensions])).toEqual([
      ['B', {}],
      ['C', { D: 'e' }],
    ]);
  });

  it.each([
    '',
    'Failed',
    'Shop/',
    '/Failed',
    'Shop/Failed{a}',
    'Shop/Failed:',
    'Shop/Failed{a=b',
    '= 1 + 2',
    '= [x/y:]',
  ])('refuses what is no query: %j', (query) => {
    expect(() => parseQuery(query)).toThrow(QueryUnreadable);
  });
});

describe('what goes over the wire', () => {
  it('each part of a check, a point a minute, oldest first', async () => {
    service.answer(answered(result('c0t0_m0', [1, undefined, 0]), result('c0t1_m0', [250, 200, 100])));
    expect(await read({ errors: rate('Shop/Errors{Stage=prod}:Sum', 'Shop/Requests:Sum') })).toEqual({
      errors: {
        kind: 'blocks',
        blocks: [
          { minute: first, treatment: { n: 250, x: 1 } },
          { minute: first + 1, treatment: { n: 200, x: 0 } },
          { minute: first + 2, treatment: { n: 100, x: 0 } },
        ],
      },
    });
    expect(service.asked.map(({ operation, body }) => [operation, body])).toEqual([
      [
        'GetMetricData',
        {
          StartTime: Date.parse('2025-03-10T09:00:00.000Z') / 1000,
          EndTime: Date.parse('2025-03-10T09:05:00.000Z') / 1000,
          ScanBy: 'TimestampAscending',
          MaxDatapoints: 100_800,
          MetricDataQueries: [
            series('c0t0_m0', 'Errors', 'Sum', true, { Stage: 'prod' }),
            series('c0t1_m0', 'Requests', 'Sum', true),
          ],
        },
      ],
    ]);
  });

  it('math over metrics, of which only the math comes back', async () => {
    service.answer(answered(result('c0t0', [5])));
    expect(await read({ sessions: volume('= [Shop/Web:Sum] + FILL([Shop/App:Sum], 0)') })).toMatchObject({
      sessions: { blocks: [{ treatment: { n: 5, x: 5 } }] },
    });
    expect(service.asked[0]?.body).toMatchObject({
      MetricDataQueries: [
        series('c0t0_m0', 'Web', 'Sum', false),
        series('c0t0_m1', 'App', 'Sum', false),
        { Id: 'c0t0', Expression: 'c0t0_m0 + FILL(c0t0_m1, 0)', Period: 60, ReturnData: true },
      ],
    });
  });

  it('a value with the samples behind it; of several metrics the busiest one', async () => {
    service.answer(answered(result('c0t0', [2, 4]), result('c0t0_n0', [3, 8]), result('c0t0_n1', [150])));
    expect(await read({ load: value('= 100 * [Shop/Busy] / [Shop/All]') })).toEqual({
      load: {
        kind: 'blocks',
        blocks: [
          { minute: first, treatment: { n: 150, x: 300 } },
          { minute: first + 1, treatment: { n: 8, x: 32 } },
        ],
      },
    });
    expect(service.asked[0]?.body).toMatchObject({
      MetricDataQueries: [
        series('c0t0_m0', 'Busy', 'Average', false),
        series('c0t0_m1', 'All', 'Average', false),
        series('c0t0_n0', 'Busy', 'SampleCount', true),
        series('c0t0_n1', 'All', 'SampleCount', true),
        {},
      ],
    });
  });

  it('the cohorts by their dimension, beside those of the query', async () => {
    service.answer(
      answered(
        result('c0t0_m0', [1.4]),
        result('c0t1_m0', [100]),
        result('c0c0_m0', [2.4]),
        result('c0c1_m0', [900]),
      ),
    );
    const check = rate('Shop/Slow{Stage=prod}:TC(2:)', 'Shop/Requests:SampleCount', 'control');
    expect(await read({ slow: check })).toEqual({
      slow: {
        kind: 'blocks',
        blocks: [{ minute: first, treatment: { n: 100, x: 1 }, control: { n: 900, x: 3 } }],
      },
    });
    expect(service.asked[0]?.body).toMatchObject({
      MetricDataQueries: [
        series('c0t0_m0', 'Slow', 'TC(2:)', true, { Stage: 'prod', Cohort: 'new' }),
        series('c0t1_m0', 'Requests', 'SampleCount', true, { Cohort: 'new' }),
        series('c0c0_m0', 'Slow', 'TC(2:)', true, { Stage: 'prod', Cohort: 'old' }),
        series('c0c1_m0', 'Requests', 'SampleCount', true, { Cohort: 'old' }),
      ],
    });
  });

  it.each<readonly [string, number, readonly number[]]>([
    ['at most 500 queries a call, a check never torn apart', 5, [498, 6]],
    ['at most 100,800 points a call', 600, [168, 168, 168]],
  ])('not more than CloudWatch takes: %s', async (_, minutes, sizes) => {
    service.serve((asked) =>
      answered(...queriesIn(asked).flatMap(({ Id, ReturnData }) => (ReturnData ? [result(Id, [1])] : []))),
    );
    // 3 queries each: math over two metrics.
    const checks = Object.fromEntries(
      Array.from({ length: 168 }, (_, n) => [`check-${n}`, volume(`= [A/B${n}:Sum] + [A/C:Sum]`)]),
    );
    const all = await read(checks, { first, end: first + minutes });
    expect(Object.values(all).every(({ kind }) => kind === 'blocks')).toBe(true);
    expect(Object.keys(all)).toHaveLength(168);
    expect(service.asked.map((asked) => queriesIn(asked).length)).toEqual(sizes);
  });

  it('pages; the last word on a series counts', async () => {
    service.answer(
      json({
        MetricDataResults: [result('c0t0_m0', [7], { StatusCode: 'PartialData' })],
        NextToken: 'more',
      }),
      answered(result('c0t0_m0', [undefined, 9])),
    );
    expect(await read({ sessions: volume('Shop/Sessions:Sum') })).toMatchObject({
      sessions: {
        blocks: [
          { minute: first, treatment: { n: 7 } },
          { minute: first + 1, treatment: { n: 9 } },
        ],
      },
    });
    expect(service.asked[1]?.body).toMatchObject({ NextToken: 'more' });
  });

  it('not more than 20 pages', async () => {
    service.serve(() => json({ MetricDataResults: [result('c0t0_m0', [])], NextToken: 'more' }));
    expect(await read({ sessions: volume('Shop/Sessions:Sum') })).toEqual({
      sessions: unknown('too-many-pages', { source, pagesMax: 20 }),
    });
    expect(service.asked).toHaveLength(20);
  });
});

describe('what CloudWatch cannot say', () => {
  const id = 'c0t0_m0';
  const nine = '2025-03-10T09:00:00.000Z';
  const outside = (at: string) =>
    unknown('outside-window', { part: 'count', at, from: nine, to: '2025-03-10T09:05:00.000Z' });
  it.each<readonly [string, readonly object[], Unknown]>([
    [
      'part of the data',
      [result(id, [1], { StatusCode: 'PartialData' })],
      unknown('source-failed', { source, said: quoted('PartialData') }),
    ],
    [
      'an inner error',
      [result(id, [], { StatusCode: 'InternalError', Messages: [{ Code: 'x', Value: 'try later' }] })],
      unknown('source-failed', { source, said: quoted('InternalError: try later') }),
    ],
    [
      'what it may not read',
      [result(id, [], { StatusCode: 'Forbidden' })],
      unknown('source-failed', { source, said: quoted('Forbidden') }),
    ],
    ['no answer', [], unknown('source-skipped', { source, asked: id })],
    [
      'several series',
      [result(id, [1]), result(id, [2], { Label: 'b' })],
      unknown('math-of-several', { source }),
    ],
    [
      'a value without a time',
      [result(id, [1], { Timestamps: [] })],
      unknown('answer-not-promised', { source, path: `${id}.Values`, said: quoted('') }),
    ],
    [
      'a time without a value',
      [result(id, [1], { Values: [] })],
      unknown('answer-not-promised', { source, path: `${id}.Values`, said: quoted('') }),
    ],
    [
      'time that goes back',
      [result(id, [1, 2], { Timestamps: [first * 60, 0] })],
      unknown('points-backwards', { part: 'count', before: nine, at: '1970-01-01T00:00:00.000Z' }),
    ],
    [
      'an hour that nobody asked for',
      [result(id, [1], { Timestamps: [(first - 60) * 60] })],
      outside('2025-03-10T08:00:00.000Z'),
    ],
    [
      'the minute after the last',
      [result(id, [1, 2], { Timestamps: [first * 60, (first + 5) * 60] })],
      outside('2025-03-10T09:05:00.000Z'),
    ],
    [
      'milliseconds',
      [result(id, [1], { Timestamps: [first * 60_000] })],
      unknown('outside-window', expect.objectContaining({ part: 'count' })),
    ],
    [
      'a series that nobody asked for',
      [result(id, [1]), result('c9', [2])],
      unknown('answer-to-another', { source, place: 'Id', asked: id, found: quoted('c9') }),
    ],
  ])('is unknown, with the reason: %s', async (_, results, why) => {
    service.answer(answered(...results));
    expect(await read({ one: volume('Shop/Sessions:Sum') })).toEqual({ one: why });
  });

  it('a minute that cannot be is left out, and the others stay', async () => {
    service.answer(answered(result(id, [3, -1, 4])));
    expect(await read({ one: volume('Shop/Sessions:Sum') })).toEqual({
      one: {
        kind: 'blocks',
        blocks: [0, 2].map((at, index) => ({
          minute: first + at,
          treatment: { n: 3 + index, x: 3 + index },
        })),
        odd: [
          {
            minute: first + 1,
            cohort: 'treatment',
            fault: {
              code: 'count-negative',
              params: { count: '-1', of: 'counted', at: '2025-03-10T09:01:00.000Z' },
            },
          },
        ],
      },
    });
  });

  it('several series that come on two pages', async () => {
    service.answer(
      json({ MetricDataResults: [result(id, [1])], NextToken: 'more' }),
      answered(result(id, [undefined, 2], { Label: 'b' })),
    );
    expect(await read({ one: volume('Shop/Sessions:Sum') })).toEqual({
      one: unknown('math-of-several', { source }),
    });
  });

  it('a metric that does not exist is one that has nothing', async () => {
    service.answer(answered(result(id, [])));
    expect(await read({ one: volume('Shop/Typo:Sum') })).toEqual({ one: { kind: 'blocks', blocks: [] } });
  });

  it('a query that cannot be read is not asked', async () => {
    expect(await read({ typo: volume('Shop') })).toEqual({
      typo: unknown('query-unreadable', { text: 'Shop', expected: 'metric' }),
    });
    expect(service.asked).toEqual([]);
  });

  it('one refused expression costs only its own check', async () => {
    service.serve((asked) =>
      queriesIn(asked).some(({ Id }) => Id.startsWith('c1'))
        ? refused('ValidationError', 400, 'Error in expression "c1t0": Syntax error')
        : answered(...queriesIn(asked).map(({ Id }) => result(Id, [3]))),
    );
    const good = volume('Shop/Sessions:Sum');
    expect(await read({ a: good, b: volume('= ([Shop/Sessions:Sum]'), c: good })).toMatchObject({
      a: { kind: 'blocks' },
      b: unknown('query-refused', {
        source,
        said: quoted('ValidationException: Error in expression "c1t0": Syntax error'),
      }),
      c: { kind: 'blocks' },
    });
  });

  it.each([
    ...outages,
    ['limits us', refused('Throttling')] as const,
    ['does not know the page', refused('InvalidNextToken')] as const,
    ['refuses us', refused('AccessDenied', 403)] as const,
  ])('a service that %s is unavailable, for every check', async (_, answer) => {
    service.answer(answer);
    const one = volume('Shop/Sessions:Sum');
    expect(await read({ one, two: one })).toMatchObject({
      one: { kind: 'unknown', fault: { code: 'source-failed', params: { source } } },
      two: { kind: 'unknown', fault: { code: 'source-failed', params: { source } } },
    });
  });

  it('a service that is down is left alone after a few looks', async () => {
    service.serve(() => refused('ServiceUnavailable', 503));
    const port = metrics();
    const look = () => port.read({ one: volume('Shop/Sessions:Sum') }, fiveMinutes, patience);
    for (let looks = 0; looks < failuresMax; looks += 1) await look();
    expect(await look()).toEqual({
      one: unknown('source-left-alone', { source, failures: failuresMax, seconds: 60 }),
    });
    expect(service.asked).toHaveLength(failuresMax);
  });
});
