import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halfWidthOf, type MeanTest, meanDifference, meanObjective } from '#domain/judge/mean.ts';
import type { PairedCounts } from '#domain/judge/paired-counts.ts';
import { randomFrom } from '../../../bench/judge/random.ts';

function fold(test: MeanTest, pairs: readonly PairedCounts[]) {
  const state = test.start();
  for (const [minute, pair] of pairs.entries()) test.add(state, minute, pair);
  return state;
}

/** 400 ms a request with noise, treatment slower by `factor`. */
function latencies(seed: number, minutes: number, factor: number): readonly PairedCounts[] {
  const random = randomFrom(seed);
  return Array.from({ length: minutes }, () => ({
    nT: 10,
    xT: 10 * factor * (400 + 40 * random.gauss()),
    nC: 90,
    xC: 90 * (400 + 15 * random.gauss()),
  }));
}

describe('the half width', () => {
  it.each([
    [60, 0.433154],
    [600, 0.144728],
    [2880, 0.069799],
  ])('after %i blocks is the golden value', (blocks, expected) => {
    expect(halfWidthOf({ variance: 1, blocks, alpha: 0.01, blocksWanted: 60 })).toBeCloseTo(expected, 6);
  });

  it('of an interval is the one of GrowthBook', () => {
    const width = halfWidthOf({ variance: 1, blocks: 5000, alpha: 0.05, blocksWanted: 5000, sides: 2 });
    expect(width).toBeCloseTo(0.042924, 6);
  });
});

describe('a difference of means', () => {
  const test = meanDifference({ tolerance: 0.05, alpha: 0.01 });

  it('is weighted, tolerant, and has the variance of the definition', () => {
    const blocks = latencies(1, 50, 1.2);
    const state = fold(test, blocks);
    const measured = blocks.map(({ nT, xT, nC, xC }) => ({
      d: xT / nT - 1.05 * (xC / nC),
      w: (nT * nC) / (nT + nC),
    }));
    const sum = measured.reduce((all, { w }) => all + w, 0);
    const difference = measured.reduce((all, { d, w }) => all + w * d, 0) / sum;
    const variance = measured.reduce((all, { d, w }) => all + w * w * (d - difference) ** 2, 0) / sum ** 2;
    expect(test.difference(state)).toBeCloseTo(difference, 8);
    expect(test.halfWidth(state)).toBeCloseTo(
      halfWidthOf({ variance: variance * 50, blocks: 50, alpha: 0.01, blocksWanted: 240 }),
      8,
    );
  });

  it('is found when it is there, and stays found', () => {
    expect(test.exceeded(fold(test, latencies(2, 120, 1.25)))).toBe(true);
    expect(test.exceeded(fold(test, [...latencies(2, 120, 1.25), ...latencies(3, 2000, 0.8)]))).toBe(true);
    expect(test.exceeded(fold(test, latencies(4, 1440, 1)))).toBe(false);
  });

  it('says nothing before it has warmed up, and nothing without both cohorts', () => {
    expect(test.difference(test.start())).toBe(undefined);
    const nine = fold(test, latencies(1, 9, 3));
    expect([test.halfWidth(nine), test.exceeded(nine)]).toEqual([undefined, false]);
    expect(fold(test, [{ nT: 5, xT: 9, nC: 0, xC: 0 }])).toEqual(test.start());
  });

  it('goes on from stored state, and stays a number', () => {
    const number = fc.double({ min: 0, max: Number.MAX_VALUE, noNaN: true });
    const block = fc.record({ nT: number, xT: number, nC: number, xC: number });
    fc.assert(
      fc.property(fc.array(block, { maxLength: 30 }), fc.array(block, { maxLength: 5 }), (before, after) => {
        const straight = fold(test, before);
        const stored = JSON.parse(JSON.stringify(straight));
        for (const pair of after) {
          test.add(straight, 0, pair);
          test.add(stored, 0, pair);
        }
        expect(stored).toEqual(straight);
        expect(test.difference(straight) ?? 0).not.toBeNaN();
        expect(test.halfWidth(straight) ?? 0).not.toBeNaN();
      }),
    );
  });

  it('is held against a constant where there is no control', () => {
    const alone = meanObjective({ meanMax: 420, alpha: 0.01 });
    const withoutControl = (factor: number) =>
      latencies(6, 300, factor).map((pair) => ({ ...pair, nC: 0, xC: 0 }));
    expect(alone.exceeded(fold(alone, withoutControl(1.25)))).toBe(true);
    expect(alone.exceeded(fold(alone, withoutControl(1)))).toBe(false);
  });

  it.each([
    [() => meanDifference({ tolerance: 0.05, alpha: 0.6 }), /alpha 0\.6: must be above 0 and below 0\.5/],
    [() => meanDifference({ tolerance: -1, alpha: 0.01 }), /tolerance -1/],
    [() => meanDifference({ tolerance: 0, alpha: 0.01, warmupBlocks: 1 }), /warmupBlocks 1/],
    [() => meanObjective({ meanMax: Number.NaN, alpha: 0.01 }), /meanMax NaN/],
  ])('refuses what cannot be: %s', (make, message) => {
    expect(make).toThrow(message);
  });
});

describe('a mean that rises after two days', () => {
  /** Means that wave by a few percent, of the version that is judged. */
  const minutes = (count: number, mean: number): readonly PairedCounts[] =>
    Array.from({ length: count }, (_, minute) => ({
      nT: 100,
      xT: 100 * mean * (1 + 0.05 * Math.sin(minute * 12.9898)),
      nC: 0,
      xC: 0,
    }));
  const all = [...minutes(2880, 0.8), ...minutes(120, 2.5)];
  const foundAfter = (hours: number) => {
    const test = meanObjective({ meanMax: 2, alpha: 0.01, hours });
    const state = test.start();
    const minute = all.findIndex((pair, index) => {
      test.add(state, index, pair);
      return test.exceeded(state);
    });
    return minute === -1 ? undefined : minute + 1 - 2880;
  };

  it('is found within minutes by the start of that hour', () => {
    expect(foundAfter(72)).toBe(10);
  });

  it('is not found in two hours by a test that starts once', () => {
    expect(foundAfter(1)).toBeUndefined();
  });
});
