/** What a schema allows, in English. */
import { type Sayings, say } from '#domain/coded.ts';
import type { Expectations, Expected, Form } from '#domain/lint/expected.ts';

const forms: Readonly<Record<Form, string>> = {
  id: 'lower-case letters, digits and hyphens, at most 40',
  'item-id': 'lower-case letters, digits, dots and hyphens, at most 40',
  'risk-id': 'R and a number, for example R1',
  date: 'a date YYYY-MM-DD',
  time: 'a wall-clock time HH:MM',
  moment: 'a local moment YYYY-MM-DDTHH:MM',
  'time-zone': 'an IANA time zone such as Europe/Paris',
  https: 'an https address',
};
const bounds = {
  'at-least': 'at least',
  'more-than': 'more than',
  'at-most': 'at most',
  'less-than': 'less than',
} as const;
const units = { number: '', characters: ' characters', entries: ' entries' } as const;

const expectations: Sayings<Expectations> = {
  kind: ({ kind }) => kind,
  'one-of': ({ values }) => values.join(', '),
  bound: ({ is, limit, of }) => `${bounds[is]} ${limit}${units[of]}`,
  form: ({ form }) => forms[form],
  documented: () => 'what docs/start/plans.md says of it',
  all: ({ of }) => of.map(englishExpected).join(' and '),
  any: ({ of }) => [...new Set(of.map(englishExpected))].join(', '),
  member: ({ path, is }) => `{ ${path}: ${englishExpected(is)} }`,
};

export function englishExpected(expected: Expected): string {
  return say(expectations, expected);
}
