/** One function behind several routes: who asks, what they ask, the definition's answer, or a problem. */
import httpRouter, { type Method } from '@middy/http-router';
import type { Power, With } from '#domain/conduct/powers.ts';
import { InvalidInput } from '#domain/errors.ts';
import { explain } from '../contracts/explain.ts';
import { bodyCharactersMax, HttpRequest, HttpResponse, membersOf, textOf } from '../contracts/http.ts';
import { type Definition, define } from '../runtime/definition.ts';
import { logFailure } from '../runtime/failure.ts';
import { problem, problemOf } from '../runtime/problem.ts';
import { actorOf } from './actor.ts';

export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly definition: Definition;
}

/** A GET: its input is the path's parameters and the query's. */
export const query = <D extends Definition>(path: string, definition: D) =>
  ({ method: 'GET', path, definition }) as const;
/** A POST: its input is the path's parameters and the body's members, and who asks. */
export const command = <D extends Definition>(path: string, definition: D) =>
  ({ method: 'POST', path, definition }) as const;

type NeedsOf<R extends readonly Route[]> =
  R[number]['definition'] extends Definition<never, never, infer P> ? P : Power;

/** `name` is the function's; it has the powers of all its routes. */
export function api<const R extends readonly Route[]>(name: string, routes: R) {
  const needs = [...new Set(routes.flatMap(({ definition }) => definition.needs))] as NeedsOf<R>[];
  const router = httpRouter({
    routes: routes.map(({ method, path, definition }) => ({
      method,
      path,
      // What Lambda would call the context is handed through: here it is the powers.
      handler: (event: unknown, ports: unknown) =>
        answer(definition, event as HttpRequest, ports as With<Power>),
    })),
    notFoundResponse: ({ method, path }) =>
      problem(404, 'about:blank', `there is no ${method} ${path}: see docs/api.md`),
  });
  return define({
    name,
    needs,
    input: HttpRequest,
    output: HttpResponse,
    run: async (request, ports) =>
      (await router(request as never, ports as never, {} as never)) as HttpResponse,
  });
}

async function answer(
  definition: Definition,
  request: HttpRequest,
  ports: With<Power>,
): Promise<HttpResponse> {
  try {
    const sent = textOf(request);
    if (sent.length > bodyCharactersMax)
      return problem(
        413,
        'about:blank',
        `the body has ${sent.length} characters; at most ${bodyCharactersMax} are allowed`,
      );
    const output = await definition.run(inputOf(definition, request, sent, ports), ports);
    return {
      statusCode: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
      body: JSON.stringify(definition.output.parse(output)),
    };
  } catch (error) {
    const response = problemOf(error);
    if (response.statusCode >= 500) logFailure(ports.log, definition.name, error);
    return response;
  }
}

/** Who asks is the token's, parameters of the path win over members of the body. Throws InvalidInput, NotPermitted. */
function inputOf({ name, input }: Definition, request: HttpRequest, sent: string, { plan }: With<Power>) {
  const actor = actorOf(request, plan);
  const asked =
    request.requestContext.http.method === 'GET' ? request.queryStringParameters : membersOf(sent);
  // `proxy` is the gateway's own: the rest of a path behind `{proxy+}`.
  const { proxy: _, ...path } = request.pathParameters ?? {};
  const inPath = Object.entries(path).map(([parameter, value]) => [parameter, decoded(value)] as const);
  const parsed = input.safeParse({ ...asked, ...Object.fromEntries(inPath), actor });
  if (parsed.success) return parsed.data;
  throw new InvalidInput(`${name}: ${explain(parsed.error)}`);
}

/** The gateway decodes what it knows as a parameter, the rest of a path stays as it was sent; no name of ours has a `%`. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
