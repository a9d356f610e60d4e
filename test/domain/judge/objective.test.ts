import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objective, objectiveMet } from '#domain/judge/objective.ts';
import { course, expectedE, fold, pairs } from './folding.ts';

const treated = (blocks: readonly (readonly [number, number])[]) =>
  blocks.map(([nT, xT]) => ({ nT, xT, nC: 0, xC: 0 }));

describe('an objective', () => {
  it('gives the golden values', () => {
    const expected = [-0.573418, 0.206291, 2.642336, 4.788016];
    const seen = course(
      objective({ badShareMax: 0.001, hours: 1 }),
      treated([
        [1000, 1],
        [1000, 3],
        [1000, 5],
        [1000, 4],
      ]),
    );
    for (const [at, logE] of seen.entries()) expect(logE).toBeCloseTo(expected[at] ?? 0, 6);
  });

  it.each([
    ['is broken', 'at most', (share: number) => objective({ badShareMax: share, hours: 5 })],
    ['is met', 'at least', (share: number) => objectiveMet({ badShareMax: share })],
  ])('that it %s is fair or worse to bet on while the share is %s that', (_what, _side, make) => {
    fc.assert(
      fc.property(
        pairs(50, 5),
        fc.integer({ min: 0, max: 12 }),
        fc.double({ min: 0.001, max: 0.79, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (past, nT, badShareMax, inside) => {
          const test = make(badShareMax);
          const before = fold(test, past);
          const pT = _side === 'at most' ? badShareMax * inside : badShareMax + (1 - badShareMax) * inside;
          const expected = expectedE(test, before, 100, { nT, pT, nC: 0, pC: 0 });
          expect(expected).toBeLessThanOrEqual(Math.exp(test.logE(before)) * (1 + 1e-9));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('cannot be told from nothing when everything may be bad', () => {
    expect(() => objective({ badShareMax: 0.8, hours: 1 })).toThrow(
      /badShareMax 0\.8: must be above 0 and below 0\.8; give a share, 0\.001 for 99\.9 % good/,
    );
    expect(() => objectiveMet({ badShareMax: 0 })).toThrow(RangeError);
  });
});
