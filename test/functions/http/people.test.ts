/** What the API says and does about single users of the product: nothing that tells who is one. */

import { beforeEach, describe, expect, it } from 'vitest';
import { cohortSeed, isExposed } from '#domain/plan/exposure-buckets.ts';
import { hourMs } from '#domain/time.ts';
import type { World } from '#rehearsal/world/world.ts';
import { bucketOf, personOf, record } from '#test/support/hashed.ts';
import { ask, claimsOf } from '#test/support/http.ts';
import { quietWorld, release } from '#test/support/world.ts';

const anybody = claimsOf('a-guest');
const machine = { sub: '7vq', token_use: 'access', client_id: '7vq', scope: 'jalon/read' };
const bucket = (userId: string) => bucketOf(cohortSeed('technicia'), userId);
let world: World;

beforeEach(() => {
  world = quietWorld();
});

describe('GET /access/{userId}', () => {
  const access = (userId: string, claims: Readonly<Record<string, unknown>> = anybody) =>
    ask(world, 'GET', `/access/${encodeURIComponent(userId)}`, { claims });

  /** The release decides that so many have access. */
  async function expose(percent: number) {
    const before = await world.releases.load(release.releaseId);
    const fact = {
      type: 'exposure.changed',
      phase: 'production-10',
      attempt: 1,
      from: before.exposure,
      to: percent,
    } as const;
    const { next, entries } = record(before, [fact], { at: '2025-05-18T08:00:00.000Z', actor: 'machine' });
    await world.releases.commit(before, next, entries);
  }

  it('before the first release says that nobody has it', async () => {
    expect(await access('u0000001')).toMatchObject({
      status: 200,
      body: { userId: 'u0000001', exposed: false, bucket: bucket('u0000001'), percent: 0 },
    });
  });

  it('is the formula at the percentage of the release, for whatever id, user or not', async () => {
    await world.start(release);
    await world.clock.runFor(hourMs);
    for (const percent of [10, 50, 0]) {
      await expose(percent);
      for (const userId of ['u0000001', 'u0000002', 'nobody', 'zoé/漢 100%', 'a+b@example.org']) {
        expect((await access(userId)).body).toEqual({
          userId,
          bucket: bucket(userId),
          percent,
          release: release.releaseId,
          exposed: isExposed(bucket(userId), percent),
        });
      }
    }
  });

  it('is for machines too, and for nobody without a name', async () => {
    expect((await access('u0000001', machine)).status).toBe(200);
    expect((await access('u0000001', { sub: '7vq' })).body['type']).toBe('NotSignedIn');
  });

  it('refuses what is no user id', async () => {
    expect((await access('u'.repeat(129))).body).toMatchObject({ type: 'InvalidInput', status: 400 });
  });
});

describe('POST /audience/person/erase', () => {
  const erase = (userId: string, claims: Readonly<Record<string, unknown>>) =>
    ask(world, 'POST', '/audience/person/erase', { claims, body: { userId } });
  const known = async (userId: string) =>
    (await world.population.members([personOf(userId)])).has(personOf(userId));

  it.each(['support', 'security', 'project-lead'])(
    'of a user by %s, answered like one of nobody',
    async (role) => {
      const claims = claimsOf('ada', role);
      expect(await known('u0000007')).toBe(true);
      const [user, nobody, again] = [
        await erase('u0000007', claims),
        await erase('nobody', claims),
        await erase('u0000007', claims),
      ];
      expect(user).toMatchObject({ status: 200, body: {} });
      expect(nobody).toEqual(user);
      expect(again).toEqual(user);
      expect(await known('u0000007')).toBe(false);
      expect(await known('u0000008')).toBe(true);
    },
  );

  it.each([
    ['another role', claimsOf('ada', 'devops')],
    ['no role', anybody],
    ['a machine', machine],
  ])('is not for %s', async (_, claims) => {
    expect((await erase('u0000007', claims)).body).toMatchObject({ type: 'NotPermitted', status: 403 });
    expect(await known('u0000007')).toBe(true);
  });
});
