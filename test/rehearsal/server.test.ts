/** The API over a socket: what a gateway does before and after a function, with requests that no client library sends. */

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quoted } from '#domain/quoted.ts';
import { hourMs } from '#domain/time.ts';
import type { Sent } from '#rehearsal/gateway.ts';
import { type JournalLine, NotKept } from '#rehearsal/journal.ts';
import { apiServer, httpServer } from '#rehearsal/server.ts';
import { Session } from '#rehearsal/session.ts';
import { speedOf } from '#rehearsal/speed.ts';
import { isWorld, worldApi } from '#rehearsal/world-api.ts';
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

const answering = (session: Session) => (sent: Sent) =>
  isWorld(sent) ? worldApi(session, { speed: speedOf('stopped') }, sent) : session.request(sent);

describe('a mail of a served rehearsal', () => {
  const lines: JournalLine[] = [];
  const session = new Session(quietWorld(), { append: (line) => void lines.push(line) });
  const served = httpServer(answering(session), () => claimsOf('project-lead-1', 'project-lead'));
  let mails: readonly { readonly message: string; readonly text: string }[] = [];
  beforeAll(async () => {
    await session.start(release);
    served.listen(0, '127.0.0.1');
    await once(served, 'listening');
    const address = `http://127.0.0.1:${(served.address() as AddressInfo).port}`;
    const pages = () =>
      new Set(mails.flatMap(({ text }) => linksIn(text)).map((link) => new URL(link).pathname));
    for (let day = 0; day < 200 && pages().size < 3; day += 5) {
      await session.advance(5 * 24 * hourMs);
      const answer = await fetch(`${address}/world/mails`, { headers: { authorization: 'Bearer lead' } });
      mails = (await answer.json()) as typeof mails;
    }
  });
  afterAll(() => served.close());

  const linksIn = (text: string): readonly string[] =>
    text.match(/http:\/\/127\.0\.0\.1:\d+\/[spu]\?\S+/g) ?? [];
  const linkTo = (page: string): string =>
    mails.flatMap(({ text }) => linksIn(text)).find((link) => new URL(link).pathname === page) ?? '';

  it.each([
    ['/s', 'satisfaction=5&usage=1'],
    ['/p', 'text=Une+page+ne+r%C3%A9pond+pas.'],
    ['/u', ''],
  ])('has a link to %s that opens its page without a token, and takes its form', async (page, form) => {
    const opened = await fetch(linkTo(page));
    expect([opened.status, opened.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('text/html'),
    ]);
    const sent = await fetch(linkTo(page), {
      method: 'POST',
      body: form,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(sent.status).toBe(200);
    // What people did there is among what a restart goes on from.
    expect(lines.at(-2)?.input).toMatchObject({ kind: 'request', sent: { method: 'POST', path: page } });
    const forged = await fetch(linkTo(page).slice(0, -3));
    expect(forged.status).toBe(404);
  });
});

describe('a served session of which the disk is full', () => {
  const kept: JournalLine[] = [];
  let full = false;
  const session = new Session(quietWorld(), {
    append: (line) => {
      if (full) throw new NotKept('ENOSPC: no space left on device');
      kept.push(line);
    },
  });
  const served = httpServer(answering(session), () => claimsOf('project-lead-1', 'project-lead'));
  let address = '';
  beforeAll(async () => {
    await session.start(release);
    await session.advance(hourMs);
    served.listen(0, '127.0.0.1');
    await once(served, 'listening');
    address = `http://127.0.0.1:${(served.address() as AddressInfo).port}`;
  });
  afterAll(() => served.close());

  const sent = (path: string, body: object) =>
    fetch(`${address}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { authorization: 'Bearer lead', 'content-type': 'application/json' },
    });

  it.each([
    [`/releases/${release.releaseId}/pause`, { reason: 'gel' }],
    ['/world/calm', {}],
  ])('acknowledges no command: POST %s', async (path, body) => {
    const ledger = () => session.world.releases.ledger(release.releaseId).length;
    const before = ledger();
    full = true;
    const refused = await sent(path, body);
    expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toEqual([
      503,
      '5',
      { message: expect.stringContaining('ENOSPC') },
    ]);
    expect(ledger()).toBe(before);
    full = false;
    expect((await sent(path, body)).status).toBe(200);
  });
});
