/** What is asked of the API, by the name of the operation: its method and its path stand in the API's own table. */
import type { OperationName } from '#domain/refusals/operation-names.ts';
import { operations, type ParameterOf } from '#functions/runtime/operations.ts';

export type Values = Readonly<Record<string, unknown>>;
/** With what the operation's path names among them. */
export type ValuesFor<N extends OperationName> = Values & { readonly [P in ParameterOf<N>]: string };

export interface Request {
  /** For people: `GET /releases/v2/phases`. */
  readonly what: string;
  readonly path: string;
  /** What does not stand in the path: the query or the body. */
  readonly rest: Values;
}

/** Throws RangeError when a parameter of the path has no value. */
export function requestOf<N extends OperationName>(operation: N, values: ValuesFor<N>): Request {
  const { method, path: pattern } = operations[operation];
  const rest: Record<string, unknown> = { ...values };
  const path = pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name];
    if (value === undefined) throw new RangeError(`${operation} is not told ${name}`);
    delete rest[name];
    return encodeURIComponent(String(value));
  });
  return { what: `${method} ${path}`, path, rest };
}

/** With `{releaseId}` in the path the only active release is meant unless `--release` says which. */
export const isOfRelease = (operation: OperationName): boolean =>
  operations[operation].path.startsWith('/releases/{releaseId}');
