/** Every refusal is said in both languages, with its values, and the words of people as they were typed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examples } from '#cli/docs/refusals/examples.ts';
import { type Quoted, quoted } from '#domain/quoted.ts';
import type { Refusal } from '#domain/refusals/refusals.ts';
import { operations } from '#functions/runtime/operations.ts';
import { operationsInEnglish } from '#presentation/messages/refusals/operations.english.ts';
import { operationsInFrench } from '#presentation/messages/refusals/operations.french.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';

const refusals = Object.values(examples).flatMap((ofType) =>
  Object.entries(ofType).map(([code, { params }]) => ({ code, params }) as Refusal),
);
const named = refusals.map((refusal) => [refusal.code, refusal] as const);
const languages = ['en', 'fr'] as const;

/** Members whose values are of closed sets, which each language says in words of its own. */
const translated: readonly string[] = [
  'number',
  ...['status', 'outcome', 'verdict', 'kind', 'at', 'operation', 'differs', 'what', 'is', 'member'],
  ...['because', 'code', 'shape', 'expected', 'received', 'order'],
];
/** Texts and numbers in parameters, with the member that they are the value of. */
const leaves = (value: unknown, member = ''): readonly (readonly [member: string, text: string])[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, one]) => leaves(one, Array.isArray(value) ? member : name))
    : [[member, String(value)]];

describe('the examples', () => {
  it('have every code once under each error', () => {
    expect(refusals.length).toBeGreaterThan(80);
    const codes = Object.values(examples).map((ofType) => Object.keys(ofType));
    for (const ofType of codes) expect(new Set(ofType).size).toBe(ofType.length);
  });
});

describe.each(named)('%s', (_, refusal) => {
  const values = leaves(refusal.params).filter(([member]) => !translated.includes(member));

  it.each(languages)('names its values in %s', (language) => {
    const said = sayRefusal(language, refusal);
    // A type that was received may be called so.
    expect(said.replaceAll('received undefined', '')).not.toMatch(/undefined|\[object|NaN/);
    expect(values.filter(([, text]) => !said.includes(text))).toEqual([]);
  });

  it('is said in French, and not in English', () => {
    const [english, french] = languages.map((language) => sayRefusal(language, refusal));
    expect(french).not.toBe(english);
    const prose = leaves(refusal.params)
      .map(([, text]) => text)
      .toSorted((a, b) => b.length - a.length)
      .reduce((said, text) => (text === '' ? said : said.replaceAll(text, ' ')), french ?? '');
    expect(prose.match(stopWords) ?? []).toEqual([]);
  });
});

/** Words that no French sentence has, names of parameters and values aside. */
const stopWords =
  /\b(?:the|is|are|was|were|has|have|had|of|not|and|to|for|it|its|with|which|this|that|by|from|be|been|at|no|nobody|somebody|there|than|release|gate is|phase is|waits?|cannot|must)\b/gi;

it('would see an English sentence', () => {
  const seen = refusals.filter((refusal) => sayRefusal('en', refusal).match(stopWords));
  expect(seen.length / refusals.length).toBeGreaterThan(0.9);
});

describe('the words of others', () => {
  const release = 'r1';
  it.each<[string, (words: Quoted) => Refusal]>([
    [
      'why a version is bad',
      (reason) => ({ code: 'version-marked-bad', params: { version: '2', release, reason } }),
    ],
    ['why a mail is refused', (said) => ({ code: 'mail-refused', params: { said } })],
    ['why no mail goes', (said) => ({ code: 'mail-service-refused', params: { said } })],
    [
      'what a runner says',
      (said) => ({ code: 'runner-refused', params: { service: 'SSM', what: 'command', said } }),
    ],
    [
      'what a queue says',
      (said) => ({ code: 'mail-queue-incomplete', params: { left: 1, jobs: 2, times: 3, said } }),
    ],
  ])('stand letter by letter: %s', (_, refusalFor) => {
    const words = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('no data: it is "1.5" ; l\'été', ' $& '),
    );
    fc.assert(
      fc.property(words, fc.constantFrom(...languages), (text, language) =>
        sayRefusal(language, refusalFor(quoted(text))).includes(text),
      ),
    );
  });
});

describe('operations', () => {
  it('are called in English what their table calls them', () => {
    expect(operationsInEnglish).toEqual(
      Object.fromEntries(Object.entries(operations).map(([name, { to }]) => [name, to])),
    );
  });

  it('each have words of their own in French', () => {
    const words = Object.values(operationsInFrench);
    expect(new Set(words).size).toBe(words.length);
    expect(words.filter((one) => one.match(stopWords))).toEqual([]);
  });
});
