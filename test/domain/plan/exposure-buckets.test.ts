import { describe, expect, it } from 'vitest';
import { bucketCount, cohortSeed, isExposed } from '#domain/plan/exposure-buckets.ts';
import { bucketOf } from '#test/support/hashed.ts';

const people = Array.from({ length: 20_000 }, (_, index) => `user-${index}`);
const buckets = people.map((user) => bucketOf('technicia', user));
const exposedAt = (percent: number) => people.filter((_, index) => isExposed(buckets[index] ?? -1, percent));

describe('bucketOf', () => {
  // Computed with Python: int.from_bytes(sha256(b'seed:user').digest()[:4], 'big') * 10_000 >> 32.
  it.each([
    ['technicia', 'u-1', 3394],
    ['technicia', 'marie.dupont', 9491],
    ['demo-shop', 'u-1', 4843],
    ['technicia', 'é-ü-漢', 7720],
    ['', 'x', 2159],
  ])('is the same for ever: "%s" with %s is in %i', (seed, user, bucket) => {
    expect(bucketOf(seed, user)).toBe(bucket);
  });

  it('spreads people evenly', () => {
    // 20 groups of 1,000 expected; chi-squared with 19 degrees of freedom exceeds 43.8 once in a thousand.
    const groups = new Map<number, number>();
    for (const bucket of buckets) {
      const group = Math.floor(bucket / (bucketCount / 20));
      groups.set(group, (groups.get(group) ?? 0) + 1);
    }
    expect(groups.size).toBe(20);
    const squares = [...groups.values()].map((count) => (count - 1000) ** 2 / 1000);
    expect(squares.reduce((sum, square) => sum + square, 0)).toBeLessThan(43.8);
  });

  it('tells the cohorts of two products apart', () => {
    // Independent cohorts of 10 % share 1 % of the people: 200 of 20,000, give or take 5 standard deviations (70).
    const inBoth = exposedAt(10).filter((user) => isExposed(bucketOf('demo-shop', user), 10)).length;
    expect(Math.abs(inBoth - 200)).toBeLessThan(70);
  });
});

describe('isExposed', () => {
  it.each([
    [0, 0],
    [10, 1000],
    [25, 2500],
    [50, 5000],
    [100, 10_000],
  ])('at %i % it is true of %i buckets', (percent, count) => {
    const exposed = Array.from({ length: bucketCount }, (_, bucket) => isExposed(bucket, percent));
    expect(exposed.filter(Boolean)).toHaveLength(count);
    expect(exposed.lastIndexOf(true)).toBe(count - 1);
  });

  it.each([
    [10, 2000],
    [50, 10_000],
  ])('at %i % has access who should, within five standard deviations', (percent, expected) => {
    const deviation = Math.sqrt((people.length * percent * (100 - percent)) / 10_000);
    expect(Math.abs(exposedAt(percent).length - expected)).toBeLessThan(5 * deviation);
  });

  it('never takes access away when exposure grows', () => {
    const [ten, half, all] = [10, 50, 100].map((percent) => new Set(exposedAt(percent)));
    expect([...(ten ?? [])].every((user) => half?.has(user))).toBe(true);
    expect(ten?.size).toBeLessThan(half?.size ?? 0);
    expect(all?.size).toBe(people.length);
  });
});

describe('cohortSeed', () => {
  it('is the product, so that early users stay early users', () => {
    expect(cohortSeed('technicia')).toBe('technicia');
  });
});
