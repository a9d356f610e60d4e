/** What breaks a contract, in French. */
import { type Sayings, say } from '#domain/coded.ts';
import type { ContractExpectations, ValueShape, Violation } from '#domain/refusals/contract.ts';

const shapes: Readonly<Record<ValueShape, string>> = {
  'release-id': "un identifiant de déploiement : de 2 à 24 minuscules, chiffres et traits d'union",
  'phase-id': "l'identifiant d'une phase du plan",
  version: 'une version, par exemple 2.0.0',
  day: 'une date AAAA-MM-JJ',
  'some-words': 'quelques mots',
  hash: '64 chiffres hexadécimaux',
  'attempt-number': "le numéro d'une tentative, de 1 à 10",
  'page-limit': 'un nombre entier de 1 à 50',
  'sequence-number': 'un numéro du registre',
  cursor: "ce qu'une réponse précédente a donné comme next",
  'https-address': 'une adresse https',
  'address-without-user': 'une adresse sans utilisateur ni mot de passe',
  'file-reference':
    'un chemin relatif de noms simples, par exemple rapports/charge.pdf : ni « .. », ni « / » au début, ni barre oblique inverse, ni lecteur',
  marker: 'le marqueur venu avec le script',
  'zero-of-success': '0 quand le script a réussi',
};

const types: Readonly<Record<string, string>> = {
  string: 'un texte',
  number: 'un nombre',
  int: 'un nombre entier',
  boolean: 'true ou false',
  array: 'une liste',
  object: 'un objet',
  record: 'un objet',
  tuple: 'une liste',
  date: 'une date',
  null: 'null',
};
const typed = (type: string) => types[type] ?? type;

const units: Readonly<Record<string, string>> = {
  string: 'caractères',
  array: 'éléments',
  set: 'éléments',
  map: 'entrées',
  file: 'octets',
};
const limited = (of: string, how: string, limit: number) => `${how} ${limit} ${units[of] ?? ''}`.trimEnd();

const expectations: Sayings<ContractExpectations> = {
  type: ({ expected, received }) =>
    `il faut ${typed(expected)}, ${received === 'undefined' ? 'et il manque' : `pas ${typed(received)}`}`,
  'one-of': ({ allowed }) =>
    allowed.length === 1
      ? `il faut ${JSON.stringify(allowed[0])}`
      : `il faut l'une de ces valeurs : ${allowed.map((one) => JSON.stringify(one)).join(', ')}`,
  'too-big': ({ of, limit, bound }) =>
    `trop grand : il faut ${limited(of, { inclusive: 'au plus', exclusive: 'moins de', exact: 'exactement' }[bound], limit)}`,
  'too-small': ({ of, limit, bound }) =>
    `trop petit : il faut ${limited(of, { inclusive: 'au moins', exclusive: 'plus de', exact: 'exactement' }[bound], limit)}`,
  'unknown-members': ({ members }) =>
    `${members.length > 1 ? 'membres inconnus' : 'membre inconnu'} : ${members.map((one) => `« ${one} »`).join(', ')}`,
  shape: ({ shape }) => `il faut ${shapes[shape]}`,
  other: () => "ce n'est pas ce qui est permis ici",
};

/** In one line: each value's path and what is allowed there. */
export const violationsInFrench = (violations: readonly Violation[]): string =>
  violations
    .map(({ path, expectation }) => `${path || "l'entrée"} : ${sayExpectation(expectation)}`)
    .join(' ; ');

const sayExpectation = (expectation: Violation['expectation']) =>
  say<ContractExpectations, keyof ContractExpectations>(expectations, expectation);
