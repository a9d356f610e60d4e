/** A test that has failed is found by its name: enough of its words stand in the source as they are printed. */
import { describe, expect, it } from 'vitest';
import { sourcesIn, textOf } from '#test/support/sources.ts';
import { titlesIn, wordsInARow } from '#test/support/titles.ts';

const wordsMin = 3;
const titles = sourcesIn('test').flatMap((file) =>
  titlesIn(textOf(file)).map(({ line, text }) => ({ place: `${file}:${line}`, text })),
);

describe('the title of a test', () => {
  it('has three words in a row that no table fills in', () => {
    expect(titles.length).toBeGreaterThan(1000);
    const lost = titles.filter(({ text }) => text === undefined || wordsInARow(text) < wordsMin);
    expect(lost.map(({ place, text }) => `${place}: ${text ?? 'is computed'}`)).toEqual([]);
  });

  it.each<[string, number]>([
    ['%s', 0],
    ['refuses %j', 1],
    ['%s is refused', 2],
    ['is $outcome of $' + '{all} words', 1],
    ['of %2$s the last one', 3],
    ['keeps nobody’s `name` in re-runs', 5],
  ])('has its words counted between what a table fills in: "%s" has %d in a row', (title, count) => {
    expect(wordsInARow(title)).toBe(count);
  });

  it.each<[string, readonly (string | undefined)[]]>([
    ["it('is one', () => {});", ['is one']],
    ["it(\n  'is on a line of its own',\n  async () => {},\n);", ['is on a line of its own']],
    ['it("is (quoted)", () => {}); it(`is a template`, f);', ['is (quoted)', 'is a template']],
    ["it.each([[')', 1]])('is of %s', (a) => {});", ['is of %s']],
    ["it.each<[string, (a: string) => void]>([['x', (a) => f(a)]])('is typed', (a) => {});", ['is typed']],
    ["it.each(rows)(\n  'is below',\n  f,\n);", ['is below']],
    ['it(title, () => {});', [undefined]],
    ["// it('is a comment')\nconst text = \"it('is a text')\"; submit('x'); it.each(a);", []],
  ])('is read from the source as it stands there: %s', (source, expected) => {
    expect(titlesIn(source).map(({ text }) => text)).toEqual(expected);
  });
});
