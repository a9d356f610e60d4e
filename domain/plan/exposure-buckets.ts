/**
 * Who belongs to the 10 %, the 50 %, the 100 %: bucket = sha256(seed:userId). Deterministic, so that a cohort is the same
 * after an abort and a retry, and nested, so that nobody who has access loses it when exposure grows.
 */
import type { Sha256 } from '../sha256.ts';

/** Buckets are hundredths of a percent: 0 to 9,999. */
export const bucketCount = 10_000;

/** The first 4 bytes of sha256("seed:userId"), big-endian, scaled to 0..9999. */
export function bucketOf(sha256: Sha256, seed: string, userId: string): number {
  const first = Number.parseInt(sha256(`${seed}:${userId}`).slice(0, 8), 16);
  return Math.floor((first / 2 ** 32) * bucketCount);
}

/** Whether a user has access at this exposure, in percent. */
export const isExposed = (bucket: number, exposurePercent: number) =>
  bucket < exposurePercent * (bucketCount / 100);

/** The seed of a product's cohorts: of the product, not of the release, so that early users stay early users. */
export const cohortSeed = (product: string) => product;
