/** How many people an audience has, so that nobody has to count rows. */

import { bucketOf, cohortSeed } from '../plan/exposure-buckets.ts';
import type { Sha256 } from '../sha256.ts';
import type { AudienceSelection, Imported } from './person.ts';

export interface AudienceTally {
  readonly total: number;
  readonly segments: Readonly<Record<string, number>>;
  /** 100 numbers: the people whose bucket lies in the n-th hundredth of all buckets. */
  readonly hundredths: readonly number[];
}

const hundredths = 100;
export const emptyTally: AudienceTally = {
  total: 0,
  segments: {},
  hundredths: Array.from({ length: hundredths }, () => 0),
};

const hundredthOf = (sha256: Sha256, product: string, userId: string) =>
  Math.floor(bucketOf(sha256, cohortSeed(product), userId) / hundredths);

/** With these people more, or (`by` -1) fewer. */
export function tallied(
  sha256: Sha256,
  tally: AudienceTally,
  product: string,
  people: readonly Imported[],
  by: 1 | -1 = 1,
): AudienceTally {
  const segments: Record<string, number> = { ...tally.segments };
  const counts = [...tally.hundredths];
  for (const { userId, segments: theirs = [] } of people) {
    for (const segment of theirs) segments[segment] = (segments[segment] ?? 0) + by;
    const place = hundredthOf(sha256, product, userId);
    counts[place] = (counts[place] ?? 0) + by;
  }
  return { total: tally.total + by * people.length, segments, hundredths: counts };
}

/** A percentage of exposure is a whole number, so cohorts end where hundredths do. */
export function countIn(tally: AudienceTally, audience: AudienceSelection): number {
  if ('segment' in audience) return tally.segments[audience.segment] ?? 0;
  return tally.hundredths.slice(0, audience.exposed).reduce((sum, count) => sum + count, 0);
}
