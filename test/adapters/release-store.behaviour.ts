/** What every ReleaseStore keeps: one winner, nothing half written, the history whole. */

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReleaseStore } from '#application/ports/releases.ts';
import { LedgerConflict, ProductBusy, ReleaseExists, ReleaseNotFound } from '#domain/errors.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import type { Release } from '#domain/ledger/records.ts';
import { replay } from '#domain/ledger/replay.ts';
import { quoted } from '#domain/quoted.ts';
import { anyFact } from '#test/support/facts.ts';
import { firstBroken, record } from '#test/support/hashed.ts';
import { refusedBy } from '#test/support/refusals.ts';
import { everyFact } from './every-fact.ts';
import { racers, times } from './race.ts';

const by = { at: '2025-03-10T09:00:00.000Z', actor: 'user:ada' };
const paused: Fact = { type: 'release.paused', reason: quoted('wait') };
const closed: Fact = {
  type: 'release.closed',
  outcome: 'aborted',
  reason: { code: 'ordered', params: { reason: quoted('enough') } },
};
const admission = (product: string): Fact => ({ ...everyFact['release.admitted'], product });

/** Commits facts to a release, or admits one, and answers what it is now. */
async function happen(store: ReleaseStore, release: Release | string, ...facts: readonly Fact[]) {
  const { next, entries } = record(release, facts, by);
  await store.commit(typeof release === 'string' ? undefined : release, next, entries);
  return next;
}
const admit = (store: ReleaseStore, id = 'r1', product = 'demo') => happen(store, id, admission(product));

/** How a race went: how many won, and why the others lost. */
async function race(runs: readonly Promise<unknown>[]) {
  const ends = await Promise.allSettled(runs);
  const lost = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
  return { won: ends.length - lost.length, lost };
}

export function describeReleaseStore(make: () => Promise<ReleaseStore>): void {
  describe('a release that is loaded', () => {
    it('is unknown before it was admitted', async () => {
      const store = await make();
      await expect(store.load('r1')).rejects.toBeInstanceOf(ReleaseNotFound);
      expect(await store.history('r1', 0, 10)).toEqual([]);
      expect(await store.active(10)).toEqual([]);
    });

    it('is what was committed, after a fact of every type', async () => {
      const store = await make();
      const [first, ...rest] = Object.values(everyFact);
      let release = await happen(store, 'r1', first as Fact);
      for (const fact of rest) {
        await happen(store, release, fact);
        const loaded = await store.load('r1');
        expect(loaded, fact.type).toStrictEqual(record(release, [fact], by).next);
        release = loaded;
      }
      const entries = await store.history('r1', 0, 1000);
      expect(entries.map(({ fact }) => fact)).toStrictEqual(Object.values(everyFact));
      expect(firstBroken(entries)).toBeUndefined();
      expect(replay('r1', entries)).toStrictEqual(release);
    });

    it('is what its ledger adds up to, whatever happened', async () => {
      let runs = 0;
      const store = await make();
      const batches = fc.array(fc.array(anyFact, { minLength: 1, maxLength: 5 }), { maxLength: 4 });
      const property = fc.asyncProperty(batches, async (facts) => {
        runs += 1;
        const id = `p${runs}`;
        let release = await admit(store, id, id);
        for (const batch of facts) release = await happen(store, release, ...batch);
        const entries = await store.history(id, 0, 1000);
        expect(await store.load(id)).toStrictEqual(release);
        expect(firstBroken(entries)).toBeUndefined();
        expect(replay(id, entries)).toStrictEqual(release);
      });
      await fc.assert(property, { numRuns: 25 });
    });

    it('has lost the ticks of a phase that was entered again', async () => {
      const store = await make();
      const opened = await happen(store, await admit(store), everyFact['phase.opened']);
      const ticked = await happen(store, opened, everyFact['item.ticked'], everyFact['item.waived']);
      expect(Object.keys((await store.load('r1')).items)).toHaveLength(2);
      await happen(store, ticked, { type: 'phase.opened', phase: 'pilot', attempt: 2 });
      expect((await store.load('r1')).items).toEqual({});
    });

    it('is whole while others write to it', async () => {
      const store = await make();
      let release = await happen(store, await admit(store), everyFact['phase.opened']);
      const reads: Promise<Release>[] = [];
      for (const seconds of times(10, (index) => index)) {
        reads.push(store.load('r1'), store.load('r1'));
        const tick: Fact = { ...everyFact['item.ticked'], item: `i${seconds}` };
        release = await happen(store, release, tick, { type: 'phase.opened', phase: 'pilot', attempt: 2 });
      }
      const entries = await store.history('r1', 0, 1000);
      for (const seen of await Promise.all(reads)) {
        expect(seen).toStrictEqual(replay('r1', entries.slice(0, seen.seq)));
      }
    });
  });

  describe('history', () => {
    it('comes in pages, oldest first', async () => {
      const store = await make();
      let release = await admit(store);
      for (const _ of times(3, () => 0)) release = await happen(store, release, ...times(20, () => paused));
      const seqs = async (afterSeq: number, limit: number) =>
        (await store.history('r1', afterSeq, limit)).map(({ seq }) => seq);
      expect(await seqs(0, 1000)).toEqual(times(61, (index) => index + 1));
      expect(await seqs(0, 25)).toEqual(times(25, (index) => index + 1));
      expect(await seqs(25, 25)).toEqual(times(25, (index) => index + 26));
      expect(await seqs(50, 25)).toEqual(times(11, (index) => index + 51));
      expect(await seqs(61, 25)).toEqual([]);
    });
  });

  describeStarts(make);
  describeRaces(make);
  describeProduct(make);
  describeEnded(make);
}

/** What becomes of starts that somebody has asked for. */
function describeStarts(make: () => Promise<ReleaseStore>): void {
  describe('a start', () => {
    const start = {
      releaseId: 'r1',
      executionArn: 'arn:1',
      startedBy: 'ada',
      at: '2025-03-10T09:00:00.000Z',
    };
    const refused = { code: 'product-busy', params: { product: 'demo', release: 'r0' } } as const;

    it('that nobody asked for is unknown', async () => {
      const store = await make();
      await store.keepStart(start);
      expect(await store.start('r2')).toBeUndefined();
      expect(await store.start('r1')).toEqual(start);
      await expect(store.load('r1')).rejects.toBeInstanceOf(ReleaseNotFound);
    });

    it('stays refused when whoever asked comes late to say so', async () => {
      const store = await make();
      await store.keepStart({ ...start, refused });
      await store.keepStart(start);
      expect(await store.start('r1')).toEqual({ ...start, refused });
    });

    it('that is asked for again takes the place of the one before', async () => {
      const store = await make();
      await store.keepStart({ ...start, refused });
      const again = { ...start, executionArn: 'arn:2' };
      await store.keepStart(again);
      expect(await store.start('r1')).toEqual(again);
      await store.keepStart({ ...again, refused });
      expect(await store.start('r1')).toEqual({ ...again, refused });
    });

    it('is nothing of the release that is admitted then', async () => {
      const store = await make();
      await store.keepStart({ ...start, refused });
      await admit(store);
      expect((await store.load('r1')).seq).toBe(1);
      expect(await store.history('r1', 0, 10)).toHaveLength(1);
      expect(await store.active(10)).toEqual(['r1']);
    });
  });
}

function describeRaces(make: () => Promise<ReleaseStore>): void {
  describe('a race', () => {
    it(`of ${racers} commits at one sequence number has one winner`, async () => {
      const store = await make();
      const release = await admit(store);
      const { won, lost } = await race(
        times(racers, (index) =>
          happen(store, release, { type: 'release.paused', reason: quoted(`${index}`) }),
        ),
      );
      expect(won).toBe(1);
      expect(lost.every((error) => error instanceof LedgerConflict)).toBe(true);
      expect(await store.history('r1', 0, 1000)).toHaveLength(2);
      expect((await store.load('r1')).seq).toBe(2);
    });

    it(`of ${racers} admissions of one id has one winner`, async () => {
      const store = await make();
      const { won, lost } = await race(times(racers, (index) => admit(store, 'r1', `demo${index}`)));
      expect(won).toBe(1);
      expect(lost.every((error) => error instanceof ReleaseExists)).toBe(true);
      expect(await store.active(10)).toEqual(['r1']);
    });

    it(`of ${racers} admissions of one product has one winner`, async () => {
      const store = await make();
      const { won, lost } = await race(times(racers, (index) => admit(store, `r${index}`)));
      expect(won).toBe(1);
      expect(lost.every((error) => error instanceof ProductBusy)).toBe(true);
      const active = await store.active(1000);
      expect(active).toHaveLength(1);
      const messages = lost.map((error) => (error instanceof Error ? error.message : ''));
      expect(messages.every((message) => message.includes(`"${active[0]}"`))).toBe(true);
    });
  });

  describe('a commit that is refused', () => {
    it('says that the release has moved on, and writes nothing', async () => {
      const store = await make();
      const old = await admit(store);
      const now = await happen(store, old, everyFact['phase.opened']);
      await expect(happen(store, old, everyFact['task.opened'], closed)).rejects.toThrow(LedgerConflict);
      expect((await refusedBy(happen(store, old, paused))).says).toContain('since sequence number 1');
      expect(await store.load('r1')).toStrictEqual(now);
      expect(await store.history('r1', 0, 10)).toHaveLength(2);
      await expect(admit(store, 'r2')).rejects.toThrow(ProductBusy);
    });

    it('says what the release is that has the id', async () => {
      const store = await make();
      const release = await admit(store);
      expect((await refusedBy(admit(store))).says).toContain('is active');
      await happen(store, release, closed);
      expect((await refusedBy(admit(store))).says).toContain('is aborted');
      await expect(admit(store, 'r1', 'other')).rejects.toThrow(ReleaseExists);
    });

    it('is one to a release that there is not', async () => {
      const { next } = record('r1', [admission('demo')], by);
      await expect(happen(await make(), next, paused)).rejects.toThrow(LedgerConflict);
    });

    it('has more than 20 entries', async () => {
      const store = await make();
      const release = await admit(store);
      await happen(store, release, ...times(20, () => paused));
      const now = await store.load('r1');
      await expect(happen(store, now, ...times(21, () => paused))).rejects.toThrow(RangeError);
      expect(await store.load('r1')).toStrictEqual(now);
    });
  });
}

function describeProduct(make: () => Promise<ReleaseStore>): void {
  describe('a product', () => {
    it('is given back when its release closes, and can be released again', async () => {
      const store = await make();
      const first = await admit(store);
      expect((await refusedBy(admit(store, 'r2'))).says).toContain('is being released by "r1"');
      await happen(store, first, closed);
      expect(await store.active(10)).toEqual([]);
      await admit(store, 'r2');
      expect(await store.active(10)).toEqual(['r2']);
      expect((await refusedBy(admit(store, 'r3'))).says).toContain('is being released by "r2"');
    });

    it('stays with its next release when something is still noted in the last one', async () => {
      const store = await make();
      const ended = await happen(store, await admit(store), closed);
      await admit(store, 'r2');
      await happen(store, ended, everyFact['measure.recorded']);
      expect(await store.active(10)).toEqual(['r2']);
      await expect(admit(store, 'r3')).rejects.toThrow(ProductBusy);
    });

    it('is one of several that are released at a time', async () => {
      const store = await make();
      for (const index of times(5, (one) => one)) await admit(store, `r${index}`, `demo${index}`);
      expect([...(await store.active(1000))].sort()).toEqual(['r0', 'r1', 'r2', 'r3', 'r4']);
      expect(await store.active(2)).toHaveLength(2);
    });

    it('has the access that the release which changed it last has decided, whatever became of it', async () => {
      const store = await make();
      const changed = (to: number): Fact => ({ ...everyFact['exposure.changed'], to });
      const first = await admit(store);
      expect(await store.access('demo')).toBeUndefined();
      const exposed = await happen(store, first, changed(10));
      await happen(store, await happen(store, exposed, paused), closed);
      expect(await store.access('demo')).toStrictEqual({ releaseId: 'r1', percent: 10 });
      const second = await admit(store, 'r2');
      expect(await store.access('demo')).toStrictEqual({ releaseId: 'r1', percent: 10 });
      const grown = await happen(store, second, changed(10), changed(50));
      expect(await store.access('demo')).toStrictEqual({ releaseId: 'r2', percent: 50 });
      await happen(store, grown, { ...changed(0) });
      expect(await store.access('demo')).toStrictEqual({ releaseId: 'r2', percent: 0 });
      expect(await store.access('other')).toBeUndefined();
    });

    it('is looked for and read within limits', async () => {
      const store = await make();
      for (const limit of [0, -1, 1001, 1.5]) {
        await expect(store.active(limit), `active(${limit})`).rejects.toThrow(RangeError);
        await expect(store.history('r1', 0, limit), `history(${limit})`).rejects.toThrow(RangeError);
      }
    });
  });
}

function describeEnded(make: () => Promise<ReleaseStore>): void {
  /** Releases of one product after another, each ended a minute after the one before. */
  async function endedOnes(store: ReleaseStore, count: number) {
    for (const index of times(count, (one) => one)) {
      const at = new Date(Date.parse(by.at) + index * 60_000).toISOString();
      const open = await admit(store, `r${index}`);
      const { next, entries } = record(open, [closed], { ...by, at });
      await store.commit(open, next, entries);
    }
  }

  describe('releases that have ended', () => {
    it('come in pages, the last one to end first, and no active one among them', async () => {
      const store = await make();
      expect(await store.ended(10, undefined)).toEqual({ releases: [] });
      await endedOnes(store, 7);
      await admit(store, 'r9');
      const read: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.ended(3, cursor);
        read.push(...page.releases.map(({ id }) => id));
        cursor = page.cursor;
      } while (cursor !== undefined);
      expect(read).toEqual(['r6', 'r5', 'r4', 'r3', 'r2', 'r1', 'r0']);
    });

    it('are read without their rows, as they are now', async () => {
      const store = await make();
      await endedOnes(store, 1);
      const noted = await happen(store, await store.load('r0'), everyFact['measure.recorded']);
      const { releases } = await store.ended(10, undefined);
      const [head] = releases;
      expect(head).toMatchObject({ id: 'r0', status: 'aborted', closedAt: by.at, seq: noted.seq });
      expect(Object.keys(head ?? {}).filter((member) => ['phases', 'measures'].includes(member))).toEqual([]);
    });

    it('are looked for from any place of time, and within limits', async () => {
      const store = await make();
      await endedOnes(store, 3);
      const ids = async (cursor: string) => (await store.ended(10, cursor)).releases.map(({ id }) => id);
      expect(await ids('2025-03-10T09:01:30.000Z#x')).toEqual(['r1', 'r0']);
      expect(await ids('1970-01-01T00:00:00.000Z#x')).toEqual([]);
      expect(await ids('9999-12-31T00:00:00.000Z#x')).toEqual(['r2', 'r1', 'r0']);
      for (const limit of [0, 101, 1.5])
        await expect(store.ended(limit, undefined), `ended(${limit})`).rejects.toThrow(RangeError);
    });
  });
}
