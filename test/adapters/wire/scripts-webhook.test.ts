/** What a pipeline is sent, and what its answers mean. */

import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import type { ScriptCall } from '#application/ports/scripts.ts';
import { ScriptNotStarted, ServiceUnavailable } from '#domain/errors.ts';
import { quoted } from '#domain/quoted.ts';
import { secretText } from '#functions/adapters/secrets/secret.ts';
import { webhookScripts } from '#functions/adapters/webhook/scripts.ts';
import { webhookSignatures } from '#functions/adapters/webhook/signatures.ts';
import { sign, verify } from '#functions/adapters/webhook/standard-webhooks.ts';
import { MemoryScriptReports } from '#rehearsal/world/script-reports.ts';
import { busy, refusedBy } from '#test/support/refusals.ts';
import { type Answer, json, outages, refused, requestMsMax, wireService } from './service.ts';

const service = wireService();
const nowMs = Date.parse('2025-05-18T07:00:00.900Z');
const clock = { nowMs: () => nowMs };
const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const reports = new MemoryScriptReports();
const endpoint = () => service.settings().endpoint;
const scripts = (changes: Partial<Parameters<typeof webhookScripts>[0]> = {}) =>
  webhookScripts({
    url: `${endpoint()}/hooks/jalon?job=7`,
    callbackUrl: 'https://api.example.com/callbacks/scripts',
    secret: async () => secret,
    fetch,
    clock,
    reports,
    timeoutMs: requestMsMax,
    ...changes,
  });

const marker = 'r1/production-10.1.script.deploy';
const command = `webhook:${marker}`;
const call: ScriptCall = {
  path: 'deploy/production',
  arguments: { Version: '2.0.0', Note: 'été "1"' },
  timeoutMinutes: 30,
  marker,
  askedAtMs: 0,
};
const answer = (status: number, headers = {}): Answer => ({ status, headers, body: 'x'.repeat(100_000) });

describe('start', () => {
  it('posts what is to run, signed, and answers a command that follows from the marker', async () => {
    service.answer(answer(202));
    expect(await scripts().start(call)).toEqual({ command });
    const [{ operation, body, headers } = { operation: '', body: {}, headers: {} }] = service.asked;
    expect(operation).toBe('POST /hooks/jalon?job=7');
    expect(body).toEqual({
      marker,
      script: 'deploy/production',
      arguments: { Version: '2.0.0', Note: 'été "1"' },
      timeoutMinutes: 30,
      callback: 'https://api.example.com/callbacks/scripts',
    });
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'webhook-timestamp': '1747551600' });
    const texts = headers as Readonly<Record<string, string>>;
    expect(verify(secret, texts, nowMs, JSON.stringify(body))).toBe(true);
  });

  it('sends the same id for the same run, and another for another', async () => {
    service.answer(answer(503), answer(200), answer(200));
    await expect(scripts().start(call)).rejects.toThrow(ServiceUnavailable);
    await scripts().start(call);
    await scripts().start({ ...call, marker: 'r1/production-10.2.script.deploy' });
    const [first, second, other] = service.asked.map(({ headers }) => headers['webhook-id']);
    expect(first).toMatch(/^script_[0-9a-f]{32}$/);
    expect(second).toBe(first);
    expect(other).not.toBe(first);
  });

  it.each([200, 201, 202, 204])('has started when the pipeline accepts with %d', async (status) => {
    service.answer({ status, headers: {}, body: '' });
    expect(await scripts().start(call)).toEqual({ command });
  });

  it.each([400, 401, 403, 404, 409, 410, 413, 422])('is refused and nothing ran: %d', async (status) => {
    service.answer(answer(status));
    await expect(scripts().start(call)).rejects.toThrow(ScriptNotStarted);
  });

  it.each([301, 302, 303, 307, 308])('%d is not followed: nothing ran', async (status) => {
    service.answer(answer(status, { location: `${endpoint()}/elsewhere` }));
    expect((await refusedBy(scripts().start(call))).says).toContain('redirects are not followed');
    expect(service.asked).toHaveLength(1);
  });

  it.each<[string, Answer]>([
    ...[408, 425, 429, 500, 502, 503, 504].map((status): [string, Answer] => [`${status}`, answer(status)]),
    ['hangs up', 'hang up'],
    ['says nothing', 'say nothing'],
  ])('a pipeline that answers or does %s may be asked again', async (_, given) => {
    service.answer(given);
    const error = await scripts()
      .start(call)
      .catch((one: unknown) => one);
    expect(error).toBeInstanceOf(ServiceUnavailable);
    // The address may hold a key of the pipeline.
    expect(String(error)).not.toContain('job=7');
  });

  it('does not wait for an answer that never ends', async () => {
    const endless = new ReadableStream({ pull: (to) => to.enqueue(new Uint8Array(65_536)) });
    const endlessFetch = async () => new Response(endless, { status: 200 });
    expect(await scripts({ fetch: endlessFetch }).start(call)).toEqual({ command });
  });

  it('sends nothing when there is no secret now', async () => {
    const none = async () => {
      throw busy('Secrets Manager');
    };
    await expect(scripts({ secret: none }).start(call)).rejects.toThrow(ServiceUnavailable);
    expect(service.asked).toEqual([]);
  });

  it.each([
    'http://pipeline.example.com/hook',
    'http://localhost.example.com/hook',
    'https://ada:secret@pipeline.example.com/hook',
    'ftp://pipeline.example.com/hook',
  ])('refuses the address %s, and does not repeat its password', (url) => {
    expect(() => scripts({ url })).toThrow(RangeError);
    expect(() => scripts({ url })).not.toThrow(/secret/);
  });
  it.each(['https://pipeline.example.com/hook', 'http://localhost:1/hook', 'http://[::1]:1/hook'])(
    'takes the address %s',
    (url) => {
      expect(() => scripts({ url })).not.toThrow();
    },
  );
});

describe('describe', () => {
  it('is under way until the pipeline reports', async () => {
    const ports = { reports: new MemoryScriptReports() };
    const running = { marker, status: 'running' as const, exitCode: -1, summary: '' };
    expect(await scripts(ports).describe(command)).toEqual(running);
    const report = { marker, status: 'failed' as const, exitCode: 3, summary: quoted('no space left') };
    await ports.reports.put(report);
    expect(await scripts(ports).describe(command)).toEqual(report);
  });
  it('knows no command of another runner', async () => {
    await expect(scripts().describe('d-ABCDEF123')).rejects.toThrow(ScriptNotStarted);
  });
});

describe('a signature', () => {
  const body = '{"a":1}';
  const headers = sign(secret, 'msg_1', nowMs, body);
  const other = `whsec_${Buffer.alloc(24, 9).toString('base64')}`;

  it('is that of the reference implementation (npm standardwebhooks 1.1.1)', () => {
    const text = '{"test": 2432232314}';
    const known = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLlSw';
    expect(sign(known, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330_000, text)).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,qYEQ1j6Ialff1EWt9z98sgoR67BiLZCYiSj9rtiRnGM=',
    });
  });

  it.each([-300_000, 0, 299_000])('holds %d ms from its instant', (laterMs) => {
    expect(verify(secret, headers, Math.floor(nowMs / 1000) * 1000 + laterMs, body)).toBe(true);
  });

  const timestamp = headers['webhook-timestamp'];
  it.each<[string, Readonly<Record<string, string | undefined>>, string, number]>([
    ['another body', headers, '{"a":2}', 0],
    ['another id', { ...headers, 'webhook-id': 'msg_2' }, body, 0],
    ['another instant', { ...headers, 'webhook-timestamp': String(Number(timestamp) + 1) }, body, 0],
    ['another key', sign(other, 'msg_1', nowMs, body), body, 0],
    ['a message that is too old', headers, body, 301_000],
    ['a message from the future', headers, body, -302_000],
    ['no id', { ...headers, 'webhook-id': undefined }, body, 0],
    ['no instant', { ...headers, 'webhook-timestamp': undefined }, body, 0],
    ['no signature', { ...headers, 'webhook-signature': undefined }, body, 0],
    ['an instant that is no number', { ...headers, 'webhook-timestamp': '1e9' }, body, 0],
    [
      'an asymmetric version',
      { ...headers, 'webhook-signature': headers['webhook-signature'].replace('v1', 'v1a') },
      body,
      0,
    ],
    [
      'half a signature',
      { ...headers, 'webhook-signature': headers['webhook-signature'].slice(0, 20) },
      body,
      0,
    ],
    ['an id that shifts the full stops', sign(secret, 'msg.1', nowMs, body), body, 0],
  ])('does not hold for %s', (_, given, text, laterMs) => {
    expect(verify(secret, given, nowMs + laterMs, text)).toBe(false);
  });

  it('holds for the old and the new secret while one replaces the other', () => {
    const both = sign(`${secret} ${other}`, 'msg_1', nowMs, body);
    expect(verify(secret, both, nowMs, body)).toBe(true);
    expect(verify(other, both, nowMs, body)).toBe(true);
    expect(verify(`${other} ${secret}`, headers, nowMs, body)).toBe(true);
  });

  it.each(['', 'password', 'whsec_c2hvcnQ=', `whsec_${Buffer.alloc(65).toString('base64')}`, `${secret} x`])(
    'is not made with the secret %j',
    (weak) => {
      expect(() => sign(weak, 'msg_1', nowMs, body)).toThrow(TypeError);
      expect(() => verify(weak, headers, nowMs, body)).toThrow(/docs\/reference\/scripts\.md/);
    },
  );

  it('is verified with the secret of the moment', async () => {
    const secrets = [other, secret];
    const port = webhookSignatures({ secret: async () => secrets.shift() ?? '', clock });
    const message = { headers: { ...headers }, body };
    expect(await port.verify(message)).toBe(false);
    expect(await port.verify(message)).toBe(true);
  });
});

describe('the secret', () => {
  const text = (later: { ms: number }) =>
    secretText({
      client: new SecretsManagerClient(service.settings()),
      id: 'jalon/webhook',
      clock: { nowMs: () => nowMs + later.ms },
    });

  it('is read once in five minutes', async () => {
    const later = { ms: 0 };
    const read = text(later);
    service.answer(json({ SecretString: 'one' }), json({ SecretString: 'two' }));
    expect([await read(), await read()]).toEqual(['one', 'one']);
    expect(service.asked.map(({ operation, body }) => [operation, body])).toEqual([
      ['GetSecretValue', { SecretId: 'jalon/webhook' }],
    ]);
    later.ms = 5 * 60_000;
    expect(await read()).toBe('two');
  });

  it.each([...outages, ['fails', refused('InternalServiceError', 500)] as const])(
    'is unavailable when the service %s, and asked for again',
    async (_, given) => {
      const read = text({ ms: 0 });
      service.answer(given, json({ SecretString: 'one' }));
      await expect(read()).rejects.toThrow(ServiceUnavailable);
      expect(await read()).toBe('one');
    },
  );

  it.each([
    'DecryptionFailure',
    'InvalidParameterException',
    'InvalidRequestException',
    'ResourceNotFoundException',
    'AccessDeniedException',
  ])('is at fault after %s', async (name) => {
    service.answer(refused(name));
    await expect(text({ ms: 0 })()).rejects.toMatchObject({ name });
  });

  it('must be a text', async () => {
    service.answer(json({ SecretBinary: 'AAAA' }));
    await expect(text({ ms: 0 })()).rejects.toThrow(TypeError);
  });
});
