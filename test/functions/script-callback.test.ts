/** Callbacks of a pipeline: who is believed, what is kept, and the way of a script from end to end over HTTP. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Ports } from '#application/ports/ports.ts';
import { webhookScripts } from '#functions/adapters/webhook/scripts.ts';
import { webhookSignatures } from '#functions/adapters/webhook/signatures.ts';
import { sign } from '#functions/adapters/webhook/standard-webhooks.ts';
import { scriptCallback } from '#functions/events/script-callback.ts';
import { MemoryScriptReports } from '#rehearsal/world/script-reports.ts';
import { readPlanForTest } from '#test/support/plans.ts';
import { busy } from '#test/support/refusals.ts';
import { marker, scriptBench } from '#test/support/script-bench.ts';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const other = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
/** Longer than any machine is busy. */
const hangMs = 120_000;
const nowMs = Date.now();
const clock = { nowMs: () => nowMs };

interface Response {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
/** As API Gateway hands a request over (HTTP API, payload 2.0). */
const eventOf = (body: string, headers: Readonly<Record<string, unknown>>, encoded = false) => ({
  version: '2.0',
  routeKey: 'POST /callbacks/scripts',
  rawPath: '/callbacks/scripts',
  rawQueryString: '',
  headers,
  requestContext: { http: { method: 'POST', path: '/callbacks/scripts', sourceIp: '192.0.2.1' } },
  body: encoded ? Buffer.from(body).toString('base64') : body,
  isBase64Encoded: encoded,
});

async function bench({
  url = 'http://127.0.0.1:1/',
  callbackUrl = 'http://127.0.0.1:1/callbacks/scripts',
  send = (async () => new Response(null, { status: 202 })) as typeof fetch,
  more = {} as Partial<Ports>,
} = {}) {
  const reports = new MemoryScriptReports();
  const settings = { secret: async () => secret, clock };
  const scripts = webhookScripts({ ...settings, url, callbackUrl, fetch: send, reports, timeoutMs: hangMs });
  const ports = { scriptReports: reports, signatures: webhookSignatures(settings), ...more };
  const rest = await scriptBench(scripts, ports, nowMs);
  const post = (body: string, headers: Readonly<Record<string, unknown>>, encoded = false) =>
    rest.call(scriptCallback, eventOf(body, headers, encoded)) as Promise<Response>;
  const report = (callback: unknown, id = 'callback-1') => {
    const body = typeof callback === 'string' ? callback : JSON.stringify(callback);
    return post(body, sign(secret, id, nowMs, body));
  };
  return { ...rest, reports, post, report };
}
const succeeded = { marker, status: 'succeeded', summary: 'installed' };
const problemIn = (response: Response) => {
  expect(response.headers['content-type']).toBe('application/problem+json');
  const problem = JSON.parse(response.body) as { status: number; type: string; detail: string };
  expect(problem.status).toBe(response.statusCode);
  return problem;
};

describe('a callback', () => {
  it('settles the wait at once, and says nothing back', async () => {
    const { run, report, told, facts } = await bench();
    await run();
    expect(await report(succeeded)).toEqual({
      statusCode: 204,
      headers: { 'cache-control': 'no-store' },
      body: '',
    });
    expect(told).toEqual([['token-1', { status: 'succeeded', exitCode: 0, summary: 'installed' }]]);
    expect(facts().at(-1)).toMatchObject({
      type: 'script.finished',
      command: `webhook:${marker}`,
      status: 'succeeded',
    });
  });

  it('is found when it came before the wait was armed', async () => {
    const { run, report, told, logged } = await bench();
    expect((await report(succeeded)).statusCode).toBe(204);
    expect([told, logged]).toEqual([[], ['UNKNOWN_COMMAND']]);
    await run();
    expect(told).toEqual([['token-1', { status: 'succeeded', exitCode: 0, summary: 'installed' }]]);
  });

  it('may come again, late or out of order: the first end counts', async () => {
    const { run, report, told, reports } = await bench();
    await run();
    const ends = [
      { marker, status: 'running', summary: 'half' },
      { marker, status: 'failed', exitCode: 3, summary: 'no space left' },
      { marker, status: 'failed', exitCode: 3, summary: 'no space left' },
      succeeded,
      { marker, status: 'running' },
    ];
    for (const end of ends) expect((await report(end)).statusCode).toBe(204);
    expect(told).toEqual([['token-1', { status: 'failed', exitCode: 3, summary: 'no space left' }]]);
    expect(await reports.get(marker)).toMatchObject({ status: 'failed', exitCode: 3 });
  });

  it('says how it goes without ending anything', async () => {
    const { run, report, told } = await bench();
    await run();
    await report({ marker, status: 'running', summary: 'half' });
    expect(told).toEqual([]);
  });

  it('may be encoded, and keeps the end of what was printed', async () => {
    const { run, post, told } = await bench();
    await run();
    const body = JSON.stringify({ marker, status: 'failed', summary: `${'x'.repeat(2_000)}été` });
    expect((await post(body, sign(secret, 'c', nowMs, body), true)).statusCode).toBe(204);
    expect(told).toEqual([['token-1', { status: 'failed', exitCode: 1, summary: `${'x'.repeat(497)}été` }]]);
  });
});

describe('a callback is refused', () => {
  const body = JSON.stringify(succeeded);
  const good = sign(secret, 'c', nowMs, body);
  it.each<[string, string, Readonly<Record<string, unknown>>]>([
    ['without a signature', body, {}],
    ['signed by somebody else', body, sign(other, 'c', nowMs, body)],
    ['with another body', body.replace('succeeded', 'failed'), good],
    ['older than five minutes', body, sign(secret, 'c', nowMs - 301_000, body)],
    ['that is not even JSON', '<xml>', {}],
  ])('%s: 401, and nothing of it is read', async (_, text, headers) => {
    const { run, post, told, logged, reports } = await bench();
    await run();
    const response = await post(text, headers);
    expect(response.statusCode).toBe(401);
    problemIn(response);
    expect([told, logged]).toEqual([[], ['CALLBACK_REFUSED']]);
    expect(await reports.get(marker)).toBeUndefined();
  });

  it.each<[string, unknown]>([
    ['no JSON', '{"marker":'],
    ['no object', '[]'],
    ['a member that nobody knows', { ...succeeded, token: 'x' }],
    ['another status', { ...succeeded, status: 'done' }],
    ['a success with an exit code', { ...succeeded, exitCode: 1 }],
    ['a marker of another shape', { ...succeeded, marker: 'r1' }],
    ['a marker that would leave its row', { ...succeeded, marker: 'r1/../#' }],
    ['an exit code beyond 32 bits', { marker, status: 'failed', exitCode: 2 ** 32 }],
  ])('with 400 and kept nowhere when it has %s', async (_, callback) => {
    const { report, reports } = await bench();
    const response = await report(callback);
    expect(response.statusCode).toBe(400);
    expect(problemIn(response).type).toBe('InvalidInput');
    expect(await reports.get(marker)).toBeUndefined();
  });

  it('of a release that does not exist: 404, and nothing is kept', async () => {
    const { report, reports } = await bench();
    const lost = 'nobody/build.1.script.deploy';
    const response = await report({ ...succeeded, marker: lost });
    expect(response.statusCode).toBe(404);
    expect(problemIn(response).type).toBe('ReleaseNotFound');
    expect(await reports.get(lost)).toBeUndefined();
  });

  it('of more than 16,384 bytes: 413, before the secret is asked for', async () => {
    const verify = vi.fn(async () => true);
    const { post } = await bench({ more: { signatures: { verify } } });
    const response = await post('é'.repeat(8_193), {});
    expect(response.statusCode).toBe(413);
    problemIn(response);
    expect(verify).not.toHaveBeenCalled();
    expect((await post('é'.repeat(8_192), {})).statusCode).toBe(400);
  });

  it.each<[number, Error]>([
    [503, busy()],
    [500, new Error('key 42 of secret table')],
  ])('to be sent again: %d', async (status, error) => {
    const put = async () => {
      throw error;
    };
    const { report, logged } = await bench({ more: { scriptReports: { put, get: async () => undefined } } });
    const response = await report(succeeded);
    expect(response.statusCode).toBe(status);
    expect(problemIn(response).detail).not.toContain('secret table');
    expect(logged).toEqual(['HANDLER_FAILED']);
  });
});

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'reference', 'scripts.md'), 'utf8');
const blockOf = (language: string) =>
  new RegExp(`\`\`\`${language}\\n([\\s\\S]+?)\`\`\``).exec(page)?.[1] ?? '';

describe('over HTTP, with the receiver of docs/reference/scripts.md as the pipeline', () => {
  const ends: (() => Promise<unknown> | unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });

  async function listen(server: Server): Promise<number> {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ends.push(() => server.close());
    return (server.address() as AddressInfo).port;
  }

  /** The program that runs a script: prints what it was given, and ends as it is told. */
  async function receiver(exitCode: number) {
    const folder = mkdtempSync(join(tmpdir(), 'jalon-receiver-'));
    ends.push(() => rmSync(folder, { recursive: true }));
    const program = join(folder, 'pipeline.sh');
    writeFileSync(program, `#!/bin/sh\necho "$1 $2"\necho run >>"${folder}/runs"\nexit ${exitCode}\n`, {
      mode: 0o755,
    });
    writeFileSync(join(folder, 'receiver.mjs'), blockOf('js'));
    const probe = createServer();
    const port = await listen(probe);
    probe.close();
    await once(probe, 'close');
    const env = { JALON_SECRET: secret, PIPELINE: program, PORT: String(port) };
    const child: ChildProcess = spawn(process.execPath, ['receiver.mjs'], {
      cwd: folder,
      env,
      stdio: 'inherit',
    });
    ends.unshift(async () => {
      child.kill();
      await once(child, 'exit');
    });
    const url = `http://127.0.0.1:${port}/`;
    await vi.waitFor(() => fetch(url, { method: 'POST' }), { timeout: hangMs, interval: 50 });
    const runs = () => readFileSync(join(folder, 'runs'), 'utf8').trim().split('\n').length;
    return { url, runs };
  }

  /** Our API in front of the handler. */
  async function started(exitCode: number) {
    let post: Awaited<ReturnType<typeof bench>>['post'] | undefined;
    const answers: number[] = [];
    const api = createServer(async (request, response) => {
      const chunks: readonly Buffer[] = await request.toArray();
      const answer = await post?.(Buffer.concat(chunks).toString(), request.headers);
      answers.push(answer?.statusCode ?? 0);
      response.writeHead(answer?.statusCode ?? 500, answer?.headers).end(answer?.body);
    });
    const callbackUrl = `http://127.0.0.1:${await listen(api)}/callbacks/scripts`;
    const { url, runs } = await receiver(exitCode);
    const made = await bench({ url, callbackUrl, send: fetch });
    post = made.post;
    return { ...made, url, runs, answers };
  }
  const printed = 'deploy.ps1 {"Version":"2.0.0"}';

  it.each([
    ['succeeds', 0, 'succeeded'],
    ['fails', 3, 'failed'],
  ])('a script that %s settles its wait', async (_, exitCode, status) => {
    const { run, told, answers } = await started(exitCode);
    await run();
    await vi.waitFor(() => expect(told).toHaveLength(1), { timeout: hangMs, interval: 20 });
    expect(told).toEqual([['token-1', { status, exitCode, summary: printed }]]);
    expect(answers).toEqual([204]);
  });

  it('a run that is asked for twice runs once', async () => {
    const { run, runs, told, answers, url } = await started(0);
    await run();
    await vi.waitFor(() => expect(told).toHaveLength(1), { timeout: hangMs, interval: 20 });
    await run();
    expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401);
    expect(runs()).toBe(1);
    expect(answers).toEqual([204]);
  });
});

describe('the PowerShell example of docs/reference/scripts.md', () => {
  it('takes exactly the arguments that the plan gives', () => {
    const parameters = /param\(([\s\S]+?)\n\)/.exec(blockOf('powershell'))?.[1] ?? '';
    const names = [...parameters.matchAll(/\$(\w+)/g)].map(([, name]) => name);
    const { scripts } = readPlanForTest('technicia');
    expect(names).toEqual(Object.keys(scripts['deploy-production']?.arguments ?? {}));
  });
});
