import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { errors, load, type Span, watched, within } from '#test/support/watched-bake.ts';

it('whenever the source is away, and however often anybody looks, the evidence is that of all minutes', async () => {
  const span = fc.tuple(fc.nat(900), fc.nat(900)).map(([from, length]): Span => [from, from + length]);
  const tickMinutes = fc.integer({ min: 1, max: 240 });
  const weather = fc.record({ away: span, bad: span, empty: span, tickMinutes });
  await fc.assert(
    fc.asyncProperty(weather, async (one) => {
      // Observed only, so that the bake goes on whatever is found.
      const checks = {
        load: { ...load, class: 'observe' as const },
        errors: { ...errors, class: 'observe' as const },
      };
      const minutes = Math.ceil(4000 / one.tickMinutes) * one.tickMinutes;
      const { unjudged, step } = await watched({ checks, ...one }, minutes);
      const always = await watched({ checks, ...one, away: [0, 0] }, minutes);
      expect(unjudged.filter((minute) => !within(Number(minute.split(' ')[1]), one.empty))).toEqual([]);
      for (const id of Object.keys(checks))
        expect(step.state.memories[id]).toEqual(always.step.state.memories[id]);
    }),
    { numRuns: 25 },
  );
});
