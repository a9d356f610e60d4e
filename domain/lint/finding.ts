/** What lint finds in a plan: the rule with its facts, the place, and the value found there. */
import type { Findings } from './findings.ts';

/** Name of a rule, for example `unknown-reference`. */
export type Rule = keyof Findings;

interface Place {
  /** Path in the plan, for example `phases[4].gate.criteria[0].check`. */
  readonly path: string;
  /** Of the plan, never a sentence. */
  readonly value: unknown;
}

/** A finding of one of some rules. */
export type FindingOf<R extends Rule> = {
  readonly [Each in R]: Place & {
    readonly severity: 'error' | 'warning';
    readonly rule: Each;
    readonly params: Findings[Each];
  };
}[R];
export type Finding = FindingOf<Rule>;

type Found<R extends Rule> = Place & { readonly params: Findings[R] };
export const error = <R extends Rule>(rule: R, found: Found<R>): FindingOf<R> => ({
  severity: 'error',
  rule,
  ...found,
});
export const warning = <R extends Rule>(rule: R, found: Found<R>): FindingOf<R> => ({
  severity: 'warning',
  rule,
  ...found,
});

/** `[finding]` when something is wrong, nothing otherwise: lets a rule read as a list. */
export const when = (wrong: boolean, finding: () => Finding): readonly Finding[] =>
  wrong ? [finding()] : [];
