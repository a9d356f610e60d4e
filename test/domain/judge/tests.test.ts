/** What every sequential test keeps, whatever it is fed. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { notWorse } from '#domain/judge/certificate.ts';
import type { SequentialTest } from '#domain/judge/e-process.ts';
import { meanAbove, meanDifference } from '#domain/judge/mean.ts';
import { objective, objectiveMet } from '#domain/judge/objective.ts';
import type { Pair } from '#domain/judge/pair.ts';
import { rateRatio, ratioAtLeast } from '#domain/judge/rate-ratio.ts';
import { minutesToSee, type SightSettings, smallestRatio } from '#domain/judge/sight.ts';
import { split } from '#domain/judge/split.ts';
import { twoSample } from '#domain/judge/two-sample.ts';

const tests: Readonly<Record<string, SequentialTest<unknown>>> = Object.fromEntries(
  Object.entries({
    'rate ratio': rateRatio({ ratioMax: 1.1, hours: 48 }),
    'rate ratio, one start': rateRatio({ ratioMax: 1, hours: 1 }),
    objective: objective({ badShareMax: 0.01, hours: 48 }),
    'objective met': objectiveMet({ badShareMax: 0.01 }),
    certificate: notWorse({ ratioMax: 1.5 }),
    'two samples': twoSample({ usualBadShare: 0.2, hours: 48 }),
    volume: split({ concentration: 100 }),
    mismatch: split({ concentration: 10_000 }),
  }).map(([name, test]) => [name, test as SequentialTest<unknown>]),
);

/** From no traffic at all to a billion requests a minute; bad events are a part of all. */
const some = fc.integer({ min: 0, max: 9 }).chain((digits) => fc.integer({ min: 0, max: 10 ** digits }));
const cohort = some.chain((n) => fc.tuple(fc.constant(n), fc.integer({ min: 0, max: n })));
const pair = fc.tuple(cohort, cohort).map(([[nT, xT], [nC, xC]]): Pair => ({ nT, xT, nC, xC }));
const stream = fc.array(fc.tuple(fc.integer({ min: 0, max: 90 }), pair), { maxLength: 60 });

function run(
  test: SequentialTest<unknown>,
  all: readonly (readonly [number, Pair])[],
  state = test.start(),
): unknown {
  let minute = 0;
  for (const [gap, one] of all) {
    minute += gap;
    test.add(state, minute, one);
  }
  return state;
}

describe.each(Object.entries(tests))('%s', (_name, test) => {
  it('starts without evidence', () => {
    expect(test.logE(test.start())).toBeCloseTo(0, 12);
  });

  it('is a number whatever is counted', () => {
    fc.assert(
      fc.property(stream, (all) => {
        expect(test.logE(run(test, all))).not.toBeNaN();
      }),
    );
  });

  it('goes on from its stored state as if it had never been stored', () => {
    fc.assert(
      fc.property(stream, (all) => {
        const stored = test.start();
        let minute = 0;
        let state: unknown = stored;
        for (const [gap, one] of all) {
          minute += gap;
          state = JSON.parse(JSON.stringify(state));
          test.add(state, minute, one);
        }
        expect(test.logE(state)).toBe(test.logE(run(test, all)));
      }),
      { numRuns: 50 },
    );
  });

  it('is not moved by minutes without traffic', () => {
    const quiet: Pair = { nT: 0, xT: 0, nC: 0, xC: 0 };
    const state = test.start();
    for (let minute = 0; minute < 59; minute += 1) test.add(state, minute, quiet);
    expect(test.logE(state)).toBeCloseTo(0, 9);
  });
});

describe('the factor of a block', () => {
  const factorial = (n: number) =>
    Array.from({ length: n }, (_, i) => Math.log(i + 1)).reduce((sum, one) => sum + one, 0);
  const chance = (n: number, x: number, p: number) =>
    Math.exp(factorial(n) - factorial(x) - factorial(n - x) + x * Math.log(p) + (n - x) * Math.log1p(-p));

  /** The exact mean of E after one block, over all that could have been counted. */
  function meanOf(test: SequentialTest<unknown>, nT: number, pT: number, nC: number, pC: number): number {
    let mean = 0;
    for (let xT = 0; xT <= nT; xT += 1) {
      for (let xC = 0; xC <= nC; xC += 1) {
        const state = test.start();
        test.add(state, 0, { nT, xT, nC, xC });
        mean += chance(nT, xT, pT) * chance(nC, xC, pC) * Math.exp(test.logE(state));
      }
    }
    return mean;
  }
  const size = fc.integer({ min: 5, max: 14 });
  const share = fc.double({ min: 0.001, max: 0.9, noNaN: true });

  it.each<[string, SequentialTest<unknown>, (p: number) => readonly [number, number]]>([
    [
      'of a version exactly as bad as allowed',
      rateRatio({ ratioMax: 1.1, hours: 1 }) as SequentialTest<unknown>,
      (p) => [Math.min(0.99, 1.1 * p), p],
    ],
    [
      'of a better version',
      rateRatio({ ratioMax: 1.1, hours: 1 }) as SequentialTest<unknown>,
      (p) => [p / 2, p],
    ],
    [
      'of a service at its objective',
      objective({ badShareMax: 0.1, hours: 1 }) as SequentialTest<unknown>,
      (p) => [Math.min(p, 0.1), p],
    ],
    [
      'of two cohorts that are alike',
      twoSample({ usualBadShare: 0.2, hours: 1 }) as SequentialTest<unknown>,
      (p) => [p, p],
    ],
    [
      'of a version as bad as the certificate refuses',
      notWorse({ ratioMax: 1.5 }) as SequentialTest<unknown>,
      (p) => [Math.min(0.99, 1.5 * p), Math.min(0.66, p)],
    ],
  ])('is 1 at most, in the mean: %s', (_title, test, shares) => {
    fc.assert(
      fc.property(size, size, share, (nT, nC, p) => {
        const [pT, pC] = shares(p);
        expect(meanOf(test, nT, pT, nC, pC)).toBeLessThanOrEqual(1 + 1e-9);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a mean', () => {
  const minutes = (count: number, treated: number, control: number): Pair[] =>
    Array.from({ length: count }, (_, minute) => {
      const noise = 1 + 0.05 * Math.sin(minute * 12.9898);
      const other = 1 + 0.05 * Math.cos(minute * 78.233);
      return { nT: 100, xT: 100 * treated * noise, nC: 900, xC: 900 * control * other };
    });
  const fired = (test: ReturnType<typeof meanAbove>, all: readonly Pair[]): number | undefined => {
    const state = test.start();
    const minute = all.findIndex((one, index) => {
      test.add(state, index, one);
      return test.exceeded(state);
    });
    return minute === -1 ? undefined : minute + 1;
  };

  it('that is worse is found soon, but not within the warm-up', () => {
    const test = meanDifference({ tolerance: 0.05, alpha: 0.01 });
    expect(fired(test, minutes(60, 1.5, 1))).toBe(10);
  });

  it('within the tolerance is not worse', () => {
    expect(fired(meanDifference({ tolerance: 0.05, alpha: 0.01 }), minutes(2000, 1.04, 1))).toBeUndefined();
  });

  it('that becomes worse after two days is found within minutes, by a later start', () => {
    const late = [...minutes(2880, 0.8, 1), ...minutes(120, 2.5, 1)];
    const since = (hours: number) =>
      (fired(meanAbove({ limit: 2, alpha: 0.01, hours }), late) ?? Number.NaN) - 2880;
    expect(since(72)).toBeLessThanOrEqual(70);
    expect(since(1)).toBeNaN();
  });

  it('knows how far it is from what it is compared with', () => {
    const test = meanAbove({ limit: 2, alpha: 0.01 });
    const state = test.start();
    expect(test.difference(state)).toBeUndefined();
    for (const [minute, one] of minutes(30, 3, 1).entries()) test.add(state, minute, one);
    expect(test.difference(state)).toBeCloseTo(1, 1);
    expect(test.halfWidth(state)).toBeLessThan(0.2);
  });
});

describe('the bound of a ratio', () => {
  const constant = (count: number, xT: number): Pair[] =>
    Array.from({ length: count }, () => ({ nT: 1000, xT, nC: 9000, xC: 45 }));

  it('comes close to the ratio from below', () => {
    const bound = ratioAtLeast(constant(500, 20), 0.01);
    expect(bound).toBeGreaterThan(3.5);
    expect(bound).toBeLessThan(4);
  });

  it('of no data is nothing', () => {
    expect(ratioAtLeast([], 0.01)).toBe(0);
  });
});

describe('what a bake can see', () => {
  const settings: SightSettings = {
    perMinuteTreatment: 10,
    share: 0.1,
    usualBadShare: 0.005,
    minutes: 2880,
    alpha: 0.01,
    ratioMax: 1,
    hours: 48,
  };

  it.each([
    [1.25, 53_500],
    [1.5, 14_400],
    [2, 4100],
    [4, 650],
  ])('needs for a ratio of %d the requests of the note, %d', (ratio, requests) => {
    expect(minutesToSee(ratio, { ...settings, perMinuteTreatment: 1 }) / requests).toBeCloseTo(1, 1);
  });

  it('is the ratio that is found just in time', () => {
    const ratio = smallestRatio(settings) ?? Number.NaN;
    expect(minutesToSee(ratio, settings)).toBeCloseTo(settings.minutes, 3);
    expect(ratio).toBeLessThan(smallestRatio({ ...settings, perMinuteTreatment: 1 }) ?? 0);
  });

  it.each<[string, Partial<SightSettings>]>([
    ['without traffic', { perMinuteTreatment: 0 }],
    ['with almost none', { perMinuteTreatment: 0.01 }],
    ['without control', { share: 1 }],
  ])('is nothing %s', (_title, changes) => {
    expect(smallestRatio({ ...settings, ...changes })).toBeUndefined();
  });
});

describe('parameters that cannot be', () => {
  it.each<[string, () => unknown, RegExp]>([
    ['a ratio below 1', () => rateRatio({ ratioMax: 0.9, hours: 1 }), /ratioMax is 0.9: a ratio from 1 on/],
    ['a certificate of equality', () => notWorse({ ratioMax: 1 }), /ratioMax is 1: a ratio above 1/],
    [
      'a share of all',
      () => objective({ badShareMax: 1, hours: 1 }),
      /badShareMax is 1: a share between 0 and 1/,
    ],
    ['a share of none', () => twoSample({ usualBadShare: 0, hours: 1 }), /usualBadShare is 0/],
    ['no concentration', () => split({ concentration: 0 }), /concentration is 0: more than 0/],
    ['an alpha of more than a half', () => meanAbove({ limit: 1, alpha: 0.6 }), /alpha is 0.6/],
  ])('%s', (_title, make, message) => {
    expect(make).toThrow(message);
  });
});
