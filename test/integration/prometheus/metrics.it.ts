import { describe, expect, inject, it } from 'vitest';
import type { Counts, Series } from '#domain/judge/series.ts';
import type { MetricKind } from '#domain/plan/metric-sources.ts';
import type { Check } from '#domain/plan/plan.ts';
import { authorizeBy } from '#functions/adapters/metrics/authorize.ts';
import { httpMetrics } from '#functions/adapters/metrics/http.ts';
import { prometheusMetrics } from '#functions/adapters/metrics/prometheus.ts';
import { type Unknown, unknown } from '#functions/adapters/metrics/unknown.ts';
import { checkOf, cohort, fiveMinutes, patience } from '#test/adapters/metrics/checks.ts';
import { nine } from './series.ts';

const clock = { nowMs: () => Date.now() };
const metrics = (secret = 'jalon:test') =>
  prometheusMetrics({
    url: inject('prometheus'),
    cohort,
    authorize: authorizeBy('basic', async () => secret),
    fetch,
    clock,
  });

type Queries = Omit<Check['source'], 'kind'>;
const read = async (
  metric: MetricKind,
  queries: Queries,
  compare: Check['compare'] = 'objective',
  port = metrics(),
): Promise<Series | undefined> => {
  const check = checkOf(metric, { kind: 'prometheus', ...queries }, compare);
  return (await port.read({ one: check }, fiveMinutes, patience))['one'];
};
/** `n/x` of the five minutes from 09:00 on, `-` where there is nothing. */
const told = (series: Series | undefined, of: 'treatment' | 'control' = 'treatment'): string => {
  if (series?.kind !== 'blocks') return JSON.stringify(series);
  const text = (counts: Counts | undefined) =>
    counts ? `${counts.n}/${Math.round(counts.x * 1000) / 1000}` : '-';
  return Array.from({ length: 5 }, (_, index) =>
    text(series.blocks.find(({ minute }) => minute === nine / 60 + index)?.[of]),
  ).join(' ');
};

/** What is odd in minutes that are left out, each by its code. */
const oddIn = (series: Series | undefined) =>
  series?.kind === 'blocks' ? (series.odd ?? []).map(({ fault }) => fault.code) : [];

describe('a real server answers', () => {
  it('a rate by cohort, in one query a part', async () => {
    const series = await read(
      'rate',
      {
        bad: 'sum by (cohort) (increase(requests_total{status=~"5.."}[1m]))',
        total: 'sum by (cohort) (increase(requests_total[1m]))',
      },
      'control',
    );
    expect(told(series)).toBe('100/4 100/4 100/4 100/4 100/4');
    expect(told(series, 'control')).toBe('900/9 900/9 900/9 900/9 900/9');
  });

  it('rare events: increase makes 4/3 of one and loses one at the border; a difference counts both', async () => {
    const total = 'sum by (cohort) (increase(requests_total[1m]))';
    const increase = 'sum by (cohort) (increase(rare_total[1m]))';
    const difference = 'sum by (cohort) (clamp_min(rare_total - rare_total offset 1m, 0))';
    const increased = await read('rate', { bad: increase, total }, 'control');
    expect(told(increased)).toBe('100/0 100/0 100/1 100/0 100/0');
    expect(told(increased, 'control')).toBe('900/0 900/0 900/2 900/0 900/0');
    const counted = await read('rate', { bad: difference, total }, 'control');
    expect(told(counted)).toBe('100/0 100/0 100/1 100/0 100/1');
    expect(told(counted, 'control')).toBe('900/0 900/0 900/1 900/0 900/1');
  });

  it('a counter that was born late: none bad until then', async () => {
    const series = await read('rate', {
      bad: 'sum(increase(late_total[1m]))',
      total: 'sum(increase(requests_total[1m]))',
    });
    expect(told(series)).toBe('1060/0 1060/0 1060/0 1060/8 1060/8');
  });

  it('a gap: nothing for its minutes, which is not zero', async () => {
    expect(told(await read('volume', { count: 'sum(increase(gap_total[1m]))' }))).toBe(
      '60/60 60/60 - - 60/60',
    );
  });

  it('a restart: increase sees it, and a difference is never negative', async () => {
    expect(told(await read('volume', { count: 'sum(increase(reset_total[1m]))' }))).toMatch(
      /^60\/60 60\/60 \d\d\/\d\d 60\/60 60\/60$/,
    );
    const restarted = await read('volume', { count: 'sum(reset_total - reset_total offset 1m)' });
    expect(told(restarted)).toBe('60/60 60/60 - 60/60 60/60');
    expect(oddIn(restarted)).toEqual(['count-negative']);
    expect(
      told(await read('volume', { count: 'sum(clamp_min(reset_total - reset_total offset 1m, 0))' })),
    ).toBe('60/60 60/60 0/0 60/60 60/60');
  });

  it('a mean, and a value at the end of its minute', async () => {
    expect(
      told(
        await read('mean', {
          sum: 'sum(increase(seconds_sum[1m]))',
          count: 'sum(increase(seconds_count[1m]))',
        }),
      ),
    ).toBe('60/30 60/30 60/30 60/30 60/30');
    expect(told(await read('value', { query: 'max(load)' }))).toBe('1/0.5 1/0.5 1/0.75 1/0.75 1/0.75');
  });
});

describe('a real server refuses, or answers what is of no use', () => {
  const source = expect.stringMatching(/^Prometheus at /);
  it.each<[string, string, Unknown]>([
    [
      'a metric that is not there',
      'sum(increase(request_total[1m]))',
      unknown('metric-unknown', { source, metric: 'request_total' }),
    ],
    [
      'a query that is none',
      'sum(increase(requests_total[1m])',
      unknown('query-refused', {
        source,
        said: expect.stringMatching(/^bad_data: .*unclosed left paren/),
      }),
    ],
    [
      'series that do not match',
      'requests_total / on (cohort) requests_total',
      unknown('source-failed', {
        source,
        said: expect.stringMatching(/^execution: .*(?:many-to-many matching|duplicate series)/),
      }),
    ],
    ['two series', 'load', unknown('several-series', { source, series: 2 })],
  ])('leaves a check unknown, with the reason: %s', async (_, query, why) => {
    expect(await read('value', { query })).toEqual(why);
  });

  it('nothing where nothing is: a metric that exists, with labels that do not, and 0/0 that is left out', async () => {
    expect(told(await read('volume', { count: 'sum(increase(requests_total{status="418"}[1m]))' }))).toBe(
      '- - - - -',
    );
    const share = 'sum(increase(idle_total[1m])) / (sum(increase(idle_total[1m])) > 0)';
    expect(told(await read('value', { query: share }))).toBe('- - - - -');
    const unguarded = 'sum(increase(idle_total[1m])) / sum(increase(idle_total[1m]))';
    const odd = await read('value', { query: unguarded });
    expect(told(odd)).toBe('- - - - -');
    expect(oddIn(odd)).toEqual(Array.from({ length: 5 }, () => 'not-finite'));
  });

  it('series without cohorts', async () => {
    expect(await read('volume', { count: 'sum(increase(requests_total[1m]))' }, 'control')).toEqual(
      unknown('label-missing', { label: 'cohort' }),
    );
  });

  it('a wrong password, and does not hear it again', async () => {
    const series = await read('value', { query: 'load' }, 'objective', metrics('jalon:wrong-password'));
    const said = expect.stringContaining('Unauthorized');
    expect(series).toEqual(unknown('credentials-refused', { source, status: 401, said }));
  });
});

it('the same server as an API of any kind', async () => {
  const base = inject('prometheus');
  const port = httpMetrics({
    apis: {
      shop: {
        url: `${base}/api/v1/query_range?query={{query}}&start={{from}}&end={{to}}&step=60`,
        method: 'GET',
        headers: { authorization: 'Basic {{password}}' },
        answer: 'data.result[*].values[*].[@[0], to_number(@[1])]',
        error: 'error',
        times: { asked: 'seconds', answered: 'seconds', stamp: 'end' },
      },
    },
    cohort,
    secretsOf: async () => ({ password: Buffer.from('jalon:test').toString('base64') }),
    fetch,
    clock,
  });
  const http = (query: string, compare: Check['compare']) =>
    checkOf('volume', { kind: 'http', api: 'shop', count: query }, compare);
  const { all, both, typo } = await port.read(
    {
      all: http('sum(increase(requests_total[1m]))', 'objective'),
      both: http('sum(increase(requests_total{cohort="{{cohort}}"}[1m]))', 'control'),
      typo: http('sum(', 'objective'),
    },
    fiveMinutes,
    patience,
  );
  expect(told(all)).toBe('1060/1060 1060/1060 1060/1060 1060/1060 1060/1060');
  expect(told(both)).toBe('100/100 100/100 100/100 100/100 100/100');
  expect(told(both, 'control')).toBe('900/900 900/900 900/900 900/900 900/900');
  expect(typo).toMatchObject({
    fault: { code: 'source-failed', params: { said: expect.stringMatching(/parse error/) } },
  });
});
