/** Who makes up what a source of each kind says in a rehearsal. */
import type { SourceKind } from '#domain/plan/metric-sources.ts';

/** `minutes`: counts with their noise (`metrics.ts`). `people`: the team counts and reports (`team.ts`), scripts and incidents tell. */
export const madeUpBy: Readonly<Record<SourceKind, 'minutes' | 'people'>> = {
  cloudwatch: 'minutes',
  'application-signals': 'minutes',
  prometheus: 'minutes',
  http: 'minutes',
  jalon: 'people',
};
