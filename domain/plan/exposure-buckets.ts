/**
 * Who belongs to the 10 %, the 50 %, the 100 %: bucket = sha256(seed:userId). Deterministic, so that a cohort is the same
 * after an abort and a retry, and nested, so that nobody who has access loses it when exposure grows.
 */
import { createHash } from 'node:crypto';

/** Buckets are hundredths of a percent: 0 to 9,999. */
export const bucketCount = 10_000;

/** The first 4 bytes of sha256("seed:userId"), big-endian, scaled to 0..9999. */
export function bucketOf(seed: string, userId: string): number {
  const hash = createHash('sha256').update(`${seed}:${userId}`).digest();
  return Math.floor((hash.readUInt32BE(0) / 2 ** 32) * bucketCount);
}

/** Whether a user has access at this exposure, in percent. */
export const isExposed = (bucket: number, exposurePercent: number) =>
  bucket < exposurePercent * (bucketCount / 100);

/** The seed of a product's cohorts: of the product, not of the release, so that early users stay early users. */
export const cohortSeed = (product: string) => product;
