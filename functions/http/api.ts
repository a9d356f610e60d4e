/** One function behind several operations of the table: it has the powers of all of them, and of no other. */
import httpRouter from '@middy/http-router';
import type { Power, With } from '#application/port-groups.ts';
import { HttpRequest, HttpResponse } from '../contracts/http.ts';
import { define } from '../runtime/definition.ts';
import { operations } from '../runtime/operations.ts';
import type { Permitted } from '../runtime/permission.ts';
import { answer } from './answer.ts';
import { noRoute } from './no-route.ts';

type NeedsOf<R extends readonly Permitted[]> = R[number] extends Permitted<never, never, infer P> ? P : Power;

/** `name` is the function's; with a command among its operations it keeps answers too. */
export function api<const R extends readonly Permitted[]>(name: string, requests: R) {
  const commands = requests.some((one) => operations[one.name].method === 'POST');
  const needs = [
    ...new Set([...requests.flatMap((one) => one.needs), ...(commands ? ['answers' as const] : [])]),
  ] as (NeedsOf<R> | 'answers')[];
  const router = httpRouter({
    routes: requests.map((definition) => ({
      method: operations[definition.name].method,
      path: operations[definition.name].path,
      // What Lambda would call the context is handed through: here it is the powers.
      handler: (event: unknown, ports: unknown) =>
        answer(definition, event as HttpRequest, ports as With<Power>),
    })),
    notFoundResponse: ({ method, path }) => noRoute(method, path),
  });
  const definition = define({
    name,
    needs,
    input: HttpRequest,
    output: HttpResponse,
    run: async (request, ports) =>
      (await router(request as never, ports as never, {} as never)) as HttpResponse,
  });
  return { ...definition, requests };
}
