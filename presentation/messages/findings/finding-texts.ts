/** What lint says: three texts for each rule, the same keys in every language held together by the compiler. */
import type { Sayings } from '#domain/coded.ts';
import type { Finding, Rule } from '#domain/lint/finding.ts';
import type { Findings } from '#domain/lint/findings.ts';
import type { PlanRefusals } from '#domain/lint/plan-refusals.ts';

export interface FindingText {
  /** What is wrong with what is found there. */
  readonly message: string;
  readonly allowed: string;
  /** What to do. */
  readonly fix: string;
}

/** How a language says the findings of a set of rules. */
export type FindingTexts<M> = { readonly [R in keyof M]: (params: M[R]) => FindingText };

export interface LintTexts {
  readonly findings: FindingTexts<Findings>;
  readonly refusals: Sayings<PlanRefusals>;
  readonly severities: Readonly<Record<Finding['severity'], string>>;
  /** What stands before the value, what is allowed, and the fix. */
  readonly labels: Readonly<Record<'value' | 'allowed' | 'fix', string>>;
  readonly counts: (errors: number, warnings: number) => string;
}

export const sayFinding = <R extends Rule>(
  { findings }: Pick<LintTexts, 'findings'>,
  { rule, params }: { readonly rule: R; readonly params: Findings[R] },
): FindingText => findings[rule](params);

/** Errors of a plan that its refusal names; `jalon lint` has the others. */
const errorsNamedMax = 5;

/** The first errors of a plan, each on its line, and how many there are besides. */
export function firstErrors(
  texts: Pick<LintTexts, 'findings'>,
  errors: readonly Finding[],
  colon: string,
): { readonly lines: readonly string[]; readonly others: number } {
  const lines = errors.slice(0, errorsNamedMax).map((finding) => {
    const { message } = sayFinding(texts, finding);
    return finding.path === '' ? `  ${message}` : `  ${finding.path}${colon}${message}`;
  });
  return { lines, others: errors.length - lines.length };
}
