import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { BadInput } from '#cli/terminal/exit.ts';
import { calendarDay, oneOf, wholeNumber } from '#cli/terminal/input.ts';
import { table, widest, wrap } from '#cli/terminal/layout.ts';
import { formatOf } from '#presentation/format.ts';

const signsOf = (text: string) => [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);

describe('wrap', () => {
  it('does not part a figure from its unit, nor a sign from its word', () => {
    expect(wrap('objectif atteint : 1 000 e-mails', 20)).toEqual(['objectif atteint :', '1 000 e-mails']);
  });
  it('cuts a word that no line can hold', () => {
    const lines = wrap(`a ${'x'.repeat(50)} b`, 20);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(20);
    expect(lines.join('').replaceAll(' ', '')).toBe(`a${'x'.repeat(50)}b`);
  });
  it.each([
    ['漢字', '漢字'.repeat(15), 3],
    ['an emoji of several signs', '👩‍👩‍👧'.repeat(15), 2],
    ['an accent of its own', 'e\u0301'.repeat(30), 2],
  ])('cuts no sign of %s through, and fills the line', (_, word, count) => {
    const lines = wrap(word, 20);
    expect(lines).toHaveLength(count);
    expect(lines.flatMap(signsOf)).toEqual(signsOf(word));
  });
});

describe('table', () => {
  it('has its columns one below the other, whatever is written in them', () => {
    const lines = table(
      [{ title: 'nom' }, { title: 'état' }, { title: 'n', align: 'right' }],
      [
        ['Zoé', '漢字かな', '7'],
        ['👩‍👩‍👧 et 🚀', 'ok', '10'],
        ['Jose\u0301', '한국어', '9'],
      ],
      1,
    );
    expect(lines).toEqual([
      ' nom       état       n',
      ' ────────  ────────  ──',
      ' Zoé       漢字かな   7',
      ' 👩‍👩‍👧 et 🚀  ok        10',
      ' Jose\u0301      한국어     9',
    ]);
  });
  it('takes a Latin letter and what stands beside it for what they are in a list of widths', () => {
    const signs = String.fromCodePoint(
      ...Array.from({ length: 0x2300 - 0x20 }, (_, index) => index + 0x20).filter(
        (code) => code < 0x300 || code >= 0x2000,
      ),
    );
    const wrong = [...signs].filter((sign) => widest([sign]) !== stringWidth(sign));
    expect(wrong).toEqual([]);
  });
  it('fits 110 columns when what wraps is twice as wide as it is long', () => {
    const lines = table([{ title: 'A', flexible: true }, { title: 'B' }], [['漢字'.repeat(60), 'b']], 2);
    expect(lines.slice(2).map((line) => line.replaceAll(/[^漢字]/g, '').length)).toEqual([52, 52, 16]);
  });
  it('fits 110 columns by wrapping its flexible column', () => {
    const lines = table(
      [
        { title: 'A', flexible: true },
        { title: 'B', align: 'right' },
      ],
      [['mot '.repeat(60).trim(), '7']],
      2,
    );
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(110);
    expect(lines.join(' ').match(/mot/g)).toHaveLength(60);
  });
});

describe('formats', () => {
  const french = formatOf('fr', 'Europe/Paris');
  const english = formatOf('en', 'America/New_York');
  it('writes dates in the zone of the plan, on both sides of a change of the clocks', () => {
    expect(french.moment('2025-03-30T00:59:00.000Z')).toBe('dim. 30/03/2025 01:59');
    expect(french.moment('2025-03-30T01:00:00.000Z')).toBe('dim. 30/03/2025 03:00');
    expect(english.moment('2025-03-10T03:30:00.000Z')).toBe('Sun 2025-03-09 23:30');
  });
  it('writes a value with as many digits as tell it from its objective', () => {
    expect(french.reading(99.9004, { comparison: '>', value: 99.9, unit: '%' })).toBe('99,9004 %');
    expect(french.reading(99.95, { comparison: '>', value: 99.9, unit: '%' })).toBe('99,95 %');
  });
  it('writes durations and money', () => {
    expect(french.duration(90 * 60_000)).toBe('1 h 30 min');
    expect(french.duration(74 * 3_600_000)).toBe('3 j 2 h');
    expect(french.dollars(0.688)).toBe('0,69 $');
    expect(english.dollars(0.0028)).toBe('$0.0028');
  });
});

describe('input', () => {
  it('names the value, what is allowed and what to do', () => {
    expect(() => wholeNumber('--users', 0, 10)('ten')).toThrow(
      new BadInput('--users is "ten": it must be a whole number from 0 to 10; write for example --users 1'),
    );
    expect(() => wholeNumber('--users', 0, 10)('11')).toThrow(BadInput);
    expect(() => wholeNumber('--users', 0, 10)('1e1')).toThrow(BadInput);
    expect(() => calendarDay('--launch-day')('2025-02-30')).toThrow(/must be a date of the calendar/);
    expect(() => oneOf('--lang', ['fr', 'en'])('de')).toThrow(/must be one of fr, en/);
  });
});
