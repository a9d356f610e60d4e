/** What every BakeStore keeps: a tick counts once, and only in its own epoch. */
import { describe, expect, it } from 'vitest';
import { type BakeState, startBake } from '#domain/bake.ts';
import type { BakeStore } from '#domain/ports.ts';
import { racers, times } from './race.ts';

const startedMs = Date.parse('2025-03-10T09:00:00Z');
const key = { releaseId: 'r1', waitId: 'pilot.1.bake', epoch: 1 };
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
  concluded: { verdict: 'unhealthy', reason: { kind: 'verdict', check: 'errors', text: 'Errors: 2 %' } },
});

export function describeBakeStore(make: () => Promise<BakeStore>): void {
  const get = (store: BakeStore, epoch = 1) => store.get(key.releaseId, key.waitId, epoch);

  describe('a bake', () => {
    it('is remembered as it was', async () => {
      const store = await make();
      expect(await get(store)).toBeUndefined();
      expect(await store.put(key, undefined, first)).toBe(true);
      expect(await get(store)).toStrictEqual(first);
      expect(await store.put(key, first, second)).toBe(true);
      expect(await get(store)).toStrictEqual(second);
      expect(await store.get('r2', key.waitId, 1)).toBeUndefined();
      expect(await store.get('r1', 'pilot.2.bake', 1)).toBeUndefined();
    });

    it('counts a tick that comes twice once', async () => {
      const store = await make();
      await store.put(key, undefined, first);
      expect(await store.put(key, undefined, afterMinutes(5))).toBe(false);
      expect(await store.put(key, first, second)).toBe(true);
      expect(await store.put(key, first, second)).toBe(false);
      expect(await store.put(key, first, afterMinutes(11))).toBe(false);
      expect(await get(store)).toStrictEqual(second);
    });

    it(`counts ${racers} first ticks at once, and ${racers} second ones, once each`, async () => {
      const store = await make();
      const run = async (before: BakeState | undefined, minutes: number) => {
        const ends = await Promise.all(
          times(racers, (index) => store.put(key, before, afterMinutes(minutes + index))),
        );
        return ends.filter(Boolean).length;
      };
      expect(await run(undefined, 1)).toBe(1);
      expect(await run(await get(store), 100)).toBe(1);
    });

    it('begins again in a new epoch', async () => {
      const store = await make();
      await store.put(key, undefined, first);
      expect(await get(store, 2)).toBeUndefined();
      expect(await store.put({ ...key, epoch: 2 }, first, second)).toBe(false);
      expect(await store.put({ ...key, epoch: 2 }, undefined, second)).toBe(true);
      expect(await get(store, 2)).toStrictEqual(second);
      expect(await get(store, 1)).toBeUndefined();
    });

    it('is not overwritten by a late tick of an older epoch', async () => {
      const store = await make();
      await store.put({ ...key, epoch: 2 }, undefined, second);
      expect(await store.put(key, first, afterMinutes(20))).toBe(false);
      expect(await store.put(key, undefined, first)).toBe(false);
      expect(await get(store, 2)).toStrictEqual(second);
    });
  });
}
