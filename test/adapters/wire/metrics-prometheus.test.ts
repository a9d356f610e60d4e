/** What a server may say that the real one does not say on demand; `npm run test:prometheus` asks the real one. */
import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { UnknownCause } from '#domain/judge/series.ts';
import type { Check } from '#domain/plan/plan.ts';
import { authorizeBy } from '#functions/adapters/metrics/authorize.ts';
import type { Authorize } from '#functions/adapters/metrics/exchange.ts';
import { answerBytesMax, seriesMax } from '#functions/adapters/metrics/limits.ts';
import { prometheusMetrics } from '#functions/adapters/metrics/prometheus.ts';
import { authorizeBySignature } from '#functions/adapters/metrics/signature-v4.ts';
import { checkOf, cohort, first, fiveMinutes, patience } from '#test/adapters/metrics/checks.ts';
import { type Answer, type Asked, json, wireService } from './service.ts';

const service = wireService();
const token = 'to/ken+1';
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
      one: {
        kind: 'unknown',
        cause: 'no-such-metric',
        text: expect.stringMatching(
          /^Prometheus at 127\.0\.0\.1:\d+ knows no metric "y_total" in the last day$/,
        ),
      },
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
    expect(one).toMatchObject({ cause: 'unavailable', text: expect.stringMatching(/refuses.*403.*\*\*\*/) });
    expect(JSON.stringify(one)).not.toMatch(/FwoGZ|Signature=/);
  });
});

describe('what cannot be used', () => {
  it.each<readonly [string, Answer, UnknownCause, RegExp]>([
    [
      'a query that it cannot parse',
      failure(400, 'bad_data', 'invalid parameter "query": 1:1: parse error'),
      'no-such-metric',
      /bad_data: invalid parameter "query": 1:1: parse error$/,
    ],
    [
      'a query that it cannot compute',
      failure(422, 'execution', 'found duplicate series for the match group'),
      'unavailable',
      /execution: found duplicate/,
    ],
    ['an error with status 200', failure(200, 'internal', 'oops'), 'unavailable', /internal: oops/],
    ['HTML', html(200), 'malformed', /answered text\/html, which is no JSON: <html>Sign in with \*\*\*/],
    ['HTML that is a refusal', html(404), 'unavailable', /answered 404: <html>/],
    ['a login page', html(302), 'unavailable', /redirects are not followed/],
    ['wrong credentials', html(401), 'unavailable', /refuses the credentials with 401: .*\*\*\*/],
    ['nothing', { status: 204, headers: {}, body: '' }, 'malformed', /no JSON/],
    ['JSON that is none', { status: 200, headers: {}, body: '{"status":' }, 'malformed', /no JSON/],
    ['other JSON', json({ hello: 1 }), 'malformed', /does not promise, at "status"/],
    ['a vector', success({ resultType: 'vector', result: [] }), 'malformed', /at "data.resultType"/],
    [
      'numbers that are no texts',
      matrix({ metric: {}, values: [[at(0), 2]] }),
      'malformed',
      /"count" is NaN/,
    ],
    [
      'a warning',
      success({ resultType: 'matrix', result: [] }, { warnings: [`store ${token} is down`] }),
      'unavailable',
      /warns of its answer: store \*\*\* is down$/,
    ],
    ['a number that is none', matrix(series({}, [at(0), 'NaN'])), 'malformed', /"count" is NaN/],
    ['an infinite one', matrix(series({}, [at(0), '+Inf'])), 'malformed', /"count" is Infinity/],
    ['an empty one', matrix(series({}, [at(0), ''])), 'malformed', /"count" is NaN/],
    ['a point inside a minute', matrix(series({}, [at(0) + 15, '1'])), 'malformed', /whole minute/],
    ['time that goes back', matrix(series({}, [at(1), '1'], [at(0), '1'])), 'backwards', /goes from/],
    ['a negative count', matrix(series({}, [at(0), '-1'])), 'impossible', /-1 were counted/],
    ['two series', matrix(series({ a: '1' }), series({ a: '2' })), 'ambiguous', /2 series/],
    [
      'very many series',
      matrix(...Array.from({ length: seriesMax + 1 }, () => series({}))),
      'ambiguous',
      /101 series/,
    ],
    [
      'very many points',
      matrix(series({}, ...Array.from({ length: 50_001 }, (_, n) => [n * 60, '1'] as const))),
      'malformed',
      /50001 points/,
    ],
    [
      'very many bytes',
      { status: 200, headers: {}, body: 'x'.repeat(answerBytesMax + 1) },
      'malformed',
      /more than 4194304 bytes/,
    ],
  ])('is unknown, with the reason and without the secret: %s', async (_, answer, cause, text) => {
    service.answer(answer);
    const { one } = await read({ one: volume('x') });
    expect(one).toEqual({ kind: 'unknown', cause, text: expect.stringMatching(text) });
    expect(JSON.stringify(one)).not.toContain(token);
  });

  it.each<readonly [string, readonly object[], UnknownCause, RegExp]>([
    ['no label', [series({}, [at(0), '1'])], 'no-cohort', /no label "cohort": write sum by \(cohort\)/],
    ['other values', [series({ cohort: 'a' }), series({ cohort: 'b' })], 'no-cohort', /a, b, never "new"/],
    ['two of a cohort', [series({ cohort: 'new', a: '1' }), series({ cohort: 'new' })], 'ambiguous', /new/],
  ])('is no comparison of cohorts: %s', async (_, result, cause, text) => {
    service.answer(matrix(...result));
    expect(await read({ one: volume('x', 'control') })).toEqual({
      one: { kind: 'unknown', cause, text: expect.stringMatching(text) },
    });
  });

  it.each<readonly [string, Answer, RegExp]>([
    ['is overloaded', failure(503, 'timeout', 'query timed out'), /answered 503: .*query timed out/],
    ['limits us', failure(429, 'throttled', 'slow down'), /answered 429/],
    ['is behind a gateway that gave up', html(504), /answered 504: .*\*\*\*/],
    ['hangs up', 'hang up', /did not answer \(\w+\)$/],
  ])('a server that %s is asked twice', async (_, answer, text) => {
    service.answer(answer, answer);
    const { one } = await read({ one: volume('x') });
    expect(one).toEqual({ kind: 'unknown', cause: 'unavailable', text: expect.stringMatching(text) });
  });

  it('one that answers the second time has answered', async () => {
    service.answer(html(502), matrix(series({}, [at(0), '3'])));
    expect(await read({ one: volume('x') })).toMatchObject({ one: { blocks: [{ treatment: { n: 3 } }] } });
  });

  it('a server that is down is left alone, whatever is left to ask', async () => {
    service.serve(() => html(503));
    const checks = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`c${n}`, volume(`x${n}`)]));
    const texts = Object.values(await read(checks)).map((one) => (one.kind === 'unknown' ? one.text : ''));
    expect(texts.filter((text) => text.includes('left alone for 60 s')).length).toBeGreaterThan(12);
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
    expect(one).toMatchObject({ cause: 'unavailable', text: expect.stringMatching(/\(TimeoutError\)$/) });
    expect(await read({ one: volume('x') }, AbortSignal.abort())).toMatchObject({
      one: { text: expect.stringMatching(/was not asked/) },
    });
  });

  it('without its credentials nobody is asked', async () => {
    const port = metrics(authorizeBy('bearer', () => Promise.reject(new TypeError(`no ${token}`))));
    expect(await port.read({ one: volume('x') }, fiveMinutes, patience)).toMatchObject({
      one: {
        cause: 'unavailable',
        text: expect.stringMatching(/credentials .* cannot be read \(TypeError\)$/),
      },
    });
    expect(service.asked).toEqual([]);
  });

  it('a secret that is no header says nothing of itself', async () => {
    const port = metrics(authorizeBy('bearer', async () => 'line one\nline two'));
    const { one } = await port.read({ one: volume('x') }, fiveMinutes, patience);
    expect(one).toMatchObject({ cause: 'unavailable' });
    expect(JSON.stringify(one)).not.toContain('line');
  });
});
