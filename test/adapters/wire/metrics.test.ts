import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import type { Check } from '#domain/plan.ts';
import { cloudWatchMetrics } from '#functions/adapters/metrics/cloudwatch.ts';
import { parseQuery } from '#functions/adapters/metrics/query.cloudwatch.ts';
import { check } from '#test/support/builders.ts';
import { type Asked, json, outages, refused, wireService } from './service.ts';

const service = wireService();
const metrics = () =>
  cloudWatchMetrics({
    client: new CloudWatchClient(service.settings()),
    cohort: { dimension: 'Cohort', treatment: 'new', control: 'old' },
    lagMinutes: 2,
  });
const fromMs = Date.parse('2025-03-10T09:00:00.000Z');
const window = { fromMs, toMs: fromMs + 7 * 60_000 };
const minute = fromMs / 60_000;

const value = (query: string, changes: Partial<Check> = {}) =>
  check({ source: { kind: 'cloudwatch', query }, ...changes });
const rate = (bad: string, total: string, changes: Partial<Check> = {}) =>
  check({ metric: 'rate', source: { kind: 'cloudwatch', bad, total }, ...changes });
/** Values of the minutes from 09:00 on; `undefined` for a minute without a point. */
const result = (
  Id: string,
  values: readonly (number | undefined)[],
  StatusCode = 'Complete',
  ...said: readonly string[]
) => {
  const points = values.flatMap((one, at) => (one === undefined ? [] : [[(minute + at) * 60, one] as const]));
  return {
    Id,
    Values: points.map(([, one]) => one),
    Timestamps: points.map(([at]) => at),
    StatusCode,
    Messages: said.map((Value) => ({ Code: 'x', Value })),
  };
};
const answered = (...MetricDataResults: readonly object[]) => json({ MetricDataResults, Messages: [] });
const series = (
  Id: string,
  Namespace: string,
  MetricName: string,
  Stat: string,
  ReturnData: boolean,
  dims = {},
) => ({
  Id,
  ReturnData,
  MetricStat: {
    Period: 60,
    Stat,
    Metric: {
      Namespace,
      MetricName,
      Dimensions: Object.entries(dims).map(([Name, Value]) => ({ Name, Value })),
    },
  },
});
const read = async (one: Check) => (await metrics().read({ one }, window))['one'];

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
  ])('%j is refused', (query) => {
    expect(() => parseQuery(query)).toThrow(RangeError);
  });
});

describe('what goes over the wire', () => {
  it('a metric minute by minute, up to the minutes that CloudWatch does not have yet', async () => {
    service.answer(answered(result('c0p0t', [0.4, undefined, 0.5])));
    expect(await read(value('Shop/Load{Stage=prod}'))).toEqual({
      kind: 'blocks',
      blocks: [
        { minute, treatment: { n: 1, x: 0.4 } },
        { minute: minute + 2, treatment: { n: 1, x: 0.5 } },
      ],
    });
    expect(service.asked.map(({ operation, body }) => [operation, body])).toEqual([
      [
        'GetMetricData',
        {
          StartTime: Date.parse('2025-03-10T09:00:00.000Z') / 1000,
          EndTime: Date.parse('2025-03-10T09:05:00.000Z') / 1000,
          ScanBy: 'TimestampAscending',
          MetricDataQueries: [series('c0p0t', 'Shop', 'Load', 'Average', true, { Stage: 'prod' })],
        },
      ],
    ]);
  });

  it('math over metrics', async () => {
    service.answer(answered(result('c0p0t', [2])));
    await read(value('= 100 * FILL([Shop/Errors:Sum], 0) / [Shop/Requests:Sum]'));
    expect(service.asked[0]?.body).toMatchObject({
      MetricDataQueries: [
        series('c0p0t_m0', 'Shop', 'Errors', 'Sum', false),
        series('c0p0t_m1', 'Shop', 'Requests', 'Sum', false),
        { Id: 'c0p0t', Expression: '100 * FILL(c0p0t_m0, 0) / c0p0t_m1', Period: 60, ReturnData: true },
      ],
    });
  });

  it('the parts of a rate for treatment and control, by their dimension', async () => {
    service.answer(
      answered(
        result('c0p0t', [3]),
        result('c0p0c', [undefined, 4]),
        result('c0p1t', [100, 90]),
        result('c0p1c', [900, 910]),
      ),
    );
    expect(await read(rate('Shop/Errors:Sum', 'Shop/Requests:Sum', { compare: 'control' }))).toEqual({
      kind: 'blocks',
      blocks: [
        { minute, treatment: { n: 100, x: 3 }, control: { n: 900, x: 0 } },
        { minute: minute + 1, treatment: { n: 90, x: 0 }, control: { n: 910, x: 4 } },
      ],
    });
    expect(service.asked[0]?.body).toMatchObject({
      MetricDataQueries: [
        series('c0p0t', 'Shop', 'Errors', 'Sum', true, { Cohort: 'new' }),
        series('c0p0c', 'Shop', 'Errors', 'Sum', true, { Cohort: 'old' }),
        series('c0p1t', 'Shop', 'Requests', 'Sum', true, { Cohort: 'new' }),
        series('c0p1c', 'Shop', 'Requests', 'Sum', true, { Cohort: 'old' }),
      ],
    });
  });

  it('at most 500 queries a call, a check never torn apart', async () => {
    const echo = ({ body }: Asked) => {
      const { MetricDataQueries } = body as { MetricDataQueries: readonly { Id: string }[] };
      return JSON.stringify({ MetricDataResults: MetricDataQueries.map(({ Id }) => result(Id, [1])) });
    };
    const answer = { status: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: echo };
    service.answer(answer, answer);
    // 3 queries each: 166 fill a call.
    const checks = Object.fromEntries(
      Array.from({ length: 167 }, (_, n) => [`check-${n}`, value(`= [A/B${n}:Sum] / [A/C:Sum]`)]),
    );
    expect(Object.keys(await metrics().read(checks, window))).toHaveLength(167);
    expect(
      service.asked.map(
        ({ body }) => (body as { MetricDataQueries: readonly unknown[] }).MetricDataQueries.length,
      ),
    ).toEqual([498, 3]);
  });

  it('pages: a series goes on, and the last word on it counts', async () => {
    service.answer(
      json({ MetricDataResults: [result('c0p0t', [0.1], 'PartialData')], NextToken: 'more' }),
      answered(result('c0p0t', [undefined, 0.4])),
    );
    expect(await read(value('Shop/Load'))).toMatchObject({
      kind: 'blocks',
      blocks: [{ minute }, { minute: minute + 1 }],
    });
    expect(service.asked[1]?.body).toMatchObject({ NextToken: 'more' });
  });
});

describe('what CloudWatch cannot say', () => {
  const errors = rate('Shop/Errors:Sum', 'Shop/Requests:Sum');
  const unavailable = (text: string) => ({ kind: 'unknown', cause: 'unavailable', text });

  it.each<readonly [string, readonly object[], object]>([
    ['nothing measured', [result('c0p0t', []), result('c0p1t', [])], { kind: 'blocks', blocks: [] }],
    [
      'requests without errors are zero errors',
      [result('c0p0t', []), result('c0p1t', [7])],
      { kind: 'blocks', blocks: [{ minute, treatment: { n: 7, x: 0 } }] },
    ],
    [
      'errors without requests are nothing',
      [result('c0p0t', [7]), result('c0p1t', [])],
      { kind: 'blocks', blocks: [] },
    ],
    [
      'more errors than requests',
      [result('c0p0t', [8]), result('c0p1t', [7])],
      { kind: 'unknown', cause: 'impossible', text: `minute ${minute}: 8 bad events among 7` },
    ],
    [
      'fewer than no requests',
      [result('c0p0t', [0]), result('c0p1t', [-7])],
      { kind: 'unknown', cause: 'impossible', text: `minute ${minute}: -7 and 0: a count is never negative` },
    ],
    [
      'two values of one minute',
      [
        result('c0p0t', [0]),
        { ...result('c0p1t', [1]), Values: [1, 2], Timestamps: [minute * 60, minute * 60] },
      ],
      { kind: 'unknown', cause: 'ambiguous', text: `total: two values of minute ${minute}` },
    ],
    [
      'time that goes backwards',
      [
        result('c0p0t', [0]),
        { ...result('c0p1t', [1]), Values: [1, 2], Timestamps: [minute * 60 + 60, minute * 60] },
      ],
      {
        kind: 'unknown',
        cause: 'backwards',
        text: `total: minute ${minute} comes after minute ${minute + 1}`,
      },
    ],
    [
      'part of the data',
      [result('c0p0t', [1], 'PartialData'), result('c0p1t', [7])],
      unavailable('CloudWatch: PartialData'),
    ],
    [
      'an inner error',
      [result('c0p0t', [], 'InternalError', 'try later'), result('c0p1t', [7])],
      unavailable('CloudWatch: InternalError: try later'),
    ],
    [
      'what it may not read',
      [result('c0p0t', []), result('c0p1t', [], 'Forbidden')],
      unavailable('CloudWatch: Forbidden'),
    ],
    ['no answer', [result('c0p0t', [1])], unavailable('CloudWatch did not answer query c0p1t')],
  ])('%s', async (_, results, expected) => {
    service.answer(answered(...results));
    expect(await read(errors)).toEqual(expected);
  });

  it('who is who, when nothing says so', async () => {
    service.answer(
      answered(result('c0p0t', [1]), result('c0p0c', []), result('c0p1t', [9]), result('c0p1c', [])),
    );
    expect(await read({ ...errors, compare: 'control' })).toMatchObject({
      kind: 'unknown',
      cause: 'no-cohort',
    });
  });

  it('names checks of other sources and queries that it cannot read, and asks for neither', async () => {
    const uptime = check({ source: { kind: 'application-signals', query: 'slo' } });
    expect(await metrics().read({ uptime, typo: value('Shop') }, window)).toEqual({
      uptime: { kind: 'unknown', cause: 'unavailable', text: 'no provider for application-signals' },
      typo: {
        kind: 'unknown',
        cause: 'no-such-metric',
        text: '"Shop" is not a metric: write Namespace/Metric{Dimension=Value}:Stat',
      },
    });
    expect(service.asked).toEqual([]);
  });

  it.each([
    ...outages,
    ['limits us', refused('Throttling')] as const,
    ['does not know the page', refused('InvalidNextToken')] as const,
    ['refuses an expression', refused('ValidationError')] as const,
    ['refuses us', refused('AccessDenied', 403)] as const,
  ])('a service that %s makes its checks unknown, and throws nothing', async (_, answer) => {
    service.answer(answer);
    expect(await read(value('Shop/Load'))).toMatchObject({
      kind: 'unknown',
      cause: 'unavailable',
      text: expect.stringContaining('CloudWatch: '),
    });
  });
});
