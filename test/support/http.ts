/** A request as API Gateway hands it over (HTTP API, payload 2.0), with the route's own parameters in it. */
import type { HttpResponse } from '#functions/contracts/http.ts';
import type { World } from '#rehearsal/world/world.ts';

/** The routes of `lib/api/api.ts`: which function gets a request, and what the gateway calls a parameter. */
const gateway: readonly (readonly [method: string, path: RegExp, name: string])[] = [
  ['POST', /^\/audience\/erasures$/, 'audience-api'],
  ['POST', /^\/releases$/, 'release-api'],
  ['POST', /^\/releases\/(?<releaseId>[^/]+)\/withdraw-access$/, 'access-api'],
  ['POST', /^\/releases\/(?<releaseId>[^/]+)\/incidents\/(?<incident>[^/]+)$/, 'phase-api'],
  ['POST', /^\/releases\/(?<releaseId>[^/]+)\/phases\/(?<proxy>.+)$/, 'phase-api'],
  ['POST', /^\/releases\/(?<releaseId>[^/]+)\/(?<proxy>.+)$/, 'release-api'],
  ['GET', /^\/(?<proxy>.*)$/, 'read-api'],
];

export interface Asked {
  /** Sent as JSON, a text as it is. */
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string>>;
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

export function eventOf(
  method: string,
  path: string,
  { body, query, claims, encoded = false }: Asked = {},
  pathParameters: Readonly<Record<string, string>> = {},
) {
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  return {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: { 'content-type': 'application/json', authorization: 'Bearer x' },
    ...(query === undefined ? {} : { queryStringParameters: query }),
    ...(Object.keys(pathParameters).length === 0 ? {} : { pathParameters }),
    ...(text === undefined ? {} : { body: encoded ? Buffer.from(text).toString('base64') : text }),
    isBase64Encoded: encoded,
    requestContext: {
      accountId: '123456789012',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      ...(claims === undefined ? {} : { authorizer: { jwt: { claims, scopes: null } } }),
    },
  };
}

/** The answer, its body read. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Record<string, unknown>;
}
export function answerOf({ statusCode, headers, body }: HttpResponse): Answer {
  return { status: statusCode, headers, body: JSON.parse(body) as Record<string, unknown> };
}

/** Through the gateway to the function that the route has, in a rehearsal's world. */
export async function ask(world: World, method: string, path: string, asked: Asked = {}): Promise<Answer> {
  const route = gateway.find(([verb, pattern]) => verb === method && pattern.test(path));
  if (!route) throw new Error(`the gateway has no route for ${method} ${path}`);
  const [, pattern, name] = route;
  const event = eventOf(method, path, asked, { ...pattern.exec(path)?.groups });
  return answerOf((await world.delivery.invoke(name, event)) as HttpResponse);
}
