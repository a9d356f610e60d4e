import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { MetricsUnavailable } from '#domain/errors.ts';
import type { Check } from '#domain/plan.ts';
import { cloudWatchMetrics } from '#functions/adapters/metrics.cloudwatch.ts';
import { parseQuery } from '#functions/adapters/metrics-query.cloudwatch.ts';
import { type Asked, json, outages, refused, wireService } from './service.ts';

const service = wireService();
const metrics = () =>
  cloudWatchMetrics({
    client: new CloudWatchClient(service.settings()),
    cohort: { dimension: 'Cohort', treatment: 'new', control: 'old' },
    lagMinutes: 2,
  });
const toMs = Date.parse('2025-03-10T09:07:31.000Z');
const window = { fromMs: toMs - 5 * 60_000, toMs };

const check = (
  query: string,
  compare: Check['compare'] = 'objective',
  kind: Check['source']['kind'] = 'cloudwatch',
): Check => ({
  name: query,
  source: { kind, query },
  compare,
  objective: { comparison: '<', value: 1, unit: '%' },
  class: 'rollback',
  severity: 'critical',
  window: { breaches: 3, of: 5 },
  minSample: 20,
  noData: { action: 'hold' },
});
const result = (
  Id: string,
  Values: readonly number[],
  StatusCode = 'Complete',
  ...said: readonly string[]
) => ({
  Id,
  Values,
  Timestamps: Values.map(() => 1_741_597_200),
  StatusCode,
  Messages: said.map((Value) => ({ Code: 'x', Value })),
});
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
    Period: 300,
    Stat,
    Metric: {
      Namespace,
      MetricName,
      Dimensions: Object.entries(dims).map(([Name, Value]) => ({ Name, Value })),
    },
  },
});

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
  it('a metric, its samples, a closed window as one period', async () => {
    service.answer(answered(result('c0_m0', [0.4]), result('c0_n0', [250])));
    expect(await metrics().read({ failed: check('Shop/Failed{Stage=prod}') }, window)).toEqual({
      failed: { kind: 'value', value: 0.4, samples: 250 },
    });
    expect(service.asked.map(({ operation, body }) => [operation, body])).toEqual([
      [
        'GetMetricData',
        {
          StartTime: Date.parse('2025-03-10T09:00:00.000Z') / 1000,
          EndTime: Date.parse('2025-03-10T09:05:00.000Z') / 1000,
          MetricDataQueries: [
            series('c0_m0', 'Shop', 'Failed', 'Average', true, { Stage: 'prod' }),
            series('c0_n0', 'Shop', 'Failed', 'SampleCount', true, { Stage: 'prod' }),
          ],
        },
      ],
    ]);
  });

  it('math over metrics; the busiest one gives the samples', async () => {
    service.answer(answered(result('c0', [2]), result('c0_n0', [3]), result('c0_n1', [150])));
    const query = '= 100 * FILL([Shop/Errors:Sum], 0) / [Shop/Requests:Sum]';
    expect(await metrics().read({ errors: check(query) }, window)).toEqual({
      errors: { kind: 'value', value: 2, samples: 150 },
    });
    expect(service.asked[0]?.body).toMatchObject({
      MetricDataQueries: [
        series('c0_m0', 'Shop', 'Errors', 'Sum', false),
        series('c0_m1', 'Shop', 'Requests', 'Sum', false),
        series('c0_n0', 'Shop', 'Errors', 'SampleCount', true),
        series('c0_n1', 'Shop', 'Requests', 'SampleCount', true),
        { Id: 'c0', Expression: '100 * FILL(c0_m0, 0) / c0_m1', Period: 300, ReturnData: true },
      ],
    });
  });

  it('treatment and control by their dimension', async () => {
    service.answer(
      answered(
        result('c0t_m0', [3]),
        result('c0t_n0', [100]),
        result('c0c_m0', [2]),
        result('c0c_n0', [900]),
      ),
    );
    expect(await metrics().read({ failed: check('Shop/Failed', 'control') }, window)).toEqual({
      failed: { kind: 'value', value: 3, samples: 100, control: 2 },
    });
    expect(service.asked[0]?.body).toMatchObject({
      MetricDataQueries: [
        series('c0t_m0', 'Shop', 'Failed', 'Average', true, { Cohort: 'new' }),
        series('c0t_n0', 'Shop', 'Failed', 'SampleCount', true, { Cohort: 'new' }),
        series('c0c_m0', 'Shop', 'Failed', 'Average', true, { Cohort: 'old' }),
        series('c0c_n0', 'Shop', 'Failed', 'SampleCount', true, { Cohort: 'old' }),
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
    // 5 queries each: 100 fill a call.
    const checks = Object.fromEntries(
      Array.from({ length: 101 }, (_, n) => [`check-${n}`, check(`= [A/B${n}:Sum] / [A/C:Sum]`)]),
    );
    expect(Object.keys(await metrics().read(checks, window))).toHaveLength(101);
    expect(
      service.asked.map(
        ({ body }) => (body as { MetricDataQueries: readonly unknown[] }).MetricDataQueries.length,
      ),
    ).toEqual([500, 5]);
  });

  it('pages; the last word on a series counts', async () => {
    service.answer(
      json({
        MetricDataResults: [result('c0_m0', [], 'PartialData'), result('c0_n0', [9])],
        NextToken: 'more',
      }),
      answered(result('c0_m0', [0.4])),
    );
    expect(await metrics().read({ failed: check('Shop/Failed') }, window)).toEqual({
      failed: { kind: 'value', value: 0.4, samples: 9 },
    });
    expect(service.asked[1]?.body).toMatchObject({ NextToken: 'more' });
  });
});

describe('what CloudWatch cannot say', () => {
  it.each<readonly [string, readonly object[], object]>([
    ['nothing measured', [result('c0_m0', []), result('c0_n0', [])], { kind: 'no-data' }],
    [
      'zero is a value',
      [result('c0_m0', [0]), result('c0_n0', [7])],
      { kind: 'value', value: 0, samples: 7 },
    ],
    [
      'no samples known',
      [result('c0_m0', [1]), result('c0_n0', [])],
      { kind: 'value', value: 1, samples: 0 },
    ],
    [
      'part of the data',
      [result('c0_m0', [1], 'PartialData'), result('c0_n0', [7])],
      { kind: 'unavailable', text: 'CloudWatch: PartialData' },
    ],
    [
      'an inner error',
      [result('c0_m0', [], 'InternalError', 'try later'), result('c0_n0', [7])],
      { kind: 'unavailable', text: 'CloudWatch: InternalError: try later' },
    ],
    [
      'samples it may not read',
      [result('c0_m0', [1]), result('c0_n0', [], 'Forbidden')],
      { kind: 'unavailable', text: 'CloudWatch: Forbidden' },
    ],
    [
      'no answer',
      [result('c0_m0', [1])],
      { kind: 'unavailable', text: 'CloudWatch did not answer query c0_n0' },
    ],
    [
      'several values',
      [result('c0_m0', [1, 2]), result('c0_n0', [7])],
      {
        kind: 'unavailable',
        text: 'CloudWatch answered 2 values for one period: the query must give one series',
      },
    ],
  ])('%s', async (_, results, expected) => {
    service.answer(answered(...results));
    expect(await metrics().read({ one: check('Shop/Failed') }, window)).toEqual({ one: expected });
  });

  it('treatment without control is a value without control', async () => {
    service.answer(
      answered(result('c0t_m0', [3]), result('c0t_n0', [5]), result('c0c_m0', []), result('c0c_n0', [])),
    );
    expect(await metrics().read({ one: check('Shop/Failed', 'control') }, window)).toEqual({
      one: { kind: 'value', value: 3, samples: 5 },
    });
  });

  it('names checks of other sources and queries that it cannot read, and asks for neither', async () => {
    const readings = await metrics().read(
      { uptime: check('slo', 'objective', 'application-signals'), typo: check('Shop') },
      window,
    );
    expect(readings).toEqual({
      uptime: { kind: 'unavailable', text: 'no provider for application-signals (check "uptime")' },
      typo: {
        kind: 'unavailable',
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
  ])('a service that %s is unavailable as a whole', async (_, answer) => {
    service.answer(answer);
    await expect(metrics().read({ one: check('Shop/Failed') }, window)).rejects.toThrow(MetricsUnavailable);
  });
});
