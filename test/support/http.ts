/** A request through the gateway to the function that has its route, in a rehearsal's world. */
import type { HttpResponse } from '#functions/contracts/http.ts';
import * as gateway from '#rehearsal/gateway.ts';
import type { World } from '#rehearsal/world/world.ts';

export interface Asked {
  /** Sent as JSON, a text as it is. */
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string>>;
  /** Beside the usual ones. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Of the token; `undefined` for a request without one. */
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
  readonly encoded?: boolean;
}

export const claimsOf = (username: string, ...groups: readonly string[]) => ({
  sub: '0b5e6f3a',
  token_use: 'access',
  username,
  'cognito:groups': `[${groups.join(' ')}]`,
});

const sentOf = (
  method: string,
  path: string,
  { body, query, headers, claims, encoded = false }: Asked,
): gateway.Sent => {
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  return {
    method,
    path,
    query: new URLSearchParams(query),
    headers: { 'content-type': 'application/json', authorization: 'Bearer x', ...headers },
    ...(text === undefined ? {} : { body: encoded ? Buffer.from(text).toString('base64') : text }),
    isBase64Encoded: encoded,
    claims,
  };
};

export const eventOf = (
  method: string,
  path: string,
  asked: Asked = {},
  pathParameters: Readonly<Record<string, string>> = {},
) => gateway.eventOf(sentOf(method, path, asked), pathParameters);

/** The answer, its body read. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Record<string, unknown>;
}
export function answerOf({ statusCode, headers, body }: HttpResponse): Answer {
  return { status: statusCode, headers, body: JSON.parse(body === '' ? '{}' : body) };
}

export const ask = async (
  world: Pick<World, 'delivery'>,
  method: string,
  path: string,
  asked: Asked = {},
): Promise<Answer> => answerOf(await gateway.ask(world, sentOf(method, path, asked)));
