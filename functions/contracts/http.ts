/** The HTTP edge: what API Gateway hands over (HTTP API, payload 2.0) and what it is told back. */
import * as z from 'zod';

/** Longer than any command of ours; API Gateway itself takes 10 MB. */
const bodyCharactersMax = 65_536;
const texts = z.record(z.string(), z.string());

export const HttpRequest = z.object({
  rawPath: z.string().max(2048),
  headers: texts,
  queryStringParameters: texts.optional(),
  pathParameters: texts.optional(),
  body: z.string().optional(),
  isBase64Encoded: z.boolean(),
  requestContext: z.object({
    http: z.object({ method: z.string(), path: z.string().max(2048) }),
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

/** Throws RangeError when there is no body, or none that is JSON of an allowed length. */
export function bodyOf(request: HttpRequest): unknown {
  const text = textOf(request);
  if (text.length > bodyCharactersMax)
    throw new RangeError(`the body has ${text.length} characters; at most ${bodyCharactersMax} are allowed`);
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    throw new RangeError('the body is not JSON');
  }
}

/** The body as it was sent. Throws DOMException when it is not Base64 although it should be. */
export const textOf = ({
  body = '',
  isBase64Encoded,
}: Pick<HttpRequest, 'body' | 'isBase64Encoded'>): string => (isBase64Encoded ? decoded(body) : body);

const decoded = (base64: string) =>
  new TextDecoder().decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
