/** What a schema allows at one place of a plan file, apart from any language. */
import type { Coded } from '../coded.ts';

/** Kinds of values of a plan file. */
export const valueKinds = ['string', 'number', 'int', 'boolean', 'array', 'object', 'record'] as const;
export type ValueKind = (typeof valueKinds)[number];

/** Texts that must be written in a certain way; a schema names the way in place of a message. */
export const forms = ['id', 'item-id', 'risk-id', 'date', 'time', 'moment', 'time-zone', 'https'] as const;
export type Form = (typeof forms)[number];

export type Expected = Coded<Expectations>;
export interface Expectations {
  readonly kind: { readonly kind: ValueKind };
  readonly 'one-of': { readonly values: readonly string[] };
  /** A length for texts and lists, else the number itself. */
  readonly bound: {
    readonly is: 'at-least' | 'more-than' | 'at-most' | 'less-than';
    readonly limit: number;
    readonly of: 'number' | 'characters' | 'entries';
  };
  readonly form: { readonly form: Form };
  /** What the documentation of plans says of it (`docs/start/plans.md`). */
  readonly documented: Readonly<Record<string, never>>;
  readonly all: { readonly of: readonly Expected[] };
  readonly any: { readonly of: readonly Expected[] };
  /** An object with this member. */
  readonly member: { readonly path: string; readonly is: Expected };
}

/** The values that it lists, whatever else it allows. */
export function choicesOf({ code, params }: Expected): readonly string[] {
  if (code === 'one-of') return params.values;
  return code === 'all' || code === 'any' ? params.of.flatMap(choicesOf) : [];
}
