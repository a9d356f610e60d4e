/** One function behind several operations of the table: it has the powers of all of them, and of no other. */

import httpRouter from '@middy/http-router';
import type * as z from 'zod';
import type { Power, With } from '#application/port-groups.ts';
import type { OperationName } from '#domain/refusals/operation-names.ts';
import { HttpRequest, HttpResponse } from '../contracts/http.ts';
import { define } from '../runtime/definition.ts';
import { type ApiName, isCommand, operations } from '../runtime/operations.ts';
import type { Permitted } from '../runtime/permission.ts';
import { answer } from './answer.ts';
import { noRoute } from './no-route.ts';

/** A handler for each operation that the table gives to the function, by the operation's name. */
type HandlersOf<A extends ApiName> = {
  readonly [N in OperationName as (typeof operations)[N]['by'] extends A ? N : never]: Permitted<
    z.ZodType,
    z.ZodType,
    Power,
    N
  >;
};
type NeedsOf<H> = H[keyof H] extends { readonly needs: readonly (infer P extends Power)[] } ? P : never;

/** `name` is the function's; with a command among its operations it keeps answers too. */
export function api<const A extends ApiName, const H extends HandlersOf<A>>(name: A, handlers: H) {
  const requests: readonly Permitted[] = Object.values<Permitted>(handlers);
  const commands = requests.some((one) => isCommand(one.name));
  const needs = [
    ...new Set([...requests.flatMap((one) => one.needs), ...(commands ? ['answers' as const] : [])]),
  ] as (NeedsOf<H> | 'answers')[];
  const router = httpRouter({
    routes: requests.map((definition) => ({
      method: operations[definition.name].method,
      path: operations[definition.name].path,
      // What Lambda would call the context is handed through: here it is the powers.
      handler: (event: unknown, ports: unknown) =>
        answer(definition, event as HttpRequest, ports as With<Power>),
    })),
    // Said below, where the reader's language is known.
    notFoundResponse: () => undefined,
  });
  const definition = define({
    name,
    needs,
    input: HttpRequest,
    output: HttpResponse,
    run: async (request, ports) =>
      ((await router(request as never, ports as never, {} as never)) as HttpResponse | undefined) ??
      noRoute(request, ports),
  });
  return { ...definition, handlers };
}
