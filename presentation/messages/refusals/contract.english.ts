/** What breaks a contract, in English: the words of zod, which reads the contracts, and ours for forms of our own. */
import { type Sayings, say } from '#domain/coded.ts';
import type { ContractExpectations, ValueShape, Violation } from '#domain/refusals/contract.ts';

const shapes: Readonly<Record<ValueShape, string>> = {
  'release-id': 'a release id: 2 to 24 lower-case letters, digits and hyphens',
  'phase-id': 'a phase id of the plan',
  version: 'a version such as 2.0.0',
  day: 'a date YYYY-MM-DD',
  'some-words': 'some words',
  hash: '64 hexadecimal digits',
  'attempt-number': 'the number of an attempt, 1 to 10',
  'page-limit': 'a whole number from 1 to 50',
  'sequence-number': 'a sequence number',
  cursor: 'what an earlier answer gave as next',
  'https-address': 'an https address',
  'address-without-user': 'an address without a user or a password',
  'file-reference':
    'a relative path of plain names, such as reports/load-test.pdf: no "..", no leading "/", no backslash, no drive',
  marker: 'the marker that came with the script',
  'zero-of-success': '0 when the script succeeded',
};

const units: Readonly<Record<string, string>> = {
  string: 'characters',
  array: 'items',
  set: 'items',
  map: 'entries',
  file: 'bytes',
};
const limited = (of: string, sign: string, limit: number) =>
  units[of] === undefined ? `${of} to be ${sign}${limit}` : `${of} to have ${sign}${limit} ${units[of]}`;

const expectations: Sayings<ContractExpectations> = {
  type: ({ expected, received }) => `Invalid input: expected ${expected}, received ${received}`,
  'one-of': ({ allowed }) =>
    allowed.length === 1
      ? `Invalid input: expected ${JSON.stringify(allowed[0])}`
      : `Invalid option: expected one of ${allowed.map((one) => JSON.stringify(one)).join('|')}`,
  'too-big': ({ of, limit, bound }) =>
    `Too big: expected ${limited(of, { inclusive: '<=', exclusive: '<', exact: 'exactly ' }[bound], limit)}`,
  'too-small': ({ of, limit, bound }) =>
    `Too small: expected ${limited(of, { inclusive: '>=', exclusive: '>', exact: 'exactly ' }[bound], limit)}`,
  'unknown-members': ({ members }) =>
    `Unrecognized key${members.length > 1 ? 's' : ''}: ${members.map((one) => `"${one}"`).join(', ')}`,
  shape: ({ shape }) => shapes[shape],
  other: () => 'Invalid input',
};

/** In one line: each value's path and what is allowed there. */
export const violationsInEnglish = (violations: readonly Violation[]): string =>
  violations.map(({ path, expectation }) => `${path || 'input'}: ${sayExpectation(expectation)}`).join('; ');

const sayExpectation = (expectation: Violation['expectation']) =>
  say<ContractExpectations, keyof ContractExpectations>(expectations, expectation);
