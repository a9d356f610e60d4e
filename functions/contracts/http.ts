/** The HTTP edge: what API Gateway hands over (HTTP API, payload 2.0) and what it is told back. */
import * as z from 'zod';
import { InvalidInput } from '#domain/errors.ts';
import { type Locale, locales } from '#domain/mailing/template.ts';
import { jsonOf } from './json.ts';

/** Of a command's body. Longer than any of ours; API Gateway itself takes 10 MB. */
export const bodyCharactersMax = 65_536;
/** No shorter than what API Gateway takes for the request line and all headers: it is us who answer, not a crash. */
const pathCharactersMax = 10_240;
const texts = z.record(z.string(), z.string());

export const HttpRequest = z.object({
  rawPath: z.string().max(pathCharactersMax),
  headers: texts,
  queryStringParameters: texts.optional(),
  /** Null where a route has none, says an emulator; API Gateway leaves it out. */
  pathParameters: texts.nullish(),
  body: z.string().optional(),
  isBase64Encoded: z.boolean(),
  requestContext: z.object({
    http: z.object({ method: z.string(), path: z.string().max(pathCharactersMax) }),
    authorizer: z
      .object({ jwt: z.object({ claims: z.record(z.string(), z.unknown()) }).optional() })
      .optional(),
  }),
  version: z.literal('2.0'),
});
export type HttpRequest = z.output<typeof HttpRequest>;

export const HttpResponse = z.strictObject({
  statusCode: z.number().int(),
  headers: texts,
  body: z.string(),
});
export type HttpResponse = z.output<typeof HttpResponse>;

/**
 * The first language of the reader that we speak. Only an order: weights are in it. What pages say to the product's users is
 * the plan's language otherwise, what the API says is English.
 */
export function languageOf({ headers }: Pick<HttpRequest, 'headers'>, otherwise: Locale): Locale {
  const wanted = (headers['accept-language'] ?? '').slice(0, 200).split(',');
  for (const one of wanted) {
    const found = locales.find((locale) => one.trim().toLowerCase().startsWith(locale));
    if (found) return found;
  }
  return otherwise;
}

/** Whether the body says to be something else than JSON; one that says nothing is taken for it. */
export const isForeign = ({ headers }: Pick<HttpRequest, 'headers'>): boolean =>
  !/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? 'application/json');

/** The members of a body; none when nothing was sent. Throws InvalidInput, which repeats nothing of the body. */
export function membersOf(body: string): Readonly<Record<string, unknown>> {
  const value = body === '' ? {} : jsonOf(body);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new InvalidInput({ code: 'body-not-object', params: { is: kindOf(value) } });
}

/** Of what JSON has beside objects. */
function kindOf(value: unknown) {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number') return 'number';
  return value === null ? 'null' : 'boolean';
}

/** The body as it was sent. Throws InvalidInput when it is not Base64 although it should be, or not UTF-8. */
export const textOf = ({
  body = '',
  isBase64Encoded,
}: Pick<HttpRequest, 'body' | 'isBase64Encoded'>): string => (isBase64Encoded ? decoded(body) : body);

function decoded(base64: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(
      Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)),
    );
  } catch {
    throw new InvalidInput({ code: 'body-not-utf8', params: {} });
  }
}
