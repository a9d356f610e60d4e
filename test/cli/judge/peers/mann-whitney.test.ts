import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shiftOf } from '#cli/judge/peers/mann-whitney.ts';
import { normalQuantile } from '#cli/judge/peers/normal.ts';

const sorted = (values: readonly number[]) => Float64Array.from(values).sort();

describe('a normal quantile', () => {
  it.each([
    [0.5, 0],
    [0.975, 1.959963985],
    [0.99, 2.326347874],
    [0.01, -2.326347874],
    [0.9999, 3.719016485],
  ])('of %d is the one of the tables', (probability, expected) => {
    expect(normalQuantile(probability)).toBeCloseTo(expected, 8);
  });

  it('of what is no probability is refused', () => {
    expect(() => normalQuantile(1)).toThrow(/probability 1: must be above 0 and below 1/);
  });
});

describe('the shift between two samples', () => {
  // Quarters: what is equal stays equal when all of it moves.
  const numbers = fc.array(
    fc.integer({ min: -400, max: 400 }).map((quarters) => quarters / 4),
    { minLength: 8, maxLength: 40 },
  );

  it('is the median of all differences', () => {
    const x = [1.1, 2.3, 3.7, 5.9, 8.2];
    const y = [0.4, 1.9, 2.2, 4.1, 4.8];
    const differences = x.flatMap((one) => y.map((other) => one - other)).sort((a, b) => a - b);
    expect(shiftOf(sorted(x), sorted(y), 0.95).estimate).toBeCloseTo(differences[12] ?? 0, 6);
  });

  it('has a lower end at the difference that the normal approximation names', () => {
    // 10 and 10 values without ties: U - 50 - 0.5 > 1.959964 * 13.2288 keeps 24 differences below, so the end is the 24th.
    const x = Array.from({ length: 10 }, (_, at) => 5 + at * 1.37);
    const y = Array.from({ length: 10 }, (_, at) => at * 1.11 + (at % 3) * 0.01);
    const differences = x.flatMap((one) => y.map((other) => one - other)).sort((a, b) => a - b);
    expect(shiftOf(sorted(x), sorted(y), 0.95).lower).toBeCloseTo(differences[23] ?? 0, 6);
  });

  it('moves with the sample', () => {
    fc.assert(
      fc.property(numbers, numbers, fc.integer({ min: -50, max: 50 }), (x, y, by) => {
        const here = shiftOf(sorted(x), sorted(y), 0.98);
        const there = shiftOf(sorted(x.map((value) => value + by)), sorted(y), 0.98);
        expect(there.estimate - here.estimate).toBeCloseTo(by, 4);
        expect(there.lower - here.lower).toBeCloseTo(by, 4);
        expect(here.lower).toBeLessThanOrEqual(here.estimate);
      }),
      { numRuns: 60 },
    );
  });
});
