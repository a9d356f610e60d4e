import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minutesToSee, smallestRatio, type Traffic } from '#domain/judge/detectable-effect.ts';

const noted: Traffic = {
  perMinuteTreatment: 1,
  share: 0.1,
  usualBadShare: 0.005,
  alpha: 0.01,
  ratioMax: 1,
  hours: 48,
};

describe('what a bake will see', () => {
  it.each([
    [1.25, 0.001, 267_000],
    [1.25, 0.005, 53_500],
    [1.5, 0.005, 14_400],
    [2, 0.001, 20_000],
    [2, 0.005, 4_100],
    [4, 0.001, 3_200],
    [4, 0.005, 650],
    [4, 0.05, 65],
  ])('x %d of a share of %d takes the requests of the table', (ratio, usualBadShare, requests) => {
    const minutes = minutesToSee({ ...noted, usualBadShare, ratio }) ?? 0;
    expect(minutes / requests).toBeGreaterThan(0.97);
    expect(minutes / requests).toBeLessThan(1.03);
  });

  it('is the ratio that takes just the time there is', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1.2, max: 9.9, noNaN: true }),
        fc.double({ min: 0.01, max: 0.9, noNaN: true }),
        fc.constantFrom(1, 1.1),
        fc.constantFrom(1, 48),
        (ratio, share, ratioMax, hours) => {
          const traffic = { ...noted, share, ratioMax, hours };
          const minutes = minutesToSee({ ...traffic, ratio }) ?? 0;
          expect(smallestRatio({ ...traffic, minutes })).toBeCloseTo(ratio, 4);
        },
      ),
    );
  });

  it.each<[string, Partial<Traffic>, number]>([
    ['nobody uses it', { perMinuteTreatment: 0 }, 2880],
    ['everybody has it', { share: 1 }, 2880],
    ['nobody has it', { share: 0 }, 2880],
    ['it bakes for ten minutes at one request a minute', {}, 10],
    ['it bakes for no time', { perMinuteTreatment: 1000 }, 0],
  ])('is nothing when %s', (_what, changes, minutes) => {
    expect(smallestRatio({ ...noted, ...changes, minutes })).toBe(undefined);
  });

  it('is never what is tolerated', () => {
    expect(minutesToSee({ ...noted, ratioMax: 1.1, ratio: 1.1 })).toBe(undefined);
    expect(smallestRatio({ ...noted, ratioMax: 12, minutes: 1e6 })).toBe(undefined);
  });

  it.each([
    [{ share: 1.2 }, /share 1\.2: must be from 0 to 1/],
    [{ perMinuteTreatment: -1 }, /perMinuteTreatment -1/],
    [{ usualBadShare: 0 }, /usualBadShare 0/],
    [{ alpha: 0 }, /alpha 0/],
  ])('refuses parameters that cannot be: %j', (changes, message) => {
    expect(() => smallestRatio({ ...noted, ...changes, minutes: 60 })).toThrow(message);
  });
});
