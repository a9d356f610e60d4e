/** A series that could not be read, and why. */
import type { Series } from '#domain/judge/series.ts';
import type { SourceFaults } from '#domain/judge/source-faults.ts';

export type Unknown = Extract<Series, { readonly kind: 'unknown' }>;

export const unknown = <C extends keyof SourceFaults & string>(
  code: C,
  params: SourceFaults[C],
): Unknown => ({
  kind: 'unknown',
  fault: { code, params } as Unknown['fault'],
});
