/** How a release ends. `aborted`: a person stopped it, or its execution was gone. */
export const releaseOutcomes = [
  'completed',
  'rolled-back',
  'abandoned',
  'rollback-failed',
  'aborted',
] as const;
export type ReleaseOutcome = (typeof releaseOutcomes)[number];
