/** What all sequential tests promise: plain state, no news from nothing, numbers whatever is counted, fair odds. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { notWorse } from '#domain/judge/certificate.ts';
import type { SequentialTest } from '#domain/judge/e-process.ts';
import { objective, objectiveMet } from '#domain/judge/objective.ts';
import type { PairedCounts } from '#domain/judge/paired-counts.ts';
import { higherMoreOften } from '#domain/judge/quantiles.ts';
import { rateRatio } from '#domain/judge/rate-ratio.ts';
import { split } from '#domain/judge/split.ts';
import { twoSample } from '#domain/judge/two-sample.ts';
import { course, fold, pairs } from './folding.ts';

const tests: readonly (readonly [string, () => SequentialTest<unknown>])[] = [
  ['rateRatio', () => rateRatio({ ratioMax: 1.1, hours: 48 })],
  ['rateRatio, plain', () => rateRatio({ ratioMax: 1, hours: 1, sparse: 'as-they-are' })],
  ['notWorse', () => notWorse({ ratioMax: 1.5 })],
  ['objective', () => objective({ badShareMax: 0.001, hours: 3 })],
  ['objective, of a common event', () => objective({ badShareMax: 0.79, hours: 1 })],
  ['objectiveMet', () => objectiveMet({ badShareMax: 0.01 })],
  ['twoSample', () => twoSample({ usualBadShare: 0.2, hours: 4 })],
  ['twoSample, forgetting', () => twoSample({ usualBadShare: 0.001, hours: 1, keptPerMinute: 0.97 })],
  ['split', () => split({ concentration: 100 })],
  ['split, mismatch', () => split({ concentration: 10_000 })],
  ['higherMoreOften', () => higherMoreOften({ hours: 2 })],
];

describe.each(tests)('%s', (_name, make) => {
  it('starts with E = 1', () => {
    const test = make();
    expect(test.logE(test.start())).toBeCloseTo(0, 12);
    expect(test.logPeak(test.start())).toBe(0);
  });

  it('goes on from stored state as if it had never been stored', () => {
    fc.assert(
      fc.property(pairs(2000), fc.nat(40), (blocks, at) => {
        const test = make();
        let stored = test.start();
        for (const [minute, pair] of blocks.entries()) {
          if (minute === at) stored = JSON.parse(JSON.stringify(stored));
          test.add(stored, minute * 7, pair);
        }
        const straight = test.start();
        for (const [minute, pair] of blocks.entries()) test.add(straight, minute * 7, pair);
        expect(JSON.parse(JSON.stringify(stored))).toEqual(JSON.parse(JSON.stringify(straight)));
        expect(structuredClone(stored)).toEqual(stored);
        expect(test.logE(stored)).toBe(test.logE(straight));
      }),
      { numRuns: 60 },
    );
  });

  it('learns nothing from minutes in which nothing was counted', () => {
    fc.assert(
      fc.property(pairs(500), fc.nat(40), (blocks, at) => {
        const test = make();
        const state = fold(test, blocks);
        const before = [test.logE(state), test.logPeak(state)];
        for (let minute = 0; minute < at % 10; minute += 1) {
          test.add(state, blocks.length, { nT: 0, xT: 0, nC: 0, xC: 0 });
        }
        expect([test.logE(state), test.logPeak(state)]).toEqual(before);
      }),
      { numRuns: 40 },
    );
  });

  it('has a peak that is the highest ln E so far', () => {
    fc.assert(
      fc.property(pairs(1000), (blocks) => {
        const test = make();
        const peak = Math.max(0, ...course(test, blocks));
        expect(test.logPeak(fold(test, blocks))).toBeCloseTo(peak, 9);
      }),
      { numRuns: 60 },
    );
  });

  it('stays a number, whatever is counted', () => {
    const count = fc.oneof(
      fc.constantFrom(0, 1, 5, 1e9, Number.MAX_SAFE_INTEGER, 1e300, Number.MAX_VALUE, Number.MIN_VALUE),
      fc.double({ min: 0, max: 1e12, noNaN: true }),
    );
    const block: fc.Arbitrary<PairedCounts> = fc.record({ nT: count, xT: count, nC: count, xC: count });
    fc.assert(
      fc.property(fc.array(block, { maxLength: 30 }), (blocks) => {
        const test = make();
        for (const logE of course(test, blocks)) expect(logE).toBeTypeOf('number');
        const state = fold(test, blocks);
        expect(Number.isFinite(test.logE(state))).toBe(true);
        expect(Number.isFinite(test.logPeak(state))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1])('refuses a block of %s events', (nT) => {
    const test = make();
    expect(() => test.add(test.start(), 0, { nT, xT: 0, nC: 1, xC: 0 })).toThrow(RangeError);
  });
});
