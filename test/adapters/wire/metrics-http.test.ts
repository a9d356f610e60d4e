/** The recipes of docs/reference/metrics.md, word for word, against answers as the APIs' own documentation shows them. */
import { describe, expect, it } from 'vitest';
import { type SourceFault, unknownCauseOf } from '#domain/judge/source-faults.ts';
import type { Check } from '#domain/plan/plan.ts';
import { quoted } from '#domain/quoted.ts';
import { type ApiSettings, httpMetrics } from '#functions/adapters/metrics/http.ts';
import { type Unknown, unknown } from '#functions/adapters/metrics/unknown.ts';
import { MetricsSettings } from '#lib/metrics/settings.ts';
import { checkOf, cohort, first, fiveMinutes, patience } from '#test/adapters/metrics/checks.ts';
import { textOf } from '#test/support/sources.ts';
import { type Answer, json, wireService } from './service.ts';

const service = wireService();

/** By name, as a stage would have them. */
function recipes(): Readonly<Record<string, ApiSettings>> {
  const section = textOf('docs/reference/metrics.md').split('## Any other API')[1] ?? '';
  const blocks = [...section.matchAll(/```json\n([\s\S]+?)```/g)].map(([, text = '']) => JSON.parse(text));
  return MetricsSettings.parse({ cohort, apis: Object.assign({}, ...blocks) }).apis;
}
const secrets = { 'api-key': 'k-1234', 'application-key': 'a"5678', key: 'NRAK-1', token: 'dt0c01.A/B' };
const metrics = (apis: Readonly<Record<string, ApiSettings>> = recipes()) => {
  const { endpoint } = service.settings();
  const here = Object.entries(apis).map(([name, api]) => [
    name,
    { ...api, url: api.url.replace(/^https:\/\/[^/]+/, endpoint) },
  ]);
  return httpMetrics({
    apis: Object.fromEntries(here),
    cohort,
    secretsOf: async () => secrets,
    fetch,
    clock: { nowMs: () => 0 },
  });
};
const read = (checks: Readonly<Record<string, Check>>, apis?: Readonly<Record<string, ApiSettings>>) =>
  metrics(apis).read(checks, fiveMinutes, patience);
const volume = (api: string, count: string, compare: Check['compare'] = 'objective') =>
  checkOf('volume', { kind: 'http', api, count }, compare);

/** As people know an API that the service plays. */
const sourceOf = (api: string) => expect.stringMatching(new RegExp(`^${api} at 127\\.0\\.0\\.1:\\d+$`));

const fromMs = first * 60_000;
const toMs = fromMs + 5 * 60_000;
const blocks = (...all: readonly (readonly [minute: number, n: number])[]) => ({
  kind: 'blocks',
  blocks: all.map(([minute, n]) => ({ minute: first + minute, treatment: { n, x: n } })),
});

it('the page has three recipes', () => {
  expect(Object.keys(recipes())).toEqual(['datadog', 'newrelic', 'dynatrace']);
});

describe('Datadog', () => {
  /** API reference, "Query timeseries points". */
  const answered = (...series: readonly object[]) =>
    json({
      status: 'ok',
      res_type: 'time_series',
      from_date: fromMs,
      to_date: toMs,
      query: 'q',
      message: '',
      group_by: [],
      series,
    });
  const series = (...pointlist: readonly (readonly [number, number | null])[]) => ({
    metric: 'shop.requests',
    interval: 60,
    scope: '*',
    pointlist,
  });
  const scoped = (cohort: string, ...pointlist: readonly (readonly [number, number | null])[]) => ({
    ...series(...pointlist),
    scope: `cohort:${cohort},env:prod`,
  });

  it('one request per part and cohort, the cohort inside the query', async () => {
    service.serve(({ operation }) => {
      const [cohort, count] = operation.includes('new') ? ['new', 3] : ['old', 9];
      return answered(scoped(cohort, [fromMs, count], [fromMs + 60_000, null], [toMs, 7]));
    });
    const query = 'sum:shop.requests{cohort:{{cohort}}}.as_count().rollup(sum, 60)';
    expect(await read({ one: volume('datadog', query, 'control') })).toEqual({
      one: {
        kind: 'blocks',
        blocks: [{ minute: first, treatment: { n: 3, x: 3 }, control: { n: 9, x: 9 } }],
      },
    });
    expect(service.operations().toSorted()).toEqual(
      ['new', 'old'].map(
        (value) =>
          `GET /api/v1/query?query=sum%3Ashop.requests%7Bcohort%3A${value}%7D.as_count().rollup(sum%2C%2060)&from=${fromMs / 1000}&to=${toMs / 1000}`,
      ),
    );
    expect(service.asked[0]?.headers).toMatchObject({
      'dd-api-key': 'k-1234',
      'dd-application-key': 'a"5678',
    });
  });

  it('no series is nothing, two are one too many', async () => {
    service.answer(answered());
    expect(await read({ one: volume('datadog', 'q') })).toEqual({ one: blocks() });
    const two = unknown('several-series', { source: sourceOf('datadog'), series: 2 });
    service.answer(answered(series([fromMs, 1]), series([fromMs, 2])));
    expect(await read({ one: volume('datadog', 'q') })).toEqual({ one: two });
    service.answer(answered(series([fromMs, 1]), series()));
    expect(await read({ one: volume('datadog', 'q') })).toEqual({ one: two });
  });

  it.each<readonly [string, Answer, SourceFault['code'], object]>([
    [
      'an error in the answer',
      json({ status: 'error', error: 'Rate limited k-1234' }),
      'source-failed',
      { said: 'Rate limited ***' },
    ],
    [
      'a refusal',
      { status: 400, headers: {}, body: '{"errors":["Error parsing query"]}' },
      'source-answered',
      { status: 400, said: '{"errors":["Error parsing query"]}' },
    ],
    [
      'a refusal that repeats both keys',
      { status: 403, headers: {}, body: '{"errors":["Forbidden: k-1234 a\\"5678"]}' },
      'credentials-refused',
      { status: 403, said: '{"errors":["Forbidden: *** ***"]}' },
    ],
  ])('leaves a check unknown when it answers with %s', async (_, answer, code, said) => {
    service.answer(answer);
    const { one } = await read({ one: volume('datadog', 'q') });
    const params = { source: sourceOf('datadog'), ...said };
    expect(one).toEqual({ kind: 'unknown', fault: { code, params } });
  });
});

describe('an answer to another question', () => {
  const hour = 3_600_000;
  const datadog = (changes: object = {}, ...pointlist: readonly (readonly [number, number])[]) =>
    json({ series: [{ interval: 60, scope: 'cohort:new', pointlist, ...changes }] });
  const newrelic = (...results: readonly object[]) =>
    json({ data: { actor: { account: { nrql: { results } } } } });
  const begin = fromMs / 1000;
  const dynatrace = (resolution: string, ...timestamps: readonly number[]) =>
    json({ resolution, result: [{ data: [{ timestamps, values: timestamps.map(() => 1) }] }] });
  const window = { code: 'outside-window', params: { part: 'count' } };
  const other = (place: string, asked: string, found: string) => ({
    code: 'answer-to-another',
    params: { place, asked, found },
  });
  const bucket = 'data.actor.account.nrql.results[*].[endTimeSeconds - beginTimeSeconds][]';

  it.each<readonly [string, string, Check['compare'], Answer, object]>([
    ['Datadog, another hour', 'datadog', 'objective', datadog({}, [fromMs - hour, 1]), window],
    ['Datadog, two minutes late', 'datadog', 'objective', datadog({}, [toMs + 60_000, 1]), window],
    ['Datadog, seconds', 'datadog', 'objective', datadog({}, [begin, 1]), { code: 'between-minutes' }],
    [
      'Datadog, five minutes a point',
      'datadog',
      'objective',
      datadog({ interval: 300 }, [fromMs, 1]),
      other('series[*].interval', '60', '300'),
    ],
    [
      'Datadog, another cohort',
      'datadog',
      'control',
      datadog({ scope: 'cohort:newest' }, [fromMs, 1]),
      other('series[*].scope', 'new', 'cohort:newest'),
    ],
    [
      'Datadog, nobody says whose',
      'datadog',
      'control',
      datadog({ scope: undefined }, [fromMs, 1]),
      other('series[*].scope', 'new', ''),
    ],
    [
      'New Relic, another hour',
      'newrelic',
      'objective',
      newrelic({ beginTimeSeconds: begin - 3600, endTimeSeconds: begin - 3540, value: 1 }),
      window,
    ],
    [
      'New Relic, milliseconds',
      'newrelic',
      'objective',
      newrelic({ beginTimeSeconds: fromMs, endTimeSeconds: fromMs + 60, value: 1 }),
      window,
    ],
    [
      'New Relic, ten minutes a bucket',
      'newrelic',
      'objective',
      newrelic({ beginTimeSeconds: begin, endTimeSeconds: begin + 600, value: 1 }),
      other(bucket, '60', '600'),
    ],
    ['Dynatrace, another hour', 'dynatrace', 'objective', dynatrace('1m', fromMs + hour), window],
    [
      'Dynatrace, an hour a point',
      'dynatrace',
      'objective',
      dynatrace('1h', fromMs + 60_000),
      other('resolution', '1m', '1h'),
    ],
  ])('is malformed, not silence: %s', async (_, api, compare, answer, fault) => {
    service.serve(() => answer);
    const query = compare === 'control' ? 'q {{cohort}}' : 'q';
    const { one } = await read({ one: volume(api, query, compare) });
    expect(one).toMatchObject({ kind: 'unknown', fault });
    expect(one?.kind === 'unknown' && unknownCauseOf[one.fault.code]).toBe('malformed');
  });

  it('has no points to be wrong about when it has none', async () => {
    service.answer(json({ series: [] }));
    expect(await read({ one: volume('datadog', 'q') })).toEqual({ one: blocks() });
  });

  it('may have the minutes at both ends of the window, which are not read', async () => {
    service.answer(datadog({}, [fromMs - 60_000, 1], [fromMs, 2], [toMs, 3]));
    expect(await read({ one: volume('datadog', 'q') })).toEqual({ one: blocks([0, 2]) });
  });
});

describe('New Relic', () => {
  /** NerdGraph tutorial, "Query your data using NRQL". */
  const answered = (results: unknown) => json({ data: { actor: { account: { nrql: { results } } } } });
  const nrql = `SELECT count(*) AS value FROM Transaction WHERE name = "a\\b" AND cohort = '{{cohort}}'`;

  it('the query is a variable of the GraphQL, with its time range', async () => {
    const begin = fromMs / 1000;
    service.serve(() =>
      answered([
        { beginTimeSeconds: begin, endTimeSeconds: begin + 60, value: 12 },
        { beginTimeSeconds: begin + 60, endTimeSeconds: begin + 120, value: 0 },
      ]),
    );
    expect(await read({ one: volume('newrelic', nrql, 'control') })).toMatchObject({
      one: {
        blocks: [
          { minute: first, treatment: { n: 12 }, control: { n: 12 } },
          { minute: first + 1, treatment: { n: 0 }, control: { n: 0 } },
        ],
      },
    });
    expect(service.operations()).toEqual(['POST /graphql', 'POST /graphql']);
    expect(service.asked[0]?.headers).toMatchObject({
      'api-key': 'NRAK-1',
      'content-type': 'application/json',
    });
    expect(service.asked.map(({ body }) => body)).toContainEqual({
      query: 'query($nrql: Nrql!) { actor { account(id: 1234567) { nrql(query: $nrql) { results } } } }',
      variables: {
        nrql: `SELECT count(*) AS value FROM Transaction WHERE name = "a\\b" AND cohort = 'new' SINCE ${fromMs} UNTIL ${toMs} TIMESERIES 1 minute`,
      },
    });
  });

  it('an error comes with status 200', async () => {
    service.answer(
      json({
        data: { actor: { account: null } },
        errors: [{ message: 'NRQL Syntax Error: NRAK-1', path: [] }],
      }),
    );
    const { one } = await read({ one: volume('newrelic', 'SELECT') });
    expect(one).toEqual(
      unknown('source-failed', {
        source: sourceOf('newrelic'),
        said: expect.stringMatching(/NRQL Syntax Error: \*\*\*/),
      }),
    );
  });

  it('a number under another name is no number', async () => {
    service.answer(answered([{ beginTimeSeconds: fromMs / 1000, count: 12 }]));
    expect(await read({ one: volume('newrelic', 'SELECT count(*) FROM Transaction') })).toEqual({
      one: blocks(),
    });
  });
});

describe('Dynatrace', () => {
  /** Metrics API v2, "GET metric data points". */
  const answered = (...data: readonly object[]) =>
    json({ totalCount: data.length, nextPageKey: null, resolution: '1m', result: [{ metricId: 'm', data }] });

  it('times and values are lists of their own; a time is the end of its minute', async () => {
    service.answer(
      answered({
        dimensions: [],
        dimensionMap: {},
        timestamps: [fromMs + 60_000, fromMs + 120_000, fromMs + 180_000],
        values: [11, null, 13],
      }),
    );
    expect(await read({ one: volume('dynatrace', 'builtin:a.count:splitBy():sum') })).toEqual({
      one: blocks([0, 11], [2, 13]),
    });
    expect(service.operations()).toEqual([
      `GET /api/v2/metrics/query?metricSelector=builtin%3Aa.count%3AsplitBy()%3Asum&resolution=1m&from=${fromMs}&to=${toMs}`,
    ]);
    expect(service.asked[0]?.headers.authorization).toBe('Api-Token dt0c01.A/B');
  });

  it('two dimensions are one too many', async () => {
    const series = { timestamps: [fromMs], values: [1] };
    service.answer(answered(series, series));
    expect(await read({ one: volume('dynatrace', 'm') })).toEqual({
      one: unknown('several-series', { source: sourceOf('dynatrace'), series: 2 }),
    });
  });

  it('says why it refuses', async () => {
    const error = { code: 400, message: "The metric key 'x' could not be resolved dt0c01.A\\/B" };
    service.answer({ status: 400, headers: {}, body: JSON.stringify({ error }) });
    const { one } = await read({ one: volume('dynatrace', 'x') });
    expect(one).toEqual(
      unknown('source-failed', {
        source: sourceOf('dynatrace'),
        said: expect.stringMatching(/'x' could not be resolved \*\*\*$/),
      }),
    );
  });
});

describe('any API', () => {
  const api = (changes: Partial<ApiSettings> = {}): Readonly<Record<string, ApiSettings>> => ({
    shop: {
      url: 'https://x.example/count?q={{query}}&from={{from}}',
      method: 'GET',
      headers: { authorization: 'Bearer {{token}}' },
      answer: '@',
      times: { asked: 'iso', answered: 'iso', stamp: 'start' },
      ...changes,
    },
  });
  const at = (time: string) => `2025-03-10T${time}Z`;

  it('times as text, a form as body, a plain list of points', async () => {
    service.answer(json([[at('09:00:00'), 5]]));
    const settings = api({
      url: 'https://x.example/count',
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'q={{query}}&from={{from}}&to={{to}}',
    });
    expect(await read({ one: volume('shop', 'a&b="{{from}}"') }, settings)).toEqual({ one: blocks([0, 5]) });
    expect(service.asked[0]?.body).toEqual({
      q: 'a&b="{{from}}"',
      from: at('09:00:00.000'),
      to: at('09:05:00.000'),
    });
  });

  const source = sourceOf('shop');
  it.each<readonly [string, unknown, Unknown]>([
    [
      'an object',
      { count: 1 },
      unknown('answer-without-points', { source, expression: '@', said: quoted('{"count":1}') }),
    ],
    ['a time that is none', [['soon', 1]], unknown('between-minutes', { part: 'count' })],
    ['a time of another unit', [[fromMs, 1]], unknown('between-minutes', { part: 'count' })],
    ['a time inside a minute', [[at('09:00:30'), 1]], unknown('between-minutes', { part: 'count' })],
    [
      'a value that is a text',
      [[at('09:00:00'), '1']],
      unknown('answer-without-points', {
        source,
        expression: '@',
        said: quoted('[["2025-03-10T09:00:00Z","1"]]'),
      }),
    ],
    [
      'times that go back',
      [
        [at('09:01:00'), 1],
        [at('09:00:00'), 1],
      ],
      unknown('points-backwards', {
        part: 'count',
        before: at('09:01:00.000'),
        at: at('09:00:00.000'),
      }),
    ],
    [
      'one time twice',
      [
        [at('09:00:00'), 1],
        [at('09:00:00'), 1],
      ],
      unknown('points-backwards', {
        part: 'count',
        before: at('09:00:00.000'),
        at: at('09:00:00.000'),
      }),
    ],
    [
      'very many points',
      Array(50_001).fill([at('09:00:00'), 1]),
      unknown('too-many-points', { source, points: 50_001, pointsMax: 50_000 }),
    ],
  ])('leaves a check unknown when its answer is %s', async (_, answer, why) => {
    service.answer(json(answer));
    const { one } = await read({ one: volume('shop', 'x') }, api());
    expect(one).toEqual(why);
  });

  it('an answer of another shape than its expression, and a path that leads nowhere', async () => {
    service.answer(json({ a: 1 }), json({}));
    expect(await read({ one: volume('shop', 'x') }, api({ answer: 'zip(a, b)' }))).toEqual({
      one: unknown('answer-without-points', { source, expression: 'zip(a, b)', said: quoted('{"a":1}') }),
    });
    expect(await read({ one: volume('shop', 'x') }, api({ answer: 'data.points' }))).toEqual({
      one: unknown('answer-without-points', { source, expression: 'data.points', said: quoted('{}') }),
    });
  });

  it.each([
    ['a check that compares cohorts asks without one', 'x', 'control', 'cohort-not-asked'],
    ['a check that compares none asks for one', 'x{{cohort}}', 'objective', 'cohort-not-compared'],
  ] as const)('is not asked, and it is said why, when %s', async (_, query, compare, code) => {
    expect(await read({ one: volume('shop', query, compare) }, api())).toEqual({
      one: unknown(code, { source }),
    });
    expect(service.asked).toEqual([]);
  });

  it('the cohort may stand in the settings', async () => {
    service.serve(({ operation }) => json([[at('09:00:00'), operation.endsWith('new') ? 1 : 2]]));
    const settings = api({ url: 'https://x.example/count?q={{query}}&cohort={{cohort}}' });
    expect(await read({ one: volume('shop', 'x', 'control') }, settings)).toMatchObject({
      one: { blocks: [{ treatment: { n: 1 }, control: { n: 2 } }] },
    });
  });

  it('an API that the stage has not', async () => {
    expect(await read({ one: volume('grafana', 'x') })).toEqual({
      one: unknown('api-missing', { api: 'grafana' }),
    });
  });

  it('one that is down does not hold another', async () => {
    service.serve(({ operation }) =>
      operation.includes('/down') ? { status: 503, headers: {}, body: 'no' } : json([[at('09:00:00'), 1]]),
    );
    const { shop } = api();
    if (!shop) throw new Error('no API');
    const apis = { shop, down: { ...shop, url: 'https://x.example/down?q={{query}}' } };
    const checks = Object.fromEntries(
      Array.from({ length: 6 }, (_, n) => [`${n}`, volume(n % 2 === 0 ? 'shop' : 'down', `q${n}`)]),
    );
    const all = Object.values(await read(checks, apis));
    expect(all.map(({ kind }) => kind)).toEqual([
      'blocks',
      'unknown',
      'blocks',
      'unknown',
      'blocks',
      'unknown',
    ]);
    expect(service.operations().filter((one) => one.includes('/down')).length).toBeLessThanOrEqual(4);
  });
});
