/** What a server may say that the real one does not say on demand; `npm run test:prometheus` asks the real one. */
import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { OddFault } from '#domain/judge/source-faults.ts';
import type { Check } from '#domain/plan/plan.ts';
import { quoted } from '#domain/quoted.ts';
import { authorizeBy } from '#functions/adapters/metrics/authorize.ts';
import type { Authorize } from '#functions/adapters/metrics/exchange.ts';
import { answerBytesMax, saidMax, seriesMax } from '#functions/adapters/metrics/limits.ts';
import { prometheusMetrics } from '#functions/adapters/metrics/prometheus.ts';
import { authorizeBySignature } from '#functions/adapters/metrics/signature-v4.ts';
import { type Unknown, unknown } from '#functions/adapters/metrics/unknown.ts';
import { checkOf, cohort, first, fiveMinutes, patience } from '#test/adapters/metrics/checks.ts';
import { type Answer, type Asked, json, wireService } from './service.ts';

const service = wireService();
const token = 'to/ken+1';
const source = expect.stringMatching(/^Prometheus at 127\.0\.0\.1:\d+$/);
const metrics = (authorize: Authorize = authorizeBy('bearer', async () => token), below = '') =>
  prometheusMetrics({
    url: `${service.settings().endpoint}${below}`,
    cohort,
    authorize,
    fetch,
    clock: { nowMs: () => 0 },
  });
const read = (checks: Readonly<Record<string, Check>>, signal = patience) =>
  metrics().read(checks, fiveMinutes, signal);
const prometheus = { kind: 'prometheus' } as const;
const volume = (count: string, compare: Check['compare'] = 'objective') =>
  checkOf('volume', { ...prometheus, count }, compare);

const at = (minute: number) => (first + minute + 1) * 60;
const series = (metric: object, ...values: readonly (readonly [seconds: number, text: string])[]) => ({
  metric,
  values,
});
const matrix = (...result: readonly object[]) => success({ resultType: 'matrix', result });
const success = (data: unknown, more: object = {}): Answer => json({ status: 'success', data, ...more });
const failure = (status: number, errorType: string, error: string): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ status: 'error', errorType, error }),
});
const html = (status: number): Answer => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: `<html>Sign in with ${token}</html>`,
});

describe('what goes over the wire', () => {
  it('each part of a check by itself, a point at the end of each minute', async () => {
    service.serve(({ body }) =>
      (body as { query: string }).query === 'bad'
        ? matrix(series({}, [at(0), '1'], [at(4), '2']))
        : matrix(series({}, [at(0), '100'], [at(4), '1e3'])),
    );
    const check = checkOf('rate', { ...prometheus, bad: 'bad', total: 'all & more' });
    expect(await read({ errors: check })).toEqual({
      errors: {
        kind: 'blocks',
        blocks: [
          { minute: first, treatment: { n: 100, x: 1 } },
          { minute: first + 4, treatment: { n: 1000, x: 2 } },
        ],
      },
    });
    expect(service.operations()).toEqual(['POST /api/v1/query_range', 'POST /api/v1/query_range']);
    const [{ headers }] = service.asked as [Asked];
    expect(headers).toMatchObject({ authorization: `Bearer ${token}`, accept: 'application/json' });
    expect(service.asked.map(({ body }) => body)).toContainEqual({
      query: 'all & more',
      start: String(Date.parse('2025-03-10T09:01:00Z') / 1000),
      end: String(Date.parse('2025-03-10T09:05:00Z') / 1000),
      step: '60',
    });
  });

  it('a check that compares asks once for both cohorts; other values of the label are not ours', async () => {
    service.answer(
      matrix(
        series({ cohort: 'new' }, [at(0), '1']),
        series({ cohort: 'old' }, [at(0), '9']),
        series({ cohort: 'beta' }, [at(0), '5']),
      ),
    );
    expect(await read({ one: volume('sum by (cohort) (x)', 'control') })).toEqual({
      one: {
        kind: 'blocks',
        blocks: [{ minute: first, treatment: { n: 1, x: 1 }, control: { n: 9, x: 9 } }],
      },
    });
    expect(service.asked).toHaveLength(1);
  });

  it('user and password, below a path', async () => {
    service.answer(matrix(series({}, [at(0), '1'])));
    const port = metrics(
      authorizeBy('basic', async () => 'jalon:pass:word\n'),
      '/prometheus/',
    );
    await port.read({ one: volume('x') }, fiveMinutes, patience);
    expect(service.operations()).toEqual(['POST /prometheus/api/v1/query_range']);
    expect(service.asked[0]?.headers.authorization).toBe(
      `Basic ${Buffer.from('jalon:pass:word').toString('base64')}`,
    );
  });

  it('no series: asks whether the metric exists', async () => {
    service.answer(matrix(), success(['x_total']), matrix(), success([]));
    expect(await read({ one: volume('sum(x_total)') })).toEqual({ one: { kind: 'blocks', blocks: [] } });
    expect(await read({ one: volume('sum(y_total)') })).toEqual({
      one: unknown('metric-unknown', { source, metric: 'y_total' }),
    });
    const from = Date.parse('2025-03-09T09:00:00Z') / 1000;
    expect(service.operations()[1]).toBe(
      `GET /api/v1/label/__name__/values?match%5B%5D=x_total&start=${from}&end=${at(4)}`,
    );
  });
});

describe('Signature Version 4', () => {
  const credentials = {
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'not-a-secret',
    sessionToken: 'token-1',
  };
  const signed = () =>
    metrics(
      authorizeBySignature({ region: 'eu-west-3', service: 'aps', credentials: async () => credentials }),
      '/workspaces/ws-1',
    );
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

  /** By the steps of "Create a signed AWS API request" (IAM user guide). */
  function signatureOf({ operation, headers, body }: Asked, names: string): string {
    const [method = '', address = ''] = operation.split(' ');
    const [path = '', query = ''] = address.split('?');
    const payload = body === undefined ? '' : new URLSearchParams(body as Record<string, string>).toString();
    const canonical = [
      ...[method, path, query.split('&').toSorted().join('&')],
      ...names.split(';').map((name) => `${name}:${String(headers[name])}`),
      ...['', names, hash(payload)],
    ].join('\n');
    const date = String(headers['x-amz-date']);
    const scope = `${date.slice(0, 8)}/eu-west-3/aps/aws4_request`;
    const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${credentials.secretAccessKey}`);
    return hmac(key, `AWS4-HMAC-SHA256\n${date}\n${scope}\n${hash(canonical)}`).toString('hex');
  }

  it('signs questions with a body and questions with a query', async () => {
    service.answer(matrix(), success(['x:y_total']));
    await signed().read({ one: volume('sum(x:y_total{a="é /+"})') }, fiveMinutes, patience);
    expect(service.asked).toHaveLength(2);
    for (const asked of service.asked) {
      const [, scope, names = '', signature] =
        /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/(\S+), SignedHeaders=(\S+), Signature=(\w+)$/.exec(
          asked.headers.authorization ?? '',
        ) ?? [];
      expect(scope).toMatch(/^\d{8}\/eu-west-3\/aps\/aws4_request$/);
      expect(names.split(';')).toEqual(
        expect.arrayContaining(['host', 'x-amz-date', 'x-amz-security-token']),
      );
      expect(asked.headers['x-amz-security-token']).toBe('token-1');
      expect(signature).toBe(signatureOf(asked, names));
    }
  });

  it('a refusal repeats neither the session nor the signature', async () => {
    service.serve(({ headers }) => ({
      status: 403,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ message: `${headers['x-amz-security-token']} ${headers.authorization}` }),
    }));
    const long = { ...credentials, sessionToken: 'FwoGZXIvYXdzE'.repeat(5) };
    const port = metrics(
      authorizeBySignature({ region: 'eu-west-3', service: 'aps', credentials: async () => long }),
    );
    const { one } = await port.read({ one: volume('x') }, fiveMinutes, patience);
    const said = expect.stringContaining('***');
    expect(one).toEqual(unknown('credentials-refused', { source, status: 403, said }));
    expect(JSON.stringify(one)).not.toMatch(/FwoGZ|Signature=/);
  });
});

describe('what cannot be used', () => {
  const nine = '2025-03-10T09:00:00.000Z';
  const notPromised = unknown('answer-not-promised', {
    source,
    path: 'data.result.values',
    said: expect.stringContaining('matrix'),
  });
  const outside = (at: string) =>
    unknown('outside-window', { part: 'count', at, from: nine, to: '2025-03-10T09:05:00.000Z' });
  it.each<readonly [string, Answer, Unknown]>([
    [
      'a query that it cannot parse',
      failure(400, 'bad_data', 'invalid parameter "query": 1:1: parse error'),
      unknown('query-refused', {
        source,
        said: quoted('bad_data: invalid parameter "query": 1:1: parse error'),
      }),
    ],
    [
      'a query that it cannot compute',
      failure(422, 'execution', 'found duplicate series for the match group'),
      unknown('source-failed', {
        source,
        said: quoted('execution: found duplicate series for the match group'),
      }),
    ],
    [
      'an error with status 200',
      failure(200, 'internal', 'oops'),
      unknown('source-failed', { source, said: quoted('internal: oops') }),
    ],
    [
      'HTML',
      html(200),
      unknown('answer-not-json', {
        source,
        type: quoted('text/html'),
        said: expect.stringMatching(/^<html>Sign in with \*\*\*/),
      }),
    ],
    [
      'HTML that is a refusal',
      html(404),
      unknown('source-answered', { source, status: 404, said: expect.stringMatching(/^<html>/) }),
    ],
    ['a login page', html(302), unknown('source-redirects', { source, status: 302 })],
    [
      'wrong credentials',
      html(401),
      unknown('credentials-refused', { source, status: 401, said: expect.stringContaining('***') }),
    ],
    [
      'nothing',
      { status: 204, headers: {}, body: '' },
      unknown('answer-not-json', { source, type: quoted('no type'), said: quoted('') }),
    ],
    [
      'JSON that is none',
      { status: 200, headers: {}, body: '{"status":' },
      unknown('answer-not-json', { source, type: quoted('no type'), said: quoted('{"status":') }),
    ],
    [
      'other JSON',
      json({ hello: 1 }),
      unknown('answer-not-promised', { source, path: 'status', said: quoted('{"hello":1}') }),
    ],
    [
      'a vector',
      success({ resultType: 'vector', result: [] }),
      unknown('answer-not-promised', {
        source,
        path: 'data.resultType',
        said: expect.stringContaining('vector'),
      }),
    ],
    ['numbers that are no texts', matrix({ metric: {}, values: [[at(0), 2]] }), notPromised],
    [
      'a warning',
      success({ resultType: 'matrix', result: [] }, { warnings: [`store ${token} is down`] }),
      unknown('source-warns', { source, said: quoted('store *** is down') }),
    ],
    ['a text that is no number', matrix(series({}, [at(0), 'much'])), notPromised],
    ['a time that is a text', matrix({ metric: {}, values: [[String(at(0)), '2']] }), notPromised],
    [
      'an hour that nobody asked for',
      matrix(series({}, [at(-60), '1'])),
      outside('2025-03-10T08:00:00.000Z'),
    ],
    ['the minute before the first', matrix(series({}, [at(-1), '1'])), outside('2025-03-10T08:59:00.000Z')],
    [
      'the minute after the last',
      matrix(series({}, [at(0), '1'], [at(5), '1'])),
      outside('2025-03-10T09:05:00.000Z'),
    ],
    [
      'times in milliseconds',
      matrix(series({}, [at(0) * 1000, '1'])),
      unknown('outside-window', expect.objectContaining({ part: 'count', from: nine })),
    ],
    ['an empty one', matrix(series({}, [at(0), ''])), notPromised],
    [
      'a point inside a minute',
      matrix(series({}, [at(0) + 15, '1'])),
      unknown('between-minutes', { part: 'count' }),
    ],
    [
      'time that goes back',
      matrix(series({}, [at(1), '1'], [at(0), '1'])),
      unknown('points-backwards', { part: 'count', before: '2025-03-10T09:01:00.000Z', at: nine }),
    ],
    [
      'two series',
      matrix(series({ a: '1' }), series({ a: '2' })),
      unknown('several-series', { source, series: 2 }),
    ],
    [
      'very many series',
      matrix(...Array.from({ length: seriesMax + 1 }, () => series({}))),
      unknown('too-many-series', { source, series: 101 }),
    ],
    [
      'very many points',
      matrix(series({}, ...Array.from({ length: 50_001 }, (_, n) => [n * 60, '1'] as const))),
      unknown('too-many-points', { source, points: 50_001, pointsMax: 50_000 }),
    ],
    [
      'very many bytes',
      { status: 200, headers: {}, body: 'x'.repeat(answerBytesMax + 1) },
      unknown('answer-too-large', { source, bytesMax: 4_194_304 }),
    ],
  ])('is unknown, with the reason and without the secret: %s', async (_, answer, why) => {
    service.answer(answer);
    const { one } = await read({ one: volume('x') });
    expect(one).toEqual(why);
    expect(JSON.stringify(one)).not.toContain(token);
  });

  it.each<readonly [string, string, OddFault]>([
    [
      'a percentile of nothing',
      'NaN',
      { code: 'not-finite', params: { part: 'count', value: 'NaN', at: nine } },
    ],
    [
      'an infinite number',
      '+Inf',
      { code: 'not-finite', params: { part: 'count', value: 'Infinity', at: nine } },
    ],
    ['fewer than none', '-1', { code: 'count-negative', params: { count: '-1', of: 'counted', at: nine } }],
  ])('costs its minute, and no other: %s', async (_, value, fault) => {
    service.answer(matrix(series({}, [at(0), value], [at(1), '7'])));
    expect(await read({ one: volume('x') })).toEqual({
      one: {
        kind: 'blocks',
        blocks: [{ minute: first + 1, treatment: { n: 7, x: 7 } }],
        odd: [{ minute: first, cohort: 'treatment', fault }],
      },
    });
  });

  const { treatment, control } = cohort;
  it.each<readonly [string, readonly object[], Unknown]>([
    ['no label', [series({}, [at(0), '1'])], unknown('label-missing', { label: 'cohort' })],
    [
      'other values',
      [series({ cohort: 'a' }), series({ cohort: 'b'.repeat(500) })],
      unknown('label-of-others', {
        label: 'cohort',
        values: [quoted('a'), quoted(`${'b'.repeat(saidMax)}…`)],
        treatment,
        control,
      }),
    ],
    [
      'two of a cohort',
      [series({ cohort: 'new', a: '1' }), series({ cohort: 'new' })],
      unknown('several-series', { source, series: 2, cohort: 'cohort="new"' }),
    ],
  ])('is no comparison of cohorts: %s', async (_, result, why) => {
    service.answer(matrix(...result));
    expect(await read({ one: volume('x', 'control') })).toEqual({ one: why });
  });

  it.each<readonly [string, Answer, Unknown]>([
    [
      'is overloaded',
      failure(503, 'timeout', 'query timed out'),
      unknown('source-answered', {
        source,
        status: 503,
        said: expect.stringContaining('query timed out'),
      }),
    ],
    [
      'limits us',
      failure(429, 'throttled', 'slow down'),
      unknown('source-answered', { source, status: 429, said: expect.stringContaining('slow down') }),
    ],
    [
      'is behind a gateway that gave up',
      html(504),
      unknown('source-answered', { source, status: 504, said: expect.stringContaining('***') }),
    ],
    ['hangs up', 'hang up', unknown('source-silent', { source, error: expect.stringMatching(/^\w+$/) })],
  ])('a server that %s is asked twice', async (_, answer, why) => {
    service.answer(answer, answer);
    const { one } = await read({ one: volume('x') });
    expect(one).toEqual(why);
  });

  it('one that answers the second time has answered', async () => {
    service.answer(html(502), matrix(series({}, [at(0), '3'])));
    expect(await read({ one: volume('x') })).toMatchObject({ one: { blocks: [{ treatment: { n: 3 } }] } });
  });

  it('a server that is down is left alone, whatever is left to ask', async () => {
    service.serve(() => html(503));
    const checks = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`c${n}`, volume(`x${n}`)]));
    const codes = Object.values(await read(checks)).map((one) => one.kind === 'unknown' && one.fault.code);
    expect(codes.filter((code) => code === 'source-left-alone').length).toBeGreaterThan(12);
    expect(service.asked.length).toBeLessThan(8);
  });

  it('a server that says nothing holds a look no longer than the look may last', async () => {
    const look = new AbortController();
    service.serve(() => {
      look.abort(new DOMException('the look is over', 'TimeoutError'));
      return 'keep waiting';
    });
    const { one } = await read({ one: volume('x') }, look.signal);
    expect(service.asked).toHaveLength(1);
    expect(one).toEqual(unknown('source-silent', { source, error: 'TimeoutError' }));
    expect(await read({ one: volume('x') }, AbortSignal.abort())).toEqual({
      one: unknown('look-over', { source }),
    });
  });

  it('without its credentials nobody is asked', async () => {
    const port = metrics(authorizeBy('bearer', () => Promise.reject(new TypeError(`no ${token}`))));
    expect(await port.read({ one: volume('x') }, fiveMinutes, patience)).toEqual({
      one: unknown('credentials-unreadable', { source, error: 'TypeError' }),
    });
    expect(service.asked).toEqual([]);
  });

  it('a secret that is no header says nothing of itself', async () => {
    const port = metrics(authorizeBy('bearer', async () => 'line one\nline two'));
    const { one } = await port.read({ one: volume('x') }, fiveMinutes, patience);
    expect(one).toEqual(unknown('source-silent', { source, error: 'TypeError' }));
    expect(JSON.stringify(one)).not.toContain('line');
  });
});
