/** Ce qu'un schéma admet, en français. */
import { type Sayings, say } from '#domain/coded.ts';
import type { Expectations, Expected, Form, ValueKind } from '#domain/lint/expected.ts';

const kinds: Readonly<Record<ValueKind, string>> = {
  string: 'un texte',
  number: 'un nombre',
  int: 'un nombre entier',
  boolean: 'true ou false',
  array: 'une liste',
  object: 'un objet',
  record: 'un objet',
};
const forms: Readonly<Record<Form, string>> = {
  id: "des minuscules, des chiffres et des traits d'union, 40 au plus",
  'item-id': "des minuscules, des chiffres, des points et des traits d'union, 40 au plus",
  'risk-id': 'R et un numéro, par exemple R1',
  date: 'une date AAAA-MM-JJ',
  time: 'une heure HH:MM',
  moment: 'un moment local AAAA-MM-JJTHH:MM',
  'time-zone': 'un fuseau horaire IANA tel que Europe/Paris',
  https: 'une adresse https',
};
const units = { number: '', characters: ' caractères', entries: ' entrées' } as const;

function bound({ is, limit, of }: Expectations['bound']): string {
  const amount = `${limit}${units[of]}`;
  if (is === 'at-least') return `${amount} au moins`;
  if (is === 'at-most') return `${amount} au plus`;
  return is === 'more-than' ? `plus de ${amount}` : `moins de ${amount}`;
}

const expectations: Sayings<Expectations> = {
  kind: ({ kind }) => kinds[kind],
  'one-of': ({ values }) => values.join(', '),
  bound,
  form: ({ form }) => forms[form],
  documented: () => "ce qu'en dit docs/start/plans.md",
  all: ({ of }) => of.map(frenchExpected).join(' et '),
  any: ({ of }) => [...new Set(of.map(frenchExpected))].join(', '),
  member: ({ path, is }) => `{ ${path} : ${frenchExpected(is)} }`,
};

export function frenchExpected(expected: Expected): string {
  return say(expectations, expected);
}
