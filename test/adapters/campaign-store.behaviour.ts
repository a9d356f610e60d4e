/** What every CampaignStore keeps: one sender per recipient, and a tally that is exact. */
import { describe, expect, it } from 'vitest';
import type { DeliveryStatus } from '#domain/delivery.ts';
import type { CampaignStore, Recipient } from '#domain/ports.ts';
import { racers, times } from './race.ts';

const campaign = 'r1.m1';
const startMs = Date.parse('2025-03-10T09:00:00Z');
const person = (index: number): Recipient => ({ userId: `u${index}`, address: `u${index}@users.example` });

/** Claims these people a millisecond after each other. */
async function claimed(store: CampaignStore, count: number): Promise<void> {
  await Promise.all(times(count, (index) => store.claim(campaign, person(index), startMs + index)));
}

/** Everybody who was reached, page after page. */
async function reached(store: CampaignStore, limit: number): Promise<readonly Recipient[]> {
  const people: Recipient[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.reached(campaign, cursor, limit);
    expect(page.recipients.length).toBeLessThanOrEqual(limit);
    people.push(...page.recipients);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return people.toSorted((a, b) => (a.userId < b.userId ? -1 : 1));
}

export function describeCampaignStore(make: () => Promise<CampaignStore>): void {
  describe('a claim', () => {
    it(`that ${racers} make at once is one sender's`, async () => {
      const store = await make();
      const ends = await Promise.all(times(racers, () => store.claim(campaign, person(1), startMs)));
      expect(ends.filter(Boolean)).toHaveLength(1);
      expect(await store.claim(campaign, person(1), startMs)).toBe(false);
      expect(await store.claim('r1.m2', person(1), startMs)).toBe(true);
    });

    it('that is given back can be made again, by one', async () => {
      const store = await make();
      await store.claim(campaign, person(1), startMs);
      await store.release(campaign, 'u1');
      await store.release(campaign, 'u1');
      const ends = await Promise.all(times(racers, () => store.claim(campaign, person(1), startMs)));
      expect(ends.filter(Boolean)).toHaveLength(1);
    });

    it('is not given back once something is known', async () => {
      const store = await make();
      await claimed(store, 1);
      await store.mark(campaign, 'u0', 'sent');
      await store.release(campaign, 'u0');
      expect(await store.claim(campaign, person(0), startMs)).toBe(false);
      expect(await store.tally(campaign)).toEqual({ sent: 1, failed: 0 });
    });
  });

  describeTally(make);
  describeLists(make);
}

function describeTally(make: () => Promise<CampaignStore>): void {
  describe('the tally', () => {
    it('is empty, and has a total once the audience is listed', async () => {
      const store = await make();
      expect(await store.tally(campaign)).toStrictEqual({ sent: 0, failed: 0 });
      await store.listed(campaign, 0);
      expect(await store.tally(campaign)).toStrictEqual({ sent: 0, failed: 0, total: 0 });
      await store.listed(campaign, 3);
      await store.listed(campaign, 3);
      await claimed(store, 3);
      expect(await store.tally(campaign)).toStrictEqual({ sent: 0, failed: 0, total: 3 });
      expect(await store.tally('r1.m2')).toStrictEqual({ sent: 0, failed: 0 });
    });

    const courses: readonly (readonly [readonly DeliveryStatus[], { sent: number; failed: number }])[] = [
      [['claimed'], { sent: 0, failed: 0 }],
      [['sent'], { sent: 1, failed: 0 }],
      [['sent', 'sent', 'sent'], { sent: 1, failed: 0 }],
      [['failed'], { sent: 0, failed: 1 }],
      [['unknown'], { sent: 0, failed: 1 }],
      [['unknown', 'failed'], { sent: 0, failed: 1 }],
      [['unknown', 'delivered'], { sent: 1, failed: 0 }],
      [['failed', 'delivered', 'failed'], { sent: 1, failed: 0 }],
      [['sent', 'unknown', 'failed'], { sent: 1, failed: 0 }],
      [['delivered', 'sent', 'unknown'], { sent: 1, failed: 0 }],
      [['sent', 'bounced'], { sent: 1, failed: 0 }],
      [['delivered', 'complained', 'bounced'], { sent: 1, failed: 0 }],
    ];
    for (const [course, expected] of courses) {
      it(`of one who was ${course.join(', ')} is ${JSON.stringify(expected)}`, async () => {
        const store = await make();
        await claimed(store, 1);
        for (const status of course) await store.mark(campaign, 'u0', status);
        expect(await store.tally(campaign)).toEqual(expected);
      });
    }

    it('does not count one who was never claimed', async () => {
      const store = await make();
      await store.mark(campaign, 'u0', 'delivered');
      expect(await store.tally(campaign)).toEqual({ sent: 0, failed: 0 });
      expect(await store.claim(campaign, person(0), startMs)).toBe(true);
    });

    it(`counts each of ${racers} once, when events come at once, twice and in any order`, async () => {
      const store = await make();
      await claimed(store, racers);
      const events: readonly DeliveryStatus[] = ['delivered', 'unknown', 'sent', 'sent', 'unknown'];
      await Promise.all(
        times(racers, (index) => `u${index}`).flatMap((userId, index) =>
          // One in five is only given up.
          (index % 5 === 0 ? (['unknown', 'unknown'] as const) : events).map((status) =>
            store.mark(campaign, userId, status),
          ),
        ),
      );
      expect(await store.tally(campaign)).toEqual({ sent: racers * 0.8, failed: racers * 0.2 });
    });
  });
}

function describeLists(make: () => Promise<CampaignStore>): void {
  describe('the silent', () => {
    it('were claimed before an instant and not heard of since', async () => {
      const store = await make();
      await claimed(store, 6);
      await store.mark(campaign, 'u0', 'sent');
      await store.mark(campaign, 'u1', 'unknown');
      await store.release(campaign, 'u2');
      const silent = async (beforeMs: number, limit: number) =>
        [...(await store.silent(campaign, beforeMs, limit))].sort();
      expect(await silent(startMs + 5, 100)).toEqual(['u3', 'u4']);
      expect(await silent(startMs + 6, 100)).toEqual(['u3', 'u4', 'u5']);
      expect(await silent(startMs + 3, 100)).toEqual([]);
      expect(await silent(startMs + 6, 2)).toHaveLength(2);
      expect(await store.silent('r1.m2', startMs + 6, 100)).toEqual([]);
    });
  });

  describe('the reached', () => {
    it('have it, or may have it, in pages, each once', async () => {
      const store = await make();
      await claimed(store, 30);
      await Promise.all(times(25, (index) => store.mark(campaign, `u${index}`, 'sent')));
      await store.mark(campaign, 'u0', 'delivered');
      await store.mark(campaign, 'u1', 'bounced');
      await store.mark(campaign, 'u2', 'complained');
      await store.mark(campaign, 'u25', 'failed');
      await store.mark(campaign, 'u26', 'unknown');
      // Of u26 it is not known: a correction must reach that person, too.
      const expected = [...times(25, person), person(26)]
        .filter(({ userId }) => userId !== 'u1')
        .toSorted((a, b) => (a.userId < b.userId ? -1 : 1));
      for (const limit of [1, 7, 25, 26, 1000]) expect(await reached(store, limit)).toStrictEqual(expected);
    });

    it('are nobody before anybody was sent anything', async () => {
      const store = await make();
      expect(await store.reached(campaign, undefined, 10)).toStrictEqual({ recipients: [] });
      await claimed(store, 3);
      expect(await reached(store, 10)).toEqual([]);
    });

    it('are each listed once although more are reached between two pages', async () => {
      const store = await make();
      await claimed(store, 40);
      const seen: string[] = [];
      let cursor: string | undefined;
      // The odd ones first; the even ones, claimed between them, follow while the list is read.
      for (const index of times(20, (one) => one)) await store.mark(campaign, `u${index * 2 + 1}`, 'sent');
      for (let pages = 0; pages === 0 || cursor !== undefined; pages += 1) {
        const page = await store.reached(campaign, cursor, 5);
        seen.push(...page.recipients.map(({ userId }) => userId));
        await store.mark(campaign, `u${pages * 2}`, 'sent');
        cursor = page.cursor;
      }
      expect(new Set(seen).size).toBe(seen.length);
    });

    it('are asked for within limits', async () => {
      const store = await make();
      for (const limit of [0, 1001]) {
        await expect(store.reached(campaign, undefined, limit)).rejects.toThrow(RangeError);
        await expect(store.silent(campaign, startMs, limit)).rejects.toThrow(RangeError);
      }
    });
  });
}
