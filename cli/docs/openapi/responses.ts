/** What an operation may answer: its own statuses, those of a command or a read, and those of everything. */

import { errorNames } from '#domain/errors.ts';
import { present } from '#domain/present.ts';
import type { Operation } from '#functions/runtime/operations.ts';
import { statusOf } from '#functions/runtime/problem.ts';
import { examples } from '../refusals/examples.ts';
import type { Schema } from './schemas.ts';

const header = (description: string, schema: Schema = { type: 'string' }) => ({ description, schema });
const reference = (kind: 'headers' | 'responses' | 'schemas', name: string) => ({
  $ref: `#/components/${kind}/${name}`,
});

export const headers = {
  ETag: header('Of this answer; send it as If-None-Match to be told when it has changed.'),
  CacheControl: header('Kept for the caller alone, and asked for again each time.'),
  ContentLanguage: header('Of `detail`.', { enum: ['en', 'fr'] }),
  WwwAuthenticate: header('Bearer.'),
  IdempotencyReplayed: header('The command was carried out before; this is the answer of then.', {
    const: 'true',
  }),
} as const;

const kept = { ETag: reference('headers', 'ETag'), 'Cache-Control': reference('headers', 'CacheControl') };

/** Those of the gateway say `message`, ours are problems. */
interface Refusal {
  readonly says: string;
  readonly gatewayToo?: boolean;
  readonly headers?: Readonly<Record<string, unknown>>;
}
const refusals: Readonly<Record<string, Refusal>> = {
  400: { says: 'A value breaks its contract; nothing was written.' },
  401: {
    says: 'There is no token that names a user, or it has expired.',
    gatewayToo: true,
    headers: { 'WWW-Authenticate': reference('headers', 'WwwAuthenticate') },
  },
  403: { says: 'The person does not hold the role that this takes.' },
  404: { says: 'What the path names is not there.' },
  409: { says: 'It cannot be done as things stand; the detail says why.' },
  413: { says: 'The body has more than 65,536 characters.', gatewayToo: true },
  415: { says: 'The body says to be something else than JSON.' },
  422: { says: 'The idempotency key was used for another request.' },
  429: { says: 'Too many requests in this second: send it again.', gatewayToo: true },
  500: { says: 'A fault of ours; the log says which.' },
  503: { says: 'A service is busy: send it again.', gatewayToo: true },
};

/** HTTP itself explains the status, or an error of ours does. */
const typesOf = (status: number): readonly (keyof typeof examples)[] => [
  'about:blank',
  ...errorNames.filter((name) => statusOf(name) === status),
];
/** What `docs/reference/refusals.md` explains. */
const codesOf = (types: readonly (keyof typeof examples)[]): readonly string[] => [
  ...new Set(types.flatMap((type) => Object.keys(examples[type]))),
];

const problem = (status: number): Schema => ({
  type: 'object',
  properties: {
    type: { enum: typesOf(status) },
    status: { const: status },
    code: { enum: codesOf(typesOf(status)) },
    params: { type: 'object' },
    detail: { type: 'string', maxLength: 2000 },
  },
  required: ['type', 'status', 'code', 'params', 'detail'],
  additionalProperties: false,
});
const message: Schema = { type: 'object', properties: { message: { type: ['string', 'null'] } } };

export const responses = Object.fromEntries(
  Object.entries(refusals).map(([status, { says, gatewayToo = false, headers: sent }]) => [
    status,
    {
      description: says,
      headers: { 'Content-Language': reference('headers', 'ContentLanguage'), ...sent },
      content: {
        'application/problem+json': { schema: problem(Number(status)) },
        ...(gatewayToo ? { 'application/json': { schema: message } } : {}),
      },
    },
  ]),
);

/** The statuses that an operation can have beside its success. */
function refusedWith({ method, path, who }: Operation): readonly number[] {
  return [
    ...[400, 401],
    ...(who.roles === undefined ? [] : [403]),
    ...(path.includes('{') ? [404] : []),
    ...(method === 'POST' ? [409, 413, 415, 422] : []),
    ...[429, 500, 503],
  ];
}

export function answersOf(operation: Operation, schema: Schema, example: unknown) {
  const json = { schema, ...present({ example }) };
  const read = operation.method === 'GET';
  const replayed = { 'Idempotency-Replayed': reference('headers', 'IdempotencyReplayed') };
  return {
    200: {
      description: read
        ? 'What was asked for.'
        : 'It is in the ledger; what follows from it comes by itself.',
      headers: read ? kept : replayed,
      content: { 'application/json': json },
    },
    ...(read ? { 304: { description: 'What the caller has is what there is.', headers: kept } } : {}),
    ...Object.fromEntries(
      refusedWith(operation).map((status) => [status, reference('responses', String(status))]),
    ),
  };
}
