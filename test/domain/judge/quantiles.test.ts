import { describe, expect, it } from 'vitest';
import { averageLogE } from '#domain/judge/average.ts';
import { bandRadius, higherMoreOften } from '#domain/judge/quantiles.ts';
import { course, expectedE } from './folding.ts';

describe('the band around a distribution', () => {
  it.each([
    [100, 0.269176],
    [1000, 0.086569],
    [10_000, 0.027711],
    [100_000, 0.008846],
  ])('after %i values is the golden value', (n, expected) => {
    expect(bandRadius(n, 0.05)).toBeCloseTo(expected, 6);
  });

  it.each([0.05, 0.01, 0.001])('has a constant that the theorem allows at alpha %d', (alpha) => {
    expect(riskOf(0.8 * Math.log(1612 / alpha))).toBeLessThanOrEqual(alpha);
  });

  it('is a little wider than the best constant, which is the one of the published unit test', () => {
    // The published value begins at t = 100: 0.85 sqrt((ln ln(e 1000/100) + C) / 1000) = 0.08204769 with the best C.
    const best = (0.08204769 / 0.85) ** 2 * 1000 - Math.log1p(Math.log(10));
    expect(riskOf(best)).toBeCloseTo(0.05, 4);
    expect((0.8 * Math.log(1612 / 0.05)) / best).toBeLessThan(1.03);
  });

  it('needs a value and a risk', () => {
    expect(() => bandRadius(0, 0.05)).toThrow(/n 0: must be above 0/);
    expect(() => bandRadius(10, 1)).toThrow(/alpha 1/);
  });
});

describe('the higher value, minute by minute', () => {
  const test = higherMoreOften({ hours: 1 });
  const higher = { nT: 1, xT: 1800, nC: 1, xC: 1500 };

  it('bets on treatment, ties left out', () => {
    const lower = { nT: 1, xT: 1500, nC: 1, xC: 1800 };
    const tie = { nT: 1, xT: 3, nC: 2, xC: 6 };
    const money = [0.55, 0.6, 0.7, 0.8, 0.95].map((q) => 2 * q * (2 * (1 - q)));
    const expected = Math.log(money.reduce((sum, one) => sum + one, 0) / 5);
    expect(course(test, [higher, tie, lower]).at(-1)).toBeCloseTo(expected, 12);
  });

  it('is convinced after some ten minutes in a row', () => {
    const peaks = course(
      test,
      Array.from({ length: 12 }, () => higher),
    );
    expect(peaks.findIndex((logE) => logE >= Math.log(100)) + 1).toBe(10);
  });

  it('is fair while both are equally often higher', () => {
    const expected = expectedE(test, test.start(), 0, { nT: 1, pT: 0.3, nC: 1, pC: 0.3 });
    expect(expected).toBeCloseTo(1, 12);
  });
});

describe('an average of tests', () => {
  it('is of E, not of its logarithm, and survives what a computer cannot hold', () => {
    expect(averageLogE([])).toBe(0);
    expect(
      averageLogE([
        { logE: 0, weight: 3 },
        { logE: Math.log(5), weight: 1 },
      ]),
    ).toBeCloseTo(Math.log(2), 12);
    expect(
      averageLogE([
        { logE: 5000, weight: 1 },
        { logE: -5000, weight: 1 },
      ]),
    ).toBeCloseTo(5000 - Math.log(2), 9);
    expect(() => averageLogE([{ logE: 0, weight: 0 }])).toThrow(/weights together 0/);
  });
});

/** Howard and Ramdas (2022), theorem 2, at A = 0.85: the risk of the constant C, at the best eta. */
function riskOf(constant: number): number {
  let best = 1;
  for (let eta = 1.0001; eta < 2 * 0.85 ** 2; eta += 0.0001) {
    const root = 0.85 - Math.sqrt((2 * (eta - 1)) / constant);
    const gammaSquared = (2 / eta) * root * root;
    if (root <= 0 || gammaSquared <= 1) continue;
    const risk = 4 * Math.exp(-gammaSquared * constant) * (1 + 1 / ((gammaSquared - 1) * Math.log(eta)));
    best = Math.min(best, risk);
  }
  return best;
}
