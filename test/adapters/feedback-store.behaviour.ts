/** What every FeedbackStore keeps: one answer per person and question, the newest, and tallies that are exact. */

import { describe, expect, it } from 'vitest';
import type { FeedbackStore, SurveyAnswer } from '#application/ports/audience.ts';
import { problems } from '#domain/audience/feedback.ts';
import { personOf } from '#test/support/hashed.ts';
import { racers, times } from './race.ts';

const atMs = Date.parse('2025-05-20T09:00:00Z');
const answer = (index: number, value: number, question = 'satisfaction'): SurveyAnswer => ({
  releaseId: 'r1',
  person: personOf(`u${index}`),
  question,
  value,
  good: value >= 4,
});

export function describeFeedbackStore(make: () => Promise<FeedbackStore>): void {
  describe('an answer', () => {
    it('is kept for its person, question and release', async () => {
      const store = await make();
      expect(await store.tallies('r1')).toEqual({});
      expect(await store.put(answer(1, 5), atMs)).toBe(true);
      expect(await store.put(answer(1, 0, 'usage'), atMs)).toBe(true);
      expect(await store.of('r1', personOf('u1'))).toEqual({ satisfaction: 5, usage: 0 });
      expect(await store.of('r1', personOf('u2'))).toEqual({});
      expect(await store.of('r2', personOf('u1'))).toEqual({});
      expect(await store.tallies('r2')).toEqual({});
    });

    it('that is changed counts once, as it is now', async () => {
      const store = await make();
      for (const value of [5, 2, 3, 4, 4]) await store.put(answer(1, value), atMs);
      expect(await store.tallies('r1')).toEqual({ satisfaction: { answers: 1, good: 1 } });
      await store.put(answer(1, 1), atMs);
      expect(await store.tallies('r1')).toEqual({ satisfaction: { answers: 1, good: 0 } });
      expect(await store.of('r1', personOf('u1'))).toEqual({ satisfaction: 1 });
    });

    it('is changed twenty times at most; the last one that was taken counts', async () => {
      const store = await make();
      for (const nth of times(20, (one) => one))
        expect(await store.put(answer(1, 1 + (nth % 5)), atMs)).toBe(true);
      expect(await store.put(answer(1, 1), atMs)).toBe(false);
      expect(await store.of('r1', personOf('u1'))).toEqual({ satisfaction: 5 });
      expect(await store.tallies('r1')).toEqual({ satisfaction: { answers: 1, good: 1 } });
    });

    it('that reports a problem is counted apart from all questions', async () => {
      const store = await make();
      const report = { ...answer(1, 1, problems), text: 'L’écran reste blanc <b>' };
      await store.put(report, atMs);
      await store.put({ ...report, text: 'encore' }, atMs);
      expect(await store.tallies('r1')).toEqual({ [problems]: { answers: 1, good: 0 } });
    });
  });

  it(`tallies are exact when ${racers} people answer at once, some of them twice`, async () => {
    const store = await make();
    await Promise.all(
      times(racers, (index) => index).flatMap((index) => [
        store.put(answer(index, index % 2 === 0 ? 5 : 1), atMs),
        ...(index % 3 === 0 ? [store.put(answer(index, index % 2 === 0 ? 5 : 1), atMs)] : []),
      ]),
    );
    const good = times(racers, (index) => index).filter((index) => index % 2 === 0).length;
    expect(await store.tallies('r1')).toEqual({ satisfaction: { answers: racers, good } });
  });
}
