import { describe, expect, it } from 'vitest';
import { perCore, quantile, type ReadFigures, slowdown, unitsDiffer } from '#bench/api/figures.ts';

const size = (releases: number, readUnits: readonly number[], ms: readonly number[]): ReadFigures => ({
  releases,
  readUnits,
  ms,
  cpuMs: 1,
});

describe('quantile', () => {
  it.each([
    [[5], 0.5, 5],
    [[3, 1, 2], 0.5, 2],
    [[4, 3, 2, 1], 0.5, 2],
    [[10, 9, 1], 0, 1],
    [Array.from({ length: 100 }, (_, index) => 100 - index), 0.99, 99],
    [Array.from({ length: 101 }, (_, index) => index), 1, 100],
  ])('is a number that was measured: of %j at %d it is %d', (numbers, part, expected) => {
    expect(quantile(numbers, part)).toBe(expected);
  });

  it('of nothing is refused', () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
  });
});

describe('what a read consumes', () => {
  it('is the same at every size and in every call, or it differs', () => {
    expect(unitsDiffer([size(1, [6, 6], [1]), size(1000, [6, 6], [9])])).toBe(false);
    expect(unitsDiffer([size(1, [6, 6], [1]), size(1000, [6.5, 6.5], [1])])).toBe(true);
    expect(unitsDiffer([size(1, [6, 6.5], [1])])).toBe(true);
  });
});

describe('the slowdown', () => {
  it('is that of the median from the first size to the last', () => {
    expect(slowdown([size(1, [6], [2, 2, 90]), size(10, [6], [50]), size(1000, [6], [3, 3, 3])])).toBe(1.5);
  });

  it('of no size is refused', () => {
    expect(() => slowdown([])).toThrow(RangeError);
  });
});

describe('requests per second of a core', () => {
  it('count the time that the process worked, not that it waited', () => {
    expect(perCore({ requests: 1000, seconds: 4, cpuSeconds: 0.5 })).toBe(2000);
  });
});
