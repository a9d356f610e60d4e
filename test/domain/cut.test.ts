/** Where texts are cut: between two signs as they are seen, and never longer than there is room. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginningOf, endOf } from '#domain/cut.ts';

const signs = ['a', 'é', 'e\u0301', '😀', '👩‍👩‍👧', '🇫🇷', '한', 'க்ஷி', '\r\n', ' '];
const texts = fc.array(fc.constantFrom(...signs), { maxLength: 30 });
const graphemes = (text: string) =>
  [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment);

describe('a text that is cut', () => {
  it('keeps whole signs of its beginning and of its end, as many as there is room for', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 8, max: 40 }), (parts, max) => {
        const text = parts.join('');
        const all = graphemes(text);
        for (const [cut, from] of [
          [beginningOf(text, max), 0],
          [endOf(text, max), -1],
        ] as const) {
          expect(cut.length).toBeLessThanOrEqual(max);
          const kept = graphemes(cut);
          expect(from === 0 ? all.slice(0, kept.length) : all.slice(all.length - kept.length)).toEqual(kept);
          const next = from === 0 ? all[kept.length] : all.at(-1 - kept.length);
          if (next !== undefined) expect(cut.length + next.length).toBeGreaterThan(max);
        }
      }),
    );
  });

  it('is all there when there is room', () => {
    expect([beginningOf('été', 3), endOf('été', 3)]).toEqual(['été', 'été']);
  });

  it('is cut between two characters when one sign is longer than the room', () => {
    const tall = `a${'\u0301'.repeat(1000)}`;
    expect([beginningOf(tall, 10), endOf(tall, 10)].map((cut) => cut.length)).toEqual([10, 10]);
  });

  it.each([0, -3])('has no end when there is no room: %i', (max) => {
    expect(endOf('abc', max)).toBe('');
  });
});
