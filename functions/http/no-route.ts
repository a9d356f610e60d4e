/** What is answered where no route is: every function knows the whole table, so each says the same. */
import type { HttpResponse } from '../contracts/http.ts';
import { operations } from '../runtime/operations.ts';
import { problem } from '../runtime/problem.ts';

const resources = Object.values(operations).map(({ method, path }) => ({
  method,
  pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}/?$`),
}));

/** 405 with what is allowed for a path that has other methods, 404 for one that nobody knows. */
export function noRoute(method: string, path: string): HttpResponse {
  const allow = resources.filter(({ pattern }) => pattern.test(path)).map((one) => one.method);
  if (allow.length === 0)
    return problem(404, 'about:blank', `there is no ${method} ${path}: see docs/api.md`);
  const allowed = allow.join(', ');
  return problem(405, 'about:blank', `${method} is not possible here: only ${allowed}`, { allow: allowed });
}
