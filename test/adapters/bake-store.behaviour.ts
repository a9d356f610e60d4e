/** What every BakeStore keeps: a tick counts once, and only in its own epoch. */
import { describe, expect, it } from 'vitest';
import type { BakeStore, EvidenceReader } from '#application/ports/metrics.ts';
import type { Evidence } from '#domain/judge/evidence.ts';
import { quoted } from '#domain/quoted.ts';
import { type BakeState, startBake } from '#domain/rules/bake-clock.ts';
import { racers, times } from './race.ts';

const startedMs = Date.parse('2025-03-10T09:00:00Z');
const key = { releaseId: 'r1', waitId: 'pilot.1.bake', epoch: 1, phase: 'pilot', attempt: 1 };
/** What was seen, by when it was looked at. */
const evidence = (minutes: number): Evidence => ({
  atMs: startedMs + minutes * 60_000,
  exposure: 10,
  checks: {
    errors: {
      reading: { kind: 'value', value: 1 / 3, samples: 300, control: 0.1 },
      proven: false,
      logE: -0.25,
      threshold: 4.6,
      blocks: [[29_000_000 + minutes, 100, 1, 900, null]],
    },
    latency: {
      reading: {
        kind: 'unknown',
        fault: {
          code: 'label-of-others',
          params: { label: 'cohort', values: [quoted('a, b')], treatment: 'new', control: 'old' },
        },
      },
      proven: true,
      blocks: [],
    },
  },
});
const first = startBake(startedMs);
const afterMinutes = (minutes: number, changes: Partial<BakeState> = {}): BakeState => ({
  ...first,
  lastTickMs: startedMs + minutes * 60_000,
  healthyMinutes: minutes,
  ...changes,
});
const second = afterMinutes(10, {
  healthyMinutes: 10 / 3,
  recent: { errors: [true, false], latency: [] },
  breached: ['errors'],
  frozenSinceMs: startedMs,
  escalated: true,
  memories: {
    errors: {
      settled: 29_000_000,
      old: { trial: { sums: [0.5, -2], started: 1 }, sum: { nT: 1, xT: 0, nC: 9, xC: 1 } },
      all: { sum: { nT: 101, xT: 1, nC: 909, xC: 5 } },
      open: [{ minute: 29_000_001, treatment: { n: 100, x: 1 }, control: { n: 900, x: 4 } }],
      newest: 29_000_001,
      proven: false,
    },
  },
  concluded: {
    verdict: 'unhealthy',
    reason: {
      cause: { code: 'check', params: { check: 'errors', answer: { code: 'value', params: { value: 2 } } } },
    },
  },
});

export function describeBakeStore(make: () => Promise<BakeStore & EvidenceReader>): void {
  const get = (store: BakeStore, epoch = 1) => store.get(key.releaseId, key.waitId, epoch);

  describe('a bake', () => {
    it('is remembered as it was', async () => {
      const store = await make();
      expect(await get(store)).toBeUndefined();
      expect(await store.put(key, undefined, first, evidence(0))).toBe(true);
      expect(await get(store)).toStrictEqual(first);
      expect(await store.put(key, first, second, evidence(0))).toBe(true);
      expect(await get(store)).toStrictEqual(second);
      expect(await store.get('r2', key.waitId, 1)).toBeUndefined();
      expect(await store.get('r1', 'pilot.2.bake', 1)).toBeUndefined();
    });

    it('counts a tick that comes twice once', async () => {
      const store = await make();
      await store.put(key, undefined, first, evidence(0));
      expect(await store.put(key, undefined, afterMinutes(5), evidence(0))).toBe(false);
      expect(await store.put(key, first, second, evidence(0))).toBe(true);
      expect(await store.put(key, first, second, evidence(0))).toBe(false);
      expect(await store.put(key, first, afterMinutes(11), evidence(0))).toBe(false);
      expect(await get(store)).toStrictEqual(second);
    });

    it(`counts ${racers} first ticks at once, and ${racers} second ones, once each`, async () => {
      const store = await make();
      const run = async (before: BakeState | undefined, minutes: number) => {
        const ends = await Promise.all(
          times(racers, (index) => store.put(key, before, afterMinutes(minutes + index), evidence(0))),
        );
        return ends.filter(Boolean).length;
      };
      expect(await run(undefined, 1)).toBe(1);
      expect(await run(await get(store), 100)).toBe(1);
    });

    it('begins again in a new epoch', async () => {
      const store = await make();
      await store.put(key, undefined, first, evidence(0));
      expect(await get(store, 2)).toBeUndefined();
      expect(await store.put({ ...key, epoch: 2 }, first, second, evidence(0))).toBe(false);
      expect(await store.put({ ...key, epoch: 2 }, undefined, second, evidence(0))).toBe(true);
      expect(await get(store, 2)).toStrictEqual(second);
      expect(await get(store, 1)).toBeUndefined();
    });

    it('is not overwritten by a late tick of an older epoch', async () => {
      const store = await make();
      await store.put({ ...key, epoch: 2 }, undefined, second, evidence(0));
      expect(await store.put(key, first, afterMinutes(20), evidence(0))).toBe(false);
      expect(await store.put(key, undefined, first, evidence(0))).toBe(false);
      expect(await get(store, 2)).toStrictEqual(second);
    });
  });

  describe('the evidence of the looks', () => {
    const looks = (store: EvidenceReader, cursor?: string, limit = 10) =>
      store.looks(key.releaseId, key.phase, key.attempt, cursor, limit);

    it('is kept with the tick that won, and only with that', async () => {
      const store = await make();
      expect(await looks(store)).toEqual({ looks: [] });
      await store.put(key, undefined, first, evidence(5));
      expect(await store.put(key, undefined, afterMinutes(6), evidence(6))).toBe(false);
      await store.put(key, first, second, evidence(10));
      expect((await looks(store)).looks).toStrictEqual([evidence(5), evidence(10)]);
    });

    it('is kept over epochs, and apart by attempt and phase', async () => {
      const store = await make();
      await store.put(key, undefined, first, evidence(5));
      await store.put({ ...key, epoch: 2 }, undefined, second, evidence(10));
      await store.put({ ...key, waitId: 'pilot.2.bake', attempt: 2 }, undefined, first, evidence(15));
      await store.put({ ...key, waitId: 'all.1.bake', phase: 'all' }, undefined, first, evidence(20));
      expect((await looks(store)).looks).toStrictEqual([evidence(5), evidence(10)]);
      expect((await store.looks('r1', 'pilot', 2, undefined, 10)).looks).toStrictEqual([evidence(15)]);
    });

    it('comes in pages', async () => {
      const store = await make();
      let before: BakeState | undefined;
      for (const minutes of [5, 10, 15]) {
        const next = afterMinutes(minutes);
        await store.put(key, before, next, evidence(minutes));
        before = next;
      }
      const { looks: found, cursor } = await looks(store, undefined, 2);
      expect(found).toStrictEqual([evidence(5), evidence(10)]);
      expect((await looks(store, cursor, 2)).looks).toStrictEqual([evidence(15)]);
    });
  });
}
