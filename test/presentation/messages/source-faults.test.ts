/** Why a check cannot be read is said in both languages, with its values, and the words of others as they came. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sourceFaults } from '#cli/docs/source-faults.ts';
import { type Sayings, say } from '#domain/coded.ts';
import {
  type SourceFault,
  type SourceFaults,
  unknownCauseOf,
  unknownCauses,
} from '#domain/judge/source-faults.ts';
import { type Quoted, quoted } from '#domain/quoted.ts';
import { englishSourceFaults } from '#presentation/messages/source-faults.english.ts';
import { frenchSourceFaults } from '#presentation/messages/source-faults.french.ts';
import { shown } from '#presentation/words.ts';

const languages = ['en', 'fr'] as const;
const sayings: Readonly<Record<(typeof languages)[number], Sayings<SourceFaults>>> = {
  en: englishSourceFaults,
  fr: frenchSourceFaults,
};

/** What a parameter of a closed set is said as is each language's own. */
const translated: readonly string[] = ['of', 'expected', 'cohort', 'fault'];
const valuesOf = ({ params }: SourceFault): readonly string[] =>
  Object.entries(params)
    .filter(([member]) => !translated.includes(member))
    .flatMap(([, value]) => value)
    .map(String);
/** A decimal point becomes a comma in French. */
const written = (value: string) => (/^-?\d+\.\d+$/.test(value) ? value.replace('.', ',') : value);

it('every cause has a code, and every code a cause', () => {
  expect(new Set(Object.values(unknownCauseOf))).toEqual(new Set([...unknownCauses, 'stale', 'split']));
});

describe.each(sourceFaults.map((fault) => [fault.code, fault] as const))('%s', (_, fault) => {
  it.each(languages)('names its values in %s', (language) => {
    const said = say(sayings[language], fault);
    expect(said).not.toMatch(/undefined|\[object/);
    const values = valuesOf(fault).map((value) => (language === 'fr' ? written(value) : value));
    expect(values.filter((value) => !said.includes(value))).toEqual([]);
  });

  it('is said in French, and not in English', () => {
    const prose = valuesOf(fault)
      .toSorted((a, b) => b.length - a.length)
      .reduce((said, value) => said.replaceAll(value, ' '), say(frenchSourceFaults, fault));
    expect(prose).not.toBe(say(englishSourceFaults, fault));
    // PromQL to write stands in both languages.
    expect(prose.replace('sum by', '').match(stopWords) ?? []).toEqual([]);
  });
});

const stopWords =
  /\b(?:the|is|are|was|were|has|have|had|of|not|and|to|for|it|its|with|which|this|that|by|from|at|no|there|than|never|did|does|nothing|cannot|must)\b/gi;

it('a number has one decimal, after the sign of its language', () => {
  expect(
    languages.map((language) => say(sayings[language], { code: 'cohorts-off', params: { percent: 20 } })),
  ).toEqual([
    'the cohorts are not what they should be: the share of the new version is off by 20.0 %',
    "les cohortes ne sont pas ce qu'elles devraient : la part de la nouvelle version s'écarte de 20,0 %",
  ]);
});

describe('the words of others', () => {
  const source = 'Prometheus at metrics.example.com';
  it.each<[string, (words: Quoted) => SourceFault]>([
    ['an error', (said) => ({ code: 'source-failed', params: { source, said } })],
    ['a refusal', (said) => ({ code: 'query-refused', params: { source, asked: 'up', said } })],
    ['a body', (said) => ({ code: 'source-answered', params: { source, status: 500, said } })],
    ['a type', (type) => ({ code: 'answer-not-json', params: { source, type, said: quoted('') } })],
    [
      'a label',
      (value) => ({
        code: 'label-of-others',
        params: { label: 'cohort', values: [value], treatment: 'new', control: 'old' },
      }),
    ],
  ])('stand letter by letter: %s', (_, faultFor) => {
    const words = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('no data: it is "1.5" ; l\'été', ' $& '),
    );
    fc.assert(
      fc.property(words, fc.constantFrom(...languages), (text, language) =>
        say(sayings[language], faultFor(quoted(text))).includes(shown(text)),
      ),
    );
  });
});
