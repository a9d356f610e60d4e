/** What every store of answers keeps: one holder of a key at a time, and the same answer for a day. */
import { describe, expect, it } from 'vitest';
import type { KeptAnswer, KeptAnswers, KeyedRequest } from '#application/ports/idempotency.ts';
import { minuteMs } from '#domain/time.ts';
import { racers, times } from './race.ts';

const atMs = Date.parse('2025-03-10T09:00:00Z');
const dayMs = 1440 * minuteMs;
const request: KeyedRequest = { caller: 'ada', key: 'k-1', digest: 'pause' };
const answer: KeptAnswer = {
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: '{"é":1}',
};
const yours = { status: 'yours' };
const underWay = { status: 'under-way' };
const answered = { status: 'answered', answer };

export function describeAnswers(make: () => Promise<KeptAnswers>): void {
  describe('a key', () => {
    it(`is given to one of ${racers} who ask at once`, async () => {
      const store = await make();
      const claims = await Promise.all(times(racers, () => store.claim(request, atMs)));
      expect(claims.filter(({ status }) => status === 'yours')).toHaveLength(1);
      expect(claims.filter(({ status }) => status === 'under-way')).toHaveLength(racers - 1);
    });

    it('leads to the same answer, for a day', async () => {
      const store = await make();
      expect(await store.claim(request, atMs)).toEqual(yours);
      await store.keep(request, atMs, answer);
      expect(await store.claim(request, atMs + 1)).toEqual(answered);
      expect(await store.claim(request, atMs + dayMs - 1)).toEqual(answered);
      expect(await store.claim(request, atMs + dayMs)).toEqual(yours);
      expect(await store.claim(request, atMs + dayMs + 1)).toEqual(underWay);
    });

    it('is for one request, whether that was answered or not', async () => {
      const store = await make();
      const other = { ...request, digest: 'abort' };
      await store.claim(request, atMs);
      expect(await store.claim(other, atMs + 2 * minuteMs)).toEqual({ status: 'other' });
      await store.keep(request, atMs, answer);
      expect(await store.claim(other, atMs + 2 * minuteMs)).toEqual({ status: 'other' });
      expect(await store.claim(other, atMs + dayMs)).toEqual(yours);
    });

    it('is each caller’s own, and each key is', async () => {
      const store = await make();
      await store.claim(request, atMs);
      expect(await store.claim({ ...request, caller: 'eve' }, atMs)).toEqual(yours);
      expect(await store.claim({ ...request, key: 'k-2' }, atMs)).toEqual(yours);
      expect(await store.claim({ ...request, caller: 'ada"', key: ',k-1' }, atMs)).toEqual(yours);
    });

    it('that is given back is free, but not once it has an answer', async () => {
      const store = await make();
      await store.claim(request, atMs);
      await store.giveBack(request, atMs);
      expect(await store.claim({ ...request, digest: 'abort' }, atMs + 1)).toEqual(yours);
      await store.giveBack(request, atMs + 1);
      await store.claim(request, atMs + 2);
      await store.keep(request, atMs + 2, answer);
      await store.giveBack(request, atMs + 2);
      expect(await store.claim(request, atMs + 3)).toEqual(answered);
    });

    it('of somebody who broke off is free after a minute; they can neither answer nor give back any more', async () => {
      const store = await make();
      await store.claim(request, atMs);
      expect(await store.claim(request, atMs + minuteMs - 1)).toEqual(underWay);
      expect(await store.claim(request, atMs + minuteMs)).toEqual(yours);
      await store.keep(request, atMs, { ...answer, body: 'late' });
      await store.giveBack(request, atMs);
      expect(await store.claim(request, atMs + minuteMs + 1)).toEqual(underWay);
      await store.keep(request, atMs + minuteMs, answer);
      expect(await store.claim(request, atMs + minuteMs + 2)).toEqual(answered);
    });
  });
}
