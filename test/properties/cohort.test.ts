import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketCount, isExposed } from '#domain/plan/exposure-buckets.ts';
import { bucketOf } from '#test/support/hashed.ts';

const anyone = [fc.string(), fc.string({ unit: 'grapheme' })] as const;
const percent = fc.integer({ min: 0, max: 100 });

describe('whoever the user and whatever the seed', () => {
  it('the bucket is one of 0 to 9,999, and always the same', () => {
    fc.assert(
      fc.property(...anyone, (seed, user) => {
        const bucket = bucketOf(seed, user);
        expect(Number.isInteger(bucket) && bucket >= 0 && bucket < bucketCount).toBe(true);
        expect(bucketOf(seed, user)).toBe(bucket);
      }),
    );
  });

  it('who has access at some percentage keeps it at every higher one', () => {
    fc.assert(
      fc.property(...anyone, percent, percent, (seed, user, one, other) => {
        const bucket = bucketOf(seed, user);
        const [lower, higher] = [Math.min(one, other), Math.max(one, other)];
        expect(isExposed(bucket, lower) && !isExposed(bucket, higher)).toBe(false);
      }),
    );
  });

  it('nobody has access at 0 %, everybody at 100 %', () => {
    fc.assert(
      fc.property(...anyone, (seed, user) => {
        const bucket = bucketOf(seed, user);
        expect([isExposed(bucket, 0), isExposed(bucket, 100)]).toEqual([false, true]);
      }),
    );
  });
});
