/** What lint says of a plan: the place, the value found there, what is allowed, and what to do. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  /** Name of the rule, for example `unknown-reference`. */
  readonly rule: string;
  /** Path in the plan, for example `phases[4].gate.criteria[0].check`. */
  readonly path: string;
  readonly value: unknown;
  readonly message: string;
  readonly allowed: string;
  readonly fix: string;
}

type Said = Omit<Finding, 'severity' | 'rule'>;
export const error = (rule: string, said: Said): Finding => ({ severity: 'error', rule, ...said });
export const warning = (rule: string, said: Said): Finding => ({ severity: 'warning', rule, ...said });

/** `[finding]` when something is wrong, nothing otherwise: lets a rule read as a list. */
export const when = (wrong: boolean, finding: () => Finding): readonly Finding[] =>
  wrong ? [finding()] : [];
