/** What every AudienceStore keeps: cohorts are exact and nested, everybody is listed once. */

import { describe, expect, it } from 'vitest';
import type { AudienceStore } from '#application/ports/audience.ts';
import type { Imported, Member } from '#domain/audience/person.ts';
import { cohortSeed, isExposed } from '#domain/plan/exposure-buckets.ts';
import { bucketOf, personOf } from '#test/support/hashed.ts';
import { times } from './race.ts';

/** Users u0000001, u0000002, ... of a product; the first 15 are the segment "pilots". */
export interface Users {
  readonly product: string;
  readonly count: number;
}
const pilotCount = 15;
export const usersOf = ({ count }: Users): readonly Imported[] =>
  times(count, (index) => {
    const userId = `u${String(index + 1).padStart(7, '0')}`;
    const member = { userId, address: `${userId}@users.example` };
    return index < pilotCount ? { ...member, segments: ['pilots'] } : member;
  });

const users: Users = { product: 'demo', count: 200 };
type Selection = Parameters<AudienceStore['page']>[0];
const peopleOf = (members: readonly Member[]) => members.map(({ userId }) => personOf(userId)).toSorted();

async function everybody(store: AudienceStore, audience: Selection, limit: number) {
  const people: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.page(audience, cursor, limit);
    expect(page.people.length).toBeLessThanOrEqual(limit);
    people.push(...page.people);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return people.toSorted();
}

const exposedAt = (percent: number) =>
  peopleOf(
    usersOf(users).filter(({ userId }) => isExposed(bucketOf(cohortSeed(users.product), userId), percent)),
  );

export function describeAudienceStore(make: (users: Users) => Promise<AudienceStore>): void {
  describe('an audience', () => {
    it('of a percentage is exactly those with access', async () => {
      const store = await make(users);
      for (const exposed of [0, 1, 10, 33, 50, 99, 100]) {
        expect(await everybody(store, { exposed }, 1000), `${exposed} %`).toStrictEqual(exposedAt(exposed));
        expect(await store.count({ exposed })).toBe(exposedAt(exposed).length);
      }
      expect(exposedAt(100)).toHaveLength(users.count);
      expect(exposedAt(0)).toEqual([]);
    });

    it('of a percentage comes in pages of any size', async () => {
      const store = await make(users);
      const size = exposedAt(50).length;
      for (const limit of [7, size - 1, size, size + 1]) {
        expect(await everybody(store, { exposed: 50 }, limit)).toStrictEqual(exposedAt(50));
      }
    });

    it('of a segment is who is in it', async () => {
      const store = await make(users);
      const pilots = peopleOf(usersOf(users).slice(0, pilotCount));
      for (const limit of [4, pilotCount, 1000]) {
        expect(await everybody(store, { segment: 'pilots' }, limit)).toStrictEqual(pilots);
      }
      expect(await everybody(store, { segment: 'pilot' }, 10)).toEqual([]);
      expect(await store.count({ segment: 'pilots' })).toBe(pilotCount);
      expect(await store.count({ segment: 'pilot' })).toBe(0);
    });

    it('knows who its people are, and nothing of others', async () => {
      const store = await make(users);
      const members = usersOf(users).slice(10, 60);
      const found = await store.members([...peopleOf(members), personOf('nobody')]);
      expect(found).toStrictEqual(new Map(members.map((member) => [personOf(member.userId), member])));
      expect(await store.members([])).toStrictEqual(new Map());
    });

    it('is asked for within limits', async () => {
      const store = await make({ ...users, count: 1 });
      for (const limit of [0, 1001]) {
        await expect(store.page({ exposed: 100 }, undefined, limit)).rejects.toThrow(RangeError);
      }
    });
  });
}
