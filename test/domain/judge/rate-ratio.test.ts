import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { notWorse } from '#domain/judge/certificate.ts';
import type { PairedCounts } from '#domain/judge/paired-counts.ts';
import { rateRatio } from '#domain/judge/rate-ratio.ts';
import { ratioBound } from '#domain/judge/ratio-bound.ts';
import { trafficOf } from '../../../bench/judge/traffic.ts';
import { course, expectedE, fold, pairOf, pairs } from './folding.ts';

const golden = (
  [
    [100, 1, 900, 4],
    [100, 0, 900, 5],
    [0, 0, 1000, 6],
    [98, 3, 912, 4],
    [105, 4, 880, 5],
    [500, 12, 500, 3],
    [480, 9, 520, 2],
  ] as const
).map(pairOf);

const plain = (ratioMax: number) => rateRatio({ ratioMax, hours: 1, sparse: 'as-they-are' });

describe('the ratio of bad shares', () => {
  it('gives the golden values', () => {
    const expected = [0.000625, -0.519222, -0.519222, 0.730081, 3.006598, 5.669816, 8.231045];
    for (const [at, logE] of course(plain(1), golden).entries())
      expect(logE).toBeCloseTo(expected[at] ?? 0, 6);
    expect(course(plain(1.1), golden).at(-1)).toBeCloseTo(7.019495, 6);
  });

  it('finds the regression of the note at its minute', () => {
    const test = plain(1);
    const state = test.start();
    const found = trafficOf({ seed: 2_010_000, requests: 10, ratio: 4 }).findIndex((pair, minute) => {
      test.add(state, minute, pair);
      return test.logPeak(state) >= Math.log(100);
    });
    expect(found + 1).toBe(1220);
  });

  it('with hourly starts is the sum over all copies, counted one by one', () => {
    const stream = trafficOf({ seed: 7, requests: 300, ratio: 1.6, minutes: 600 });
    const test = rateRatio({ ratioMax: 1.1, hours: 10, sparse: 'as-they-are' });
    for (const [at, logE] of course(test, stream).entries()) {
      expect(logE).toBeCloseTo(allCopies(stream.slice(0, at + 1), 1.1, 10), 9);
    }
  });

  it.each([
    ['one request a minute is gathered', 10],
    ['a hundred are not', 1000],
  ])('are gathered where a minute has too little: %s', (_what, requests) => {
    const stream = trafficOf({ seed: 3, requests, ratio: 1, minutes: 120 });
    const gathered = course(rateRatio({ ratioMax: 1.1, hours: 2 }), stream);
    const asTheyAre = course(rateRatio({ ratioMax: 1.1, hours: 2, sparse: 'as-they-are' }), stream);
    expect(JSON.stringify(gathered) === JSON.stringify(asTheyAre)).toBe(requests === 1000);
  });

  it('closes a block after five of each, after fifteen minutes, and at a silence', () => {
    const test = rateRatio({ ratioMax: 1, hours: 1 });
    const state = test.start();
    const open = (minute: number, pair: PairedCounts) => {
      test.add(state, minute, pair);
      return state.open?.openedMinute ?? null;
    };
    expect(open(0, { nT: 4, xT: 1, nC: 90, xC: 1 })).toBe(0);
    expect(open(1, { nT: 1, xT: 0, nC: 90, xC: 1 })).toBe(null);
    expect(open(2, { nT: 1, xT: 0, nC: 9, xC: 0 })).toBe(2);
    expect(open(15, { nT: 1, xT: 0, nC: 9, xC: 0 })).toBe(2);
    expect(open(16, { nT: 1, xT: 0, nC: 9, xC: 0 })).toBe(null);
    expect(open(20, { nT: 1, xT: 1, nC: 9, xC: 0 })).toBe(20);
    const before = test.logE(state);
    expect(open(90, { nT: 1, xT: 0, nC: 9, xC: 0 })).toBe(90);
    expect(test.logE(state)).toBeGreaterThan(before);
  });

  it('is fair or worse at every block, whatever the risks below the tolerated ratio', () => {
    fc.assert(
      fc.property(
        pairs(30, 10),
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 0, max: 6 }),
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 48 }),
        fc.integer({ min: 10, max: 4000 }),
        (past, nT, nC, ratioMax, pC, below, hours, minute) => {
          const test = rateRatio({ ratioMax, hours, sparse: 'as-they-are' });
          const before = fold(test, past);
          const pT = Math.min(1, ratioMax * pC) * below;
          const expected = expectedE(test, before, minute, { nT, pT, nC, pC });
          expect(expected).toBeLessThanOrEqual(Math.exp(test.logE(before)) * (1 + 1e-9));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('learns nothing from blocks without a bad event or without one of the cohorts', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), fc.nat(50), (nT, nC, x) => {
        const silent = [
          { nT, xT: 0, nC, xC: 0 },
          { nT: 0, xT: 0, nC, xC: x },
          { nT, xT: x, nC: 0, xC: 0 },
        ];
        expect(course(plain(1.1), silent)).toEqual(
          course(plain(1.1), []).concat([0, 0, 0].map((zero) => zero)),
        );
      }),
    );
  });

  it('rises with each further bad event in treatment', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 1, max: 9000 }),
        fc.nat(9),
        (nT, nC, x) => {
          const logEOf = (xT: number) => course(plain(1), [{ nT, xT, nC, xC: 5 }])[0] ?? 0;
          expect(logEOf(x + 1)).toBeGreaterThan(logEOf(x));
        },
      ),
    );
  });
});

describe('the certificate', () => {
  it('is the test of a ratio seen from the other side', () => {
    // 1/0.5, 1/0.8, 1/1 are not the alternatives of the test: the formula is the same, so one block is enough to compare.
    const pair = { nT: 300, xT: 1, nC: 700, xC: 7 };
    const theta = 0.3;
    const byHand = [0.5, 0.8, 1].map((ratio) =>
      Math.exp(1 * Math.log(ratio / 1.5) - 8 * Math.log((1 + theta * (ratio - 1)) / (1 + theta * 0.5))),
    );
    const [logE] = course(notWorse({ ratioMax: 1.5 }), [pair]);
    expect(logE).toBeCloseTo(
      Math.log((byHand[0] ?? 0) / 3 + (byHand[1] ?? 0) / 3 + (byHand[2] ?? 0) / 3),
      12,
    );
  });

  it('is fair or worse while treatment is at least that bad', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 6 }),
        fc.double({ min: 1.01, max: 5, noNaN: true }),
        fc.double({ min: 0, max: 0.2, noNaN: true }),
        (nT, nC, ratioMax, pC) => {
          const test = notWorse({ ratioMax });
          // Larger than what is gathered, so that the block closes: five copies of each cohort.
          const expected = expectedE(test, test.start(), 14, {
            nT: nT + 4,
            pT: Math.min(1, ratioMax * pC),
            nC: nC + 4,
            pC,
          });
          expect(expected).toBeLessThanOrEqual(1 + 1e-9);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('comes when the release is as good as control, and not when it is as bad as it may not be', () => {
    const certified = (ratio: number) => {
      const test = notWorse({ ratioMax: 2 });
      return test.logPeak(fold(test, trafficOf({ seed: 11, requests: 1000, ratio }))) >= Math.log(20);
    };
    expect(certified(1)).toBe(true);
    expect(certified(2)).toBe(false);
  });
});

describe('the bound of the ratio', () => {
  it('excludes the ratios that the test rejects, and no others', () => {
    const stream = trafficOf({ seed: 5, requests: 1000, ratio: 3, minutes: 300 });
    const bound = ratioBound(stream, 0.05);
    expect(bound).toBeGreaterThan(1.5);
    expect(bound).toBeLessThan(3);
    const logE = (ratioMax: number) => course(plain(ratioMax), stream).at(-1) ?? 0;
    expect(logE(bound)).toBeGreaterThanOrEqual(Math.log(20));
    expect(logE(bound * 1.001)).toBeLessThan(Math.log(20));
  });

  it('excludes nothing where nothing was seen', () => {
    expect(ratioBound([], 0.05)).toBe(0);
    expect(ratioBound([{ nT: 100, xT: 1, nC: 900, xC: 0 }], 0.05)).toBe(0);
  });
});

it.each([
  [() => rateRatio({ ratioMax: 0, hours: 1 }), /ratioMax 0: must be above 0/],
  [() => rateRatio({ ratioMax: Number.NaN, hours: 1 }), /ratioMax NaN/],
  [
    () => rateRatio({ ratioMax: 1.1, hours: 0.5 }),
    /hours 0\.5: must be a whole number of at least 1; round up/,
  ],
  [() => notWorse({ ratioMax: 1 }), /ratioMax 1: must be above 1/],
  [() => ratioBound([], 0), /alpha 0: must be above 0/],
  [() => course(rateRatio({ ratioMax: 1, hours: 1 }), [{ nT: -1, xT: 0, nC: 1, xC: 0 }]), /a block of -1/],
])('refuses what cannot be: %s', (make, message) => {
  expect(make).toThrow(RangeError);
  expect(make).toThrow(message);
});

/** The definition, copy by copy: what the incremental sums must equal. */
function allCopies(stream: readonly PairedCounts[], nullRatio: number, copies: number): number {
  const terms: number[] = [];
  for (let start = 0; start < copies; start += 1) {
    const weight = start === 0 ? 0.5 : 0.5 / (copies - 1);
    for (const factor of [1.25, 1.5, 2, 4, 10]) {
      let log = Math.log(weight / 5);
      for (const { nT, xT, nC, xC } of stream.slice(start * 60)) {
        if (nT + nC === 0) continue;
        const theta = nT / (nT + nC);
        log +=
          xT * Math.log(factor) -
          (xT + xC) * Math.log((1 + theta * (factor * nullRatio - 1)) / (1 + theta * (nullRatio - 1)));
      }
      terms.push(log);
    }
  }
  const top = Math.max(...terms);
  return top + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - top), 0));
}
