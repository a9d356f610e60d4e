import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logRising } from '#domain/judge/log-rising.ts';
import { swapped } from '#domain/judge/paired-counts.ts';
import { mismatchConcentration, split, volumeConcentration } from '#domain/judge/split.ts';
import { course, expectedE, fold, pairs } from './folding.ts';

/** Lindon and Malek's formula, from the totals. */
function fromTotals(concentration: number, rho: number, xT: number, xC: number): number {
  const [a, b] = [concentration * rho, concentration * (1 - rho)];
  const rising = logRising(a, xT) + logRising(b, xC) - logRising(a + b, xT + xC);
  return rising - xT * Math.log(rho) - xC * Math.log(1 - rho);
}

describe('the logarithm of a rising factorial', () => {
  it('is the sum of the logarithms of its factors', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e4, noNaN: true }), fc.nat(200), (a, x) => {
        let sum = 0;
        for (let at = 0; at < x; at += 1) sum += Math.log(a + at);
        expect(logRising(a, x)).toBeCloseTo(sum, 8);
      }),
    );
  });

  it('keeps its digits where the factorials themselves have none left', () => {
    expect(logRising(1e9, 1)).toBeCloseTo(Math.log(1e9), 6);
    expect(logRising(5, 0)).toBeCloseTo(0, 12);
  });
});

describe('a split', () => {
  it('is the Dirichlet mixture of the totals while exposure stays', () => {
    const stays = fc.array(fc.tuple(fc.nat(50), fc.nat(300)), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(
        stays,
        fc.constantFrom(volumeConcentration, mismatchConcentration),
        (blocks, concentration) => {
          const test = split({ concentration });
          const state = fold(
            test,
            blocks.map(([xT, xC]) => ({ nT: 10, xT, nC: 90, xC })),
          );
          const [xT, xC] = blocks.reduce(([t, c], [x, y]) => [t + x, c + y] as const, [0, 0] as const);
          expect(test.logE(state)).toBeCloseTo(fromTotals(concentration, 0.1, xT, xC), 7);
        },
      ),
    );
  });

  it('sees too few as it sees too many: the cohorts may be swapped', () => {
    fc.assert(
      fc.property(pairs(500), (blocks) => {
        const test = split({ concentration: 100 });
        const there = course(test, blocks);
        const back = course(test, blocks.map(swapped));
        for (const [at, logE] of there.entries()) expect(back[at]).toBeCloseTo(logE, 6);
      }),
    );
  });

  it('is fair while every event comes from treatment as exposed, through changes of exposure', () => {
    fc.assert(
      fc.property(
        pairs(100, 10),
        fc.integer({ min: 1, max: 99 }),
        fc.integer({ min: 0, max: 15 }),
        (past, percent, events) => {
          const test = split({ concentration: 100 });
          const before = fold(test, past);
          const rho = percent / 100;
          let expected = 0;
          for (let xT = 0; xT <= events; xT += 1) {
            const state = structuredClone(before);
            test.add(state, 100, { nT: percent, xT, nC: 100 - percent, xC: events - xT });
            const ways = Math.exp(logRising(events - xT + 1, xT) - logRising(1, xT));
            expected +=
              ways * rho ** xT * (1 - rho) ** (events - xT) * Math.exp(test.logE(state) - test.logE(before));
          }
          expect(expected).toBeCloseTo(1, 8);
        },
      ),
    );
  });

  it('keeps what it learnt when exposure grows', () => {
    const test = split({ concentration: volumeConcentration });
    const tenth = Array.from({ length: 60 }, () => ({ nT: 10, xT: 7, nC: 90, xC: 90 }));
    const half = Array.from({ length: 60 }, () => ({ nT: 50, xT: 35, nC: 50, xC: 50 }));
    const before = test.logE(fold(test, tenth));
    const anew = test.logE(fold(test, half));
    expect(test.logE(fold(test, [...tenth, ...half]))).toBeGreaterThan(before + anew);
  });

  it('is worth nothing to bet on for a release that is fine', () => {
    const test = split({ concentration: 100 });
    expect(expectedE(test, test.start(), 0, { nT: 1, pT: 1, nC: 1, pC: 1 })).toBeLessThan(2);
    expect(() => split({ concentration: 0 })).toThrow(/concentration 0: must be above 0/);
  });
});
