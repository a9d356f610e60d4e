import { expect, it } from 'vitest';
import { FirstLines } from '#domain/audience/duplicate-index.ts';

it('knows the first line of each of a hundred thousand keys, also of two that share a place', () => {
  const known = new FirstLines();
  const digits = (of: number) => (of >>> 0).toString(16).padStart(8, '0');
  const hashOf = (key: number) => `${digits(key)}${digits(Math.imul(key % 50_000, 2_654_435_761))}`;
  const keys = Array.from({ length: 100_000 }, (_, key) => key);
  expect(keys.filter((key) => known.first(hashOf(key), key + 2) !== undefined)).toEqual([]);
  expect(keys.filter((key) => known.first(hashOf(key), 1) !== key + 2)).toEqual([]);
});
