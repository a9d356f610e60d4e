import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { twoSample } from '#domain/judge/two-sample.ts';
import { course, expectedE, fold, pairOf, pairs } from './folding.ts';

describe('two shares', () => {
  it('give the golden values', () => {
    const blocks = (
      [
        [10, 4, 90, 18],
        [12, 6, 85, 17],
        [9, 5, 95, 20],
      ] as const
    ).map(pairOf);
    const expected = [0.613049, 2.182137, 3.949227];
    const seen = course(twoSample({ usualBadShare: 0.2, hours: 1 }), blocks);
    for (const [at, logE] of seen.entries()) expect(logE).toBeCloseTo(expected[at] ?? 0, 6);
  });

  it('are fair or worse to bet on while they are the same, however wrong the guess', () => {
    fc.assert(
      fc.property(
        pairs(40, 8),
        fc.integer({ min: 5, max: 8 }),
        fc.integer({ min: 5, max: 8 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.constantFrom(1, 0.97, 0.5),
        (past, nT, nC, share, usualBadShare, keptPerMinute) => {
          const test = twoSample({ usualBadShare, hours: 6, keptPerMinute });
          const before = { ...fold(test, past), open: null };
          const expected = expectedE(test, before, 100, { nT, pT: share, nC, pC: share });
          expect(expected).toBeLessThanOrEqual(Math.exp(test.logE(before)) * (1 + 1e-9));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('wait until each cohort has five', () => {
    const few = { nT: 1, xT: 1, nC: 20, xC: 4 };
    const seen = course(twoSample({ usualBadShare: 0.2, hours: 1 }), [few, few, few, few, few]);
    expect(seen.slice(0, 4)).toEqual([0, 0, 0, 0].map((zero) => expect.closeTo(zero, 12)));
    expect(seen[4]).toBeGreaterThan(1);
  });

  it.each([
    [{ usualBadShare: 1, hours: 1 }, /usualBadShare 1: must be above 0 and below 1/],
    [{ usualBadShare: 0.2, hours: 1, keptPerMinute: 1.1 }, /keptPerMinute 1\.1/],
  ])('refuse parameters that cannot be: %j', (parameters, message) => {
    expect(() => twoSample(parameters)).toThrow(message);
  });
});
