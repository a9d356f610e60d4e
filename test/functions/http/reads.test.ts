/** What the API shows of a release in the middle of its way, and of releases that have ended; and what is not sent twice. */
import { beforeAll, describe, expect, it } from 'vitest';
import { dayMs } from '#domain/time.ts';
import { rehearse } from '#rehearsal/rehearse.ts';
import type { World } from '#rehearsal/world/world.ts';
import { type Asked, ask, claimsOf } from '#test/support/http.ts';
import { readPlanForTest } from '#test/support/plans.ts';
import { quietWorld, release } from '#test/support/world.ts';

const plan = readPlanForTest('technicia');
const claims = claimsOf('ada');
const lead = claimsOf('project-lead-1', 'project-lead');
type Rows = readonly Readonly<Record<string, unknown>>[];

/** The first users have had the new version for a day. */
let world: World;
let id: string;
beforeAll(async () => {
  const rehearsal = await rehearse({ plan, seed: 1, users: 200, untilPhase: 'production-10' });
  ({ world } = rehearsal);
  id = rehearsal.release.id;
  await world.clock.runFor(dayMs);
});
const get = (path: string, asked: Asked = {}) =>
  ask(world, 'GET', `/releases/${id}${path}`, { claims, ...asked });
const rows = async (part: string) => (await get(`/${part}`)).body[part] as Rows;

describe('a release under way shows', () => {
  it('its phases with what of their checklists is done', async () => {
    const phases = await rows('phases');
    expect(phases.map((one) => one['id'])).toEqual(plan.phases.map((one) => one.id));
    expect(phases.map((one) => one['status'])).toEqual([
      ...Array(4).fill('closed'),
      'open',
      ...Array(3).fill('planned'),
    ]);
    const counts = phases.map((one) => Object.values(one['checklist'] as Record<string, number>));
    expect(counts.flat().reduce((sum, one) => sum + one, 0)).toBe(117);
  });

  it('who ticked an item, and what the system saw by itself', async () => {
    const { body } = await get('/phases/staging');
    const items = body['items'] as Rows;
    expect(new Set(items.map((one) => one['status']))).toEqual(new Set(['done']));
    expect(items.filter((one) => one['verified'] === 'system').map((one) => one['by'])).toContain('jalon');
    expect(
      items.filter((one) => one['verified'] === 'person' && one['by'] === 'qa-1').length,
    ).toBeGreaterThan(0);
  });

  it('its gates: values and approvals of those that decided, what the others ask', async () => {
    const gates = await rows('gates');
    expect(gates.map((one) => one['status'])).toEqual([
      ...Array(4).fill('decided'),
      ...Array(4).fill('to-come'),
    ]);
    const [, staging] = gates;
    expect(staging).toMatchObject({
      decided: { outcome: 'promote' },
      asks: { roles: ['technical-lead', 'qa'] },
    });
    const criteria = staging?.['criteria'] as Rows;
    const judged = criteria.filter((one) => one['check'] !== undefined);
    expect(judged.length).toBeGreaterThan(0);
    for (const one of judged) expect(one).toMatchObject({ verdict: 'healthy', value: expect.any(Number) });
    expect(((staging?.['approvals'] ?? []) as Rows).map((one) => one['role']).toSorted()).toEqual([
      'qa',
      'technical-lead',
    ]);
  });

  it('its messages: sent with how many, planned with their dates', async () => {
    const messages = await rows('messages');
    const of = (message: string) => messages.find((one) => one['id'] === message);
    expect(of('pilots-invitation')).toMatchObject({ status: 'sent', sent: expect.any(Number), failed: 0 });
    expect(messages.filter((one) => one['status'] === 'planned').every((one) => one['dueAt'])).toBe(true);
    expect(messages.filter((one) => one['timing'] === undefined).map((one) => one['status'])).toContain(
      'not-planned',
    );
  });

  it('its risks, its scorecard and the dates to come', async () => {
    expect((await rows('risks')).map((one) => [one['id'], one['state']])).toEqual(
      plan.risks.map((risk) => [risk.id, 'quiet']),
    );
    const { body } = await get('/scorecard');
    expect((body['metrics'] as Rows).map((one) => one['target'])).toEqual(
      plan.successMetrics.map(({ target }) => target),
    );
    const dates = (await get('/forecast')).body['dates'] as Rows;
    expect(dates[0]).toMatchObject({ what: 'phase-ends', id: 'production-10' });
  });

  it('its incidents, the newest first', async () => {
    const crowd = quietWorld();
    await crowd.start(release);
    const path = `/releases/${release.releaseId}/incidents`;
    for (const title of ['Documents perdus', 'Pages lentes']) {
      await crowd.clock.runFor(dayMs);
      const body = { severity: 'critical', title };
      expect((await ask(crowd, 'POST', path, { claims: lead, body })).status).toBe(200);
    }
    const resolved = () => Object.values(crowd.releases.peek(release.releaseId)?.incidents ?? {});
    await crowd.clock.runUntil(() => resolved().some(({ status }) => status === 'resolved'));
    const { body } = await ask(crowd, 'GET', path, { claims });
    const incidents = body['incidents'] as Rows;
    const opened = incidents.map((one) => String(one['openedAt']));
    expect(incidents.map((one) => one['title'])).toEqual(
      ['Pages lentes', 'Documents perdus'].map((words) => ({ code: 'reported', params: { words } })),
    );
    expect(opened).toEqual(opened.toSorted().reverse());
    expect(incidents.map((one) => one['status'])).toContain('resolved');
  });
});

describe('what is asked for again', () => {
  const parts = [
    '',
    '/timeline',
    '/phases',
    '/phases/staging',
    '/gates',
    '/messages',
    '/incidents',
    '/risks',
    '/scorecard',
    '/forecast',
  ];

  it.each(parts)('is not sent again while it is the same (%s)', async (part) => {
    const first = await get(part);
    const etag = String(first.headers['etag']);
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    for (const condition of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await get(part, { headers: { 'if-none-match': condition } });
      expect([again.status, again.body, again.headers]).toEqual([
        304,
        {},
        { etag, 'cache-control': 'private, no-cache' },
      ]);
    }
    for (const condition of ['"other"', etag.slice(1, -1), '', `${etag}x`])
      expect((await get(part, { headers: { 'if-none-match': condition } })).status).toBe(200);
  });

  it('is sent when something has happened', async () => {
    const asked = { headers: { 'if-none-match': String((await get('')).headers['etag']) } };
    expect((await get('', asked)).status).toBe(304);
    const body = { value: 91, samples: 12 };
    expect(
      (await ask(world, 'POST', `/releases/${id}/measures/analytics.adoption/record`, { claims: lead, body }))
        .status,
    ).toBe(200);
    expect((await get('', asked)).status).toBe(200);
  });

  it('is a refusal each time', async () => {
    const answer = await get('/phases/nowhere', { headers: { 'if-none-match': '*' } });
    expect([answer.status, answer.headers['cache-control']]).toEqual([404, 'no-store']);
  });
});

describe('releases that have ended', () => {
  const list = (query: Record<string, string>) => ask(ended, 'GET', '/releases', { claims, query });
  let ended: World;
  beforeAll(async () => {
    ended = quietWorld();
    for (let nth = 1; nth <= 5; nth += 1) {
      await ended.start({ ...release, releaseId: `v${nth}-old` });
      await ended.clock.runFor(3_600_000);
      const body = { reason: 'old' };
      const { status } = await ask(ended, 'POST', `/releases/v${nth}-old/abort`, { claims: lead, body });
      expect(status).toBe(200);
      await ended.clock.runFor(3_600_000);
    }
  });

  it('come in pages, the last one to end first', async () => {
    const read: unknown[] = [];
    let query: Record<string, string> = { state: 'ended', limit: '2' };
    for (;;) {
      const { body } = await list(query);
      read.push(...(body['releases'] as Rows).map((one) => one['id']));
      if (body['next'] === undefined) break;
      query = { ...query, after: String(body['next']) };
    }
    expect(read).toEqual(['v5-old', 'v4-old', 'v3-old', 'v2-old', 'v1-old']);
    expect((await list({})).body).toEqual({ releases: [] });
  });

  it.each<[string, Record<string, string>]>([
    ['no number', { limit: 'all' }],
    ['none', { limit: '0' }],
    ['too many', { limit: '51' }],
    ['another state', { state: 'all' }],
    ['a cursor of nobody', { after: 'abc' }],
    ['a cursor that is no text', { after: Buffer.from('2025-05-18#v1-old').toString('base64url') }],
    [
      'a cursor into another partition',
      { after: Buffer.from('2025-05-18T09:00:00.000Z#../x').toString('base64url') },
    ],
    ['a very long cursor', { after: 'A'.repeat(9000) }],
  ])('are refused for %s', async (_, query) => {
    expect((await list({ state: 'ended', ...query })).status).toBe(400);
  });

  it('are the same list from another place when a cursor is altered', async () => {
    const { body } = await list({ state: 'ended', limit: '2' });
    const place = Buffer.from(String(body['next']), 'base64url').toString();
    const later = place.replace(/^\d{4}/, '2999');
    const all = await list({ state: 'ended', after: Buffer.from(later).toString('base64url') });
    expect((all.body['releases'] as Rows).length).toBe(5);
  });
});
