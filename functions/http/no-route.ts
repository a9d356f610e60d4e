/** What is answered where no route is: every function knows the whole table, so each says the same. */

import type { BasePorts } from '#application/port-groups.ts';
import { beginningOf } from '#domain/cut.ts';
import { type HttpRequest, type HttpResponse, languageOf } from '../contracts/http.ts';
import { operations } from '../runtime/operations.ts';
import { problem } from '../runtime/problem.ts';

const resources = Object.values(operations).map(({ method, path }) => ({
  method,
  pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}/?$`),
}));

/** Of a path that nobody knows: what is shown of it. */
const pathCharactersMax = 1000;

/** 405 with what is allowed for a path that has other methods, 404 for one that nobody knows. */
export function noRoute(request: HttpRequest, ports: BasePorts): Promise<HttpResponse> {
  const { method, path } = request.requestContext.http;
  const language = languageOf(request, 'en');
  const allow = resources.filter(({ pattern }) => pattern.test(path)).map((one) => one.method);
  if (allow.length === 0)
    return problem(
      ports,
      404,
      { code: 'no-such-route', params: { method, path: beginningOf(path, pathCharactersMax) } },
      language,
    );
  const refusal = { code: 'method-not-allowed', params: { method, allowed: allow } } as const;
  return problem(ports, 405, refusal, language, { allow: allow.join(', ') });
}
