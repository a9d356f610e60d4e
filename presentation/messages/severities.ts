/** What severities are called: apart, because functions that know no other text say them. */
import type { Severity } from '#domain/plan/plan.ts';

type Names = Readonly<Record<Severity, string>>;

export const englishSeverities: Names = {
  user: 'user',
  technical: 'technical',
  critical: 'critical',
  major: 'major',
};
export const frenchSeverities: Names = {
  user: 'utilisateur',
  technical: 'technique',
  critical: 'critique',
  major: 'majeur',
};
