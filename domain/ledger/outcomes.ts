/** How a release ends. `aborted`: a person stopped it, or its execution was gone. */
export type ReleaseOutcome = 'completed' | 'rolled-back' | 'abandoned' | 'rollback-failed' | 'aborted';
