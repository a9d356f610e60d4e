/** The API over a socket: what a gateway does before and after a function, with requests that no client library sends. */

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quoted } from '#domain/quoted.ts';
import { hourMs } from '#domain/time.ts';
import { apiServer } from '#rehearsal/server.ts';
import { claimsOf } from '#test/support/http.ts';
import { quietWorld, release } from '#test/support/world.ts';

const world = quietWorld();
const server = apiServer(world, (bearer) =>
  bearer === 'lead' ? claimsOf('project-lead-1', 'project-lead') : undefined,
);
let port = 0;
beforeAll(async () => {
  await world.start(release);
  await world.clock.runFor(hourMs);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => server.close());

const fetched = (path: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${port}${path}`, {
    ...init,
    headers: { authorization: 'Bearer lead', ...init.headers },
  });

/** A request line as it stands, and the status line of what comes back. */
async function raw(line: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`${line} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer lead\r\nConnection: close\r\n\r\n`);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer.split('\r\n')[0] ?? '';
}

describe('the API over HTTP', () => {
  it('reads, and says when nothing has changed', async () => {
    const first = await fetched(`/releases/${release.releaseId}`);
    expect([first.status, ((await first.json()) as { id: string }).id]).toEqual([200, release.releaseId]);
    const etag = first.headers.get('etag') ?? '';
    const again = await fetched(`/releases/${release.releaseId}`, { headers: { 'if-none-match': etag } });
    expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, '']);
  });

  it('takes a command, in any letters', async () => {
    const body = JSON.stringify({ reason: 'gelé jusqu’à lundi 🧊' });
    const headers = { 'content-type': 'application/json', 'idempotency-key': '"k-1"' };
    const path = `/releases/${release.releaseId}/pause`;
    expect((await fetched(path, { method: 'POST', body, headers })).status).toBe(200);
    const again = await fetched(path, { method: 'POST', body, headers });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const facts = world.releases.ledger(release.releaseId).map(({ fact }) => fact);
    expect(facts.at(-1)).toEqual({ type: 'release.paused', reason: quoted('gelé jusqu’à lundi 🧊') });
  });

  it.each([
    {},
    { authorization: 'Bearer' },
    { authorization: 'Bearer nobody' },
    { authorization: 'Basic bGVhZA==' },
  ])('lets nobody in with %j', async (headers) => {
    const answer = await fetch(`http://127.0.0.1:${port}/releases`, { headers });
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  });

  it('answers by itself where the gateway does: a body beyond its limit, a path of no route', async () => {
    const huge = await fetched('/releases', { method: 'POST', body: 'x'.repeat(10_000_001) });
    expect([huge.status, await huge.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
    expect((await fetched('/')).status).toBe(404);
  });

  it('refuses a method with what is allowed', async () => {
    const answer = await fetched('/releases', { method: 'DELETE' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, POST']);
  });

  it.each<[string, number]>([
    ['GET /releases/../releases', 404],
    ['GET /releases/%2e%2e/%2e%2e/etc/passwd', 404],
    ['GET /releases/..%2f..%2fetc%2fpasswd', 400],
    ['GET /releases/%', 400],
    ['GET /releases/%ff', 400],
    ['GET /releases/%00', 400],
    ['GET /releases/demo-1%0d%0aSet-Cookie:x', 400],
    ['GET //releases', 404],
    ['GET /releases;x=1', 404],
    ['GET /releases?limit=1&limit=2', 400],
    ['GET /releases?%', 400],
    [`GET /releases/${'x'.repeat(8000)}`, 400],
    ['TRACE /releases', 405],
    ['GET http://elsewhere/releases', 404],
  ])('answers an odd request, %s, with %d', async (line, status) => {
    expect(await raw(line)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });
});
