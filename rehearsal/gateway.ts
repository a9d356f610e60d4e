/** API Gateway as far as the API knows it (HTTP API, payload 2.0): which function gets a request, and what it is handed. */
import { present } from '#domain/present.ts';
import type { HttpResponse } from '#functions/contracts/http.ts';
import { gatewayRoutes, publicPaths } from '#functions/http/gateway.ts';
import type { Delivery } from './world/delivery.ts';

export interface Sent {
  readonly method: string;
  /** As it was sent, without the query. */
  readonly path: string;
  readonly query?: URLSearchParams;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  /** Of the token, once it is verified. */
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
}

const routes = gatewayRoutes.map(([method, path, name]) => ({
  method,
  name,
  pattern: new RegExp(
    `^${path.replaceAll(/\{(\w+)(\+?)\}/g, (_, parameter: string, greedy: string) => `(?<${parameter}>${greedy === '' ? '[^/]+' : '.*'})`)}$`,
  ),
}));

/** Undefined when no route takes it: the gateway answers by itself. */
export function functionOf({
  method,
  path,
}: Sent): { readonly name: string; readonly pathParameters: Readonly<Record<string, string>> } | undefined {
  if (publicPaths.some((one) => one === path) && (method === 'GET' || method === 'POST'))
    return { name: 'public-pages', pathParameters: {} };
  for (const route of routes) {
    const found = route.method === method || route.method === 'ANY' ? route.pattern.exec(path) : null;
    if (found) return { name: route.name, pathParameters: { ...found.groups } };
  }
  return undefined;
}

/** A parameter that was sent more than once arrives as one text, with commas between. */
function parametersOf(query: URLSearchParams): Readonly<Record<string, string>> {
  const names = [...new Set(query.keys())];
  return Object.fromEntries(names.map((name) => [name, query.getAll(name).join(',')]));
}

export function eventOf(sent: Sent, pathParameters: Readonly<Record<string, string>> = {}) {
  const { method, path, query = new URLSearchParams(), headers = {}, body, claims } = sent;
  return {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: query.toString(),
    headers,
    ...(query.size === 0 ? {} : { queryStringParameters: parametersOf(query) }),
    ...(Object.keys(pathParameters).length === 0 ? {} : { pathParameters }),
    ...present({ body }),
    isBase64Encoded: sent.isBase64Encoded ?? false,
    requestContext: {
      accountId: '123456789012',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'rehearsal' },
      ...(claims === undefined ? {} : { authorizer: { jwt: { claims, scopes: null } } }),
    },
  };
}

/** What the gateway answers by itself. */
export const ownAnswer = (statusCode: number, message: string): HttpResponse => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ message }),
});

/** A request through the gateway to the function that has its route. */
export async function ask(
  { delivery }: { readonly delivery: Pick<Delivery, 'invoke'> },
  sent: Sent,
): Promise<HttpResponse> {
  const found = functionOf(sent);
  if (!found) return ownAnswer(404, 'Not Found');
  return (await delivery.invoke(found.name, eventOf(sent, found.pathParameters))) as HttpResponse;
}
