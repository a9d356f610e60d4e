/** What every CampaignStore keeps: one sender per recipient, and a tally that is exact. */

import { describe, expect, it } from 'vitest';
import type { AudiencePage } from '#application/ports/audience.ts';
import type { CampaignStore, Listing, Tally } from '#application/ports/mail.ts';
import type { DeliveryStatus } from '#domain/mailing/delivery.ts';
import { personOf } from '#test/support/hashed.ts';
import { racers, times } from './race.ts';

const campaign = 'r1.m1';
const startMs = Date.parse('2025-03-10T09:00:00Z');
const person = (index: number) => personOf(`u${index}`);
const counted = (tally: Partial<Tally>): Tally => ({ sent: 0, failed: 0, declined: 0, ...tally });

/** Claims these people a millisecond after each other. */
async function claimed(store: CampaignStore, count: number): Promise<void> {
  await Promise.all(times(count, (index) => store.claim(campaign, person(index), startMs + index)));
}

/** Everybody who was reached, page after page, as they come. */
async function reached(store: CampaignStore, limit: number): Promise<readonly string[]> {
  const people: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.reached(campaign, cursor, limit);
    expect(page.people.length).toBeLessThanOrEqual(limit);
    people.push(...page.people);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return people;
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
      await store.release(campaign, person(1));
      await store.release(campaign, person(1));
      const ends = await Promise.all(times(racers, () => store.claim(campaign, person(1), startMs)));
      expect(ends.filter(Boolean)).toHaveLength(1);
    });

    it('is not given back once something is known', async () => {
      const store = await make();
      await claimed(store, 1);
      await store.mark(campaign, person(0), 'sent');
      await store.release(campaign, person(0));
      expect(await store.claim(campaign, person(0), startMs)).toBe(false);
      expect(await store.tally(campaign)).toEqual(counted({ sent: 1 }));
    });
  });

  describeListing(make);
  describeIntention(make);
  describeTally(make);
  describeLists(make);
}

const listed = (pages: number, people: number): Listing => ({ pages, people, done: true });

function describeListing(make: () => Promise<CampaignStore>): void {
  describe('a listing', () => {
    it('begins with nothing, and goes on where it was', async () => {
      const store = await make();
      expect(await store.listing(campaign)).toBeUndefined();
      const first = { pages: 1, people: 500, cursor: 'BUCKET#00007#é', done: false };
      expect(await store.advance(campaign, undefined, first)).toBe(true);
      expect(await store.listing(campaign)).toStrictEqual(first);
      expect(await store.listing('r1.m2')).toBeUndefined();
      expect(await store.advance(campaign, first, listed(2, 700))).toBe(true);
      expect(await store.listing(campaign)).toStrictEqual(listed(2, 700));
    });

    it(`that ${racers} listers advance at once is advanced by one, at each page and at the end`, async () => {
      const store = await make();
      let before: Listing | undefined;
      for (const pages of [1, 2, 3]) {
        const next: Listing =
          pages === 3 ? listed(3, 30) : { pages, people: pages * 10, cursor: 'c', done: false };
        const ends = await Promise.all(times(racers, () => store.advance(campaign, before, next)));
        expect(ends.filter(Boolean)).toHaveLength(1);
        before = next;
      }
      expect(await store.advance(campaign, before, listed(4, 40))).toBe(false);
      expect(await store.listing(campaign)).toStrictEqual(listed(3, 30));
    });
  });
}

function describeIntention(make: () => Promise<CampaignStore>): void {
  const pageOf = (from: number, count: number, cursor?: string): AudiencePage => {
    const people = times(count, (index) => person(from + index));
    return cursor === undefined ? { people } : { people, cursor };
  };
  const first = pageOf(0, 3, 'BUCKET#00007#é');
  const listedFirst: Listing = { pages: 1, people: 3, cursor: 'BUCKET#00007#é', done: false };

  describe('an intention', () => {
    it('stands once it is named: whoever comes next is told of it, whatever they would name', async () => {
      const store = await make();
      expect(await store.intend(campaign, undefined, first, startMs)).toStrictEqual(first);
      expect(await store.listing(campaign)).toBeUndefined();
      for (const other of [pageOf(50, 4), pageOf(0, 0), first])
        expect(await store.intend(campaign, undefined, other, startMs + 1)).toStrictEqual(first);
      expect(await store.intend('r1.m2', undefined, pageOf(9, 1), startMs)).toStrictEqual(pageOf(9, 1));
    });

    it(`that ${racers} name at once is one page for all of them`, async () => {
      const store = await make();
      for (const before of [undefined, listedFirst]) {
        const stand = await Promise.all(
          times(racers, (index) => store.intend(campaign, before, pageOf(index, 1), startMs)),
        );
        expect(new Set(stand.map((page) => page?.people[0])).size).toBe(1);
        expect(stand[0]?.people).toHaveLength(1);
        await store.advance(campaign, before, listedFirst);
      }
    });

    it('is none for a lister that was overtaken, and names nothing then', async () => {
      const store = await make();
      await store.intend(campaign, undefined, first, startMs);
      await store.advance(campaign, undefined, listedFirst);
      // Between two pages the last one stands; handing it over again is harmless, and advances nothing.
      expect(await store.intend(campaign, undefined, pageOf(70, 2), startMs)).toStrictEqual(first);
      expect(await store.advance(campaign, undefined, listed(1, 2))).toBe(false);
      const last = pageOf(3, 2);
      expect(await store.intend(campaign, listedFirst, last, startMs)).toStrictEqual(last);
      expect(await store.intend(campaign, undefined, pageOf(70, 2), startMs)).toBeUndefined();
      await store.advance(campaign, listedFirst, listed(2, 5));
      expect(await store.intend(campaign, undefined, pageOf(70, 2), startMs)).toBeUndefined();
      expect(await store.listing(campaign)).toStrictEqual(listed(2, 5));
    });

    it('may be of nobody, and of as many as a page may have', async () => {
      const store = await make();
      const nobody: AudiencePage = { people: [], cursor: '1' };
      expect(await store.intend(campaign, undefined, nobody, startMs)).toStrictEqual(nobody);
      const listedNobody: Listing = { pages: 1, people: 0, cursor: '1', done: false };
      await store.advance(campaign, undefined, listedNobody);
      const many = pageOf(0, 1000);
      await store.intend(campaign, listedNobody, many, startMs);
      expect(await store.intend(campaign, listedNobody, pageOf(0, 0), startMs)).toStrictEqual(many);
    });

    it('goes on with a listing that was begun before there were intentions', async () => {
      const store = await make();
      await store.advance(campaign, undefined, { ...listedFirst, pages: 4 });
      const next = pageOf(3, 2);
      expect(await store.intend(campaign, { ...listedFirst, pages: 4 }, next, startMs)).toStrictEqual(next);
    });

    it('is nobody who was reached, nor in the tally', async () => {
      const store = await make();
      await store.intend(campaign, undefined, first, startMs);
      expect(await reached(store, 10)).toEqual([]);
      expect(await store.tally(campaign)).toStrictEqual(counted({}));
      expect(await store.silent(campaign, startMs + 1, 10)).toEqual([]);
    });
  });
}

function describeTally(make: () => Promise<CampaignStore>): void {
  describe('the tally', () => {
    it('is empty, and has a total once the audience is listed to its end', async () => {
      const store = await make();
      expect(await store.tally(campaign)).toStrictEqual(counted({}));
      await store.advance(campaign, undefined, { pages: 1, people: 2, cursor: 'c', done: false });
      await claimed(store, 2);
      expect(await store.tally(campaign)).toStrictEqual(counted({}));
      await store.advance(campaign, { pages: 1, people: 2, cursor: 'c', done: false }, listed(2, 3));
      expect(await store.tally(campaign)).toStrictEqual(counted({ total: 3 }));
      expect(await store.tally('r1.m2')).toStrictEqual(counted({}));
    });

    const courses: readonly (readonly [readonly DeliveryStatus[], Partial<Tally>])[] = [
      [['claimed'], {}],
      [['declined', 'sent'], { declined: 1 }],
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
        for (const status of course) await store.mark(campaign, person(0), status);
        expect(await store.tally(campaign)).toEqual(counted(expected));
      });
    }

    it('does not count one who was never claimed', async () => {
      const store = await make();
      await store.mark(campaign, person(0), 'delivered');
      expect(await store.tally(campaign)).toEqual(counted({}));
      expect(await store.claim(campaign, person(0), startMs)).toBe(true);
    });

    it(`counts each of ${racers} once, when events come at once, twice and in any order`, async () => {
      const store = await make();
      await claimed(store, racers);
      const events: readonly DeliveryStatus[] = ['delivered', 'unknown', 'sent', 'sent', 'unknown'];
      await Promise.all(
        times(racers, person).flatMap((one, index) =>
          // One in five is only given up.
          (index % 5 === 0 ? (['unknown', 'unknown'] as const) : events).map((status) =>
            store.mark(campaign, one, status),
          ),
        ),
      );
      expect(await store.tally(campaign)).toEqual(counted({ sent: racers * 0.8, failed: racers * 0.2 }));
    });
  });
}

function describeLists(make: () => Promise<CampaignStore>): void {
  describe('the silent', () => {
    it('were claimed before an instant and not heard of since', async () => {
      const store = await make();
      await claimed(store, 6);
      await store.mark(campaign, person(0), 'sent');
      await store.mark(campaign, person(1), 'unknown');
      await store.release(campaign, person(2));
      const silent = async (beforeMs: number, limit: number) =>
        [...(await store.silent(campaign, beforeMs, limit))].sort();
      expect(await silent(startMs + 5, 100)).toEqual([person(3), person(4)].sort());
      expect(await silent(startMs + 6, 100)).toEqual([person(3), person(4), person(5)].sort());
      expect(await silent(startMs + 3, 100)).toEqual([]);
      expect(await silent(startMs + 6, 2)).toHaveLength(2);
      expect(await store.silent('r1.m2', startMs + 6, 100)).toEqual([]);
    });
  });

  describe('the reached', () => {
    it('have it, or may have it, in pages, each once, in the order of people', async () => {
      const store = await make();
      await claimed(store, 30);
      await Promise.all(times(25, (index) => store.mark(campaign, person(index), 'sent')));
      await store.mark(campaign, person(0), 'delivered');
      await store.mark(campaign, person(1), 'bounced');
      await store.mark(campaign, person(2), 'complained');
      await store.mark(campaign, person(25), 'failed');
      await store.mark(campaign, person(26), 'unknown');
      await store.mark(campaign, person(27), 'declined');
      await store.release(campaign, person(28));
      // Of 26 it is not known, and 29 may get it yet: a correction must reach them, too.
      const expected = [...times(25, person), person(26), person(29)]
        .filter((one) => one !== person(1))
        .toSorted();
      for (const limit of [1, 7, 25, 26, 1000]) expect(await reached(store, limit)).toStrictEqual(expected);
    });

    it('are nobody before anybody was sent anything', async () => {
      const store = await make();
      expect(await store.reached(campaign, undefined, 10)).toStrictEqual({ people: [] });
      await store.listing(campaign);
      expect(await reached(store, 10)).toEqual([]);
    });

    it('go on after any person, also one of another campaign', async () => {
      const store = await make();
      await claimed(store, 20);
      const stranger = personOf('of another campaign');
      const { people } = await store.reached(campaign, stranger, 100);
      expect(people).toStrictEqual(
        times(20, person)
          .filter((one) => one > stranger)
          .toSorted(),
      );
    });

    it('are, at each page, all up to the person who is its cursor', async () => {
      const store = await make();
      await claimed(store, 20);
      const everybody = times(20, person).toSorted();
      await Promise.all(everybody.slice(0, 8).map((one) => store.mark(campaign, one, 'bounced')));
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.reached(campaign, cursor, 3);
        seen.push(...page.people);
        cursor = page.cursor;
        const upTo = cursor ?? everybody.at(-1) ?? '';
        expect(seen).toStrictEqual(everybody.slice(8).filter((one) => one <= upTo));
      } while (cursor !== undefined);
    });

    it('are each listed once although more are reached between two pages', async () => {
      const store = await make();
      await claimed(store, 20);
      const seen: string[] = [];
      let cursor: string | undefined;
      // Others are claimed between them while the list is read.
      for (let pages = 0; pages === 0 || cursor !== undefined; pages += 1) {
        const page = await store.reached(campaign, cursor, 5);
        seen.push(...page.people);
        await store.claim(campaign, person(20 + pages), startMs);
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
