import { describe, expect, it } from 'vitest';
import { historyLimit, polledBake, polledBakes } from '../../bench/cost/polled.ts';

const day = 24 * 60;

describe('a bake that is polled in the state machine', () => {
  it('of 48 h, every minute, does not fit into an execution', () => {
    expect(polledBake(2 * day, 1)).toEqual({
      turns: 2880,
      events: 25_920,
      transitions: 8640,
      fits: false,
      children: 2,
      splitTransitions: 6,
    });
  });

  it.each([
    { days: 7, every: 1, events: 90_720, transitions: 30_240, children: 4 },
    { days: 2, every: 5, events: 5184, transitions: 1728, children: 0 },
    { days: 7, every: 5, events: 18_144, transitions: 6048, children: 0 },
  ])('uses events and transitions by its turns: $days d, every $every min', ({ days, every, ...counts }) => {
    expect(polledBake(days * day, every)).toMatchObject(counts);
  });

  it('meets the limit after 46.3 h', () => {
    const hours = 46.2;
    expect(polledBake(hours * 60, 1).fits).toBe(true);
    expect(polledBake(46.3 * 60, 1).fits).toBe(false);
  });

  it('begins a turn for what is left of a minute', () => {
    expect(polledBake(7, 5).turns).toBe(2);
  });

  it('shares the history with the rest of the release', () => {
    const { events } = polledBake(day, 1);
    expect(polledBake(day, 1, historyLimit - events - 1).fits).toBe(true);
    expect(polledBake(day, 1, historyLimit - events).fits).toBe(false);
  });

  it('shares it with the bakes before it', () => {
    expect(polledBakes([day, day], 1, 400).map(({ fits }) => fits)).toEqual([true, false]);
    expect(polledBakes([2 * day, day], 1, 400).map(({ fits }) => fits)).toEqual([false, true]);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses lengths and intervals of %s minutes',
    (minutes) => {
      expect(() => polledBake(minutes, 1)).toThrow(RangeError);
      expect(() => polledBake(day, minutes)).toThrow(RangeError);
    },
  );
});
