/** What every WaitStore keeps: one answer, of the newest epoch, and the token of the last who armed. */
import { describe, expect, it } from 'vitest';
import type { WaitStore } from '#application/ports/workflow.ts';
import type { Wait } from '#domain/rules/wait.ts';
import { racers, times } from './race.ts';

const wanted = {
  releaseId: 'r1',
  waitId: 'pilot.1.gate',
  kind: 'gate',
  phase: 'pilot',
  attempt: 1,
  token: 't1',
  armedAt: '2025-03-10T09:00:00.000Z',
} as const;
const timed = { ...wanted, deadlineAt: '2025-03-12T18:00:00.000Z', reference: 'r1/deploy#1' };
const answer = { outcome: 'promote', reason: { text: '', readings: [1, 0.5, null, true] } };

export function describeWaitStore(make: () => Promise<WaitStore>): void {
  const get = (store: WaitStore) => store.get('r1', wanted.waitId);

  describe('arming', () => {
    it('parks the token', async () => {
      const store = await make();
      expect(await get(store)).toBeUndefined();
      expect(await store.open('r1')).toEqual([]);
      const armed = { ...timed, epoch: 1, status: 'armed' };
      expect(await store.arm(timed)).toStrictEqual(armed);
      expect(await get(store)).toStrictEqual(armed);
      expect(await store.open('r1')).toStrictEqual([armed]);
    });

    it('again replaces the token and forgets what was answered and what was planned', async () => {
      const store = await make();
      const first = await store.arm(timed);
      await store.settle(first, answer);
      const second = { ...wanted, token: 't2', epoch: 2, status: 'armed' };
      expect(await store.arm({ ...wanted, token: 't2' })).toStrictEqual(second);
      expect(await get(store)).toStrictEqual(second);
      await store.close(second as Wait, 'settled');
      expect(await store.arm(wanted)).toStrictEqual({ ...wanted, epoch: 3, status: 'armed' });
      expect(await store.open('r1')).toHaveLength(1);
    });

    it(`${racers} times at once gives every token an epoch of its own; the newest stays`, async () => {
      const store = await make();
      const armed = await Promise.all(times(racers, (index) => store.arm({ ...wanted, token: `t${index}` })));
      expect(armed.map(({ epoch }) => epoch).sort((a, b) => a - b)).toEqual(
        times(racers, (index) => index + 1),
      );
      expect(await get(store)).toStrictEqual(armed.find(({ epoch }) => epoch === racers));
    });
  });

  describe('settling', () => {
    it('gives the wait its answer', async () => {
      const store = await make();
      const wait = await store.arm(timed);
      const settling = { ...wait, status: 'settling', answer };
      expect(await store.settle(wait, answer)).toStrictEqual({ won: true, wait: settling });
      expect(await get(store)).toStrictEqual(settling);
      expect(await store.open('r1')).toStrictEqual([settling]);
    });

    it(`${racers} times at once has one winner, whose answer all others are told`, async () => {
      const store = await make();
      const wait = await store.arm(wanted);
      const ends = await Promise.all(times(racers, (index) => store.settle(wait, { by: index })));
      expect(ends.filter(({ won }) => won)).toHaveLength(1);
      const stored = await get(store);
      expect(stored?.answer).toEqual(ends.find(({ won }) => won)?.wait?.answer);
      expect(ends.every((end) => end.wait?.answer?.['by'] === stored?.answer?.['by'])).toBe(true);
    });

    it('a wait that was armed again, closed or never armed loses, and says what is there', async () => {
      const store = await make();
      const never = { ...wanted, epoch: 1, status: 'armed' } as const;
      expect(await store.settle(never, answer)).toEqual({ won: false, wait: undefined });
      const old = await store.arm(wanted);
      const now = await store.arm({ ...wanted, token: 't2' });
      expect(await store.settle(old, answer)).toStrictEqual({ won: false, wait: now });
      await store.close(now, 'cancelled');
      const cancelled = { ...now, status: 'cancelled' };
      expect(await store.settle(now, answer)).toStrictEqual({ won: false, wait: cancelled });
    });
  });

  describe('closing', () => {
    it('ends a wait once; the first word stays', async () => {
      const store = await make();
      const wait = await store.arm(wanted);
      await store.settle(wait, answer);
      await store.close(wait, 'settled');
      await store.close(wait, 'cancelled');
      expect(await get(store)).toStrictEqual({ ...wait, status: 'settled', answer });
      expect(await store.open('r1')).toEqual([]);
    });

    it('does nothing to a wait that was armed again, or that is not there', async () => {
      const store = await make();
      const old = await store.arm(wanted);
      const now = await store.arm(wanted);
      await store.close(old, 'cancelled');
      expect(await store.open('r1')).toStrictEqual([now]);
      await store.close({ ...now, waitId: 'other' }, 'settled');
      expect(await store.get('r1', 'other')).toBeUndefined();
    });
  });

  describe('the open waits', () => {
    it('are those of one release, armed or settling', async () => {
      const store = await make();
      const waits: Wait[] = [];
      for (const waitId of ['a', 'b', 'c', 'd']) waits.push(await store.arm({ ...wanted, waitId }));
      await store.arm({ ...wanted, releaseId: 'r10' });
      const [a, b, c] = waits;
      if (a) await store.settle(a, answer);
      if (b) await store.close(b, 'cancelled');
      if (c) await store.close(c, 'settled');
      const open = await store.open('r1');
      expect(open.map(({ waitId, status }) => `${waitId} ${status}`).sort()).toEqual([
        'a settling',
        'd armed',
      ]);
    });
  });
}
