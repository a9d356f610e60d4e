/** Remembering makes an answer sooner, never another one, and never keeps more than it says. */
import { expect, it } from 'vitest';
import { answersMax, remembered } from '#domain/memo.ts';

function double() {
  const asked: number[] = [];
  const known = new Map<number, number>();
  const of = (key: number) =>
    remembered(known, key, (one) => {
      asked.push(one);
      if (one < 0) throw new RangeError('below zero');
      return 2 * one;
    });
  return { asked, known, of };
}

it('asks once for a key, also where the answer is zero', () => {
  const { of, asked } = double();
  expect([of(0), of(0), of(4), of(4)]).toEqual([0, 0, 8, 8]);
  expect(asked).toEqual([0, 4]);
});

it('does not remember what was thrown', () => {
  const { of, asked } = double();
  for (const _ of ['first', 'second']) expect(() => of(-1)).toThrow('below zero');
  expect(asked).toEqual([-1, -1]);
});

it('never has more than it may, and answers right all the same', () => {
  const { of, known } = double();
  for (let key = 0; key < 3 * answersMax; key += 1) {
    expect(of(key)).toBe(2 * key);
    expect(known.size).toBeLessThanOrEqual(answersMax);
  }
  expect(of(1)).toBe(2);
});
