/** Values of the product's own store: what people and scripts reported, and what the ledger itself adds up to. */
import type { Release } from '../ledger/records.ts';

export interface Measure {
  readonly value: number;
  readonly samples: number;
}

/** Mean hours from opening to resolution over the release's resolved incidents; nothing without one. */
const resolutionHours = ({ incidents }: Release): Measure | undefined => {
  const hours = Object.values(incidents).flatMap(({ openedAt, resolvedAt }) =>
    resolvedAt === undefined ? [] : [(Date.parse(resolvedAt) - Date.parse(openedAt)) / 3_600_000],
  );
  if (hours.length === 0) return undefined;
  return { value: hours.reduce((sum, one) => sum + one, 0) / hours.length, samples: hours.length };
};

const derived: Readonly<Record<string, (release: Release) => Measure | undefined>> = {
  'incidents.mttr-hours': resolutionHours,
};

/** Measures that nobody may report, because the ledger knows them. */
export const isDerived = (measure: string): boolean =>
  Object.hasOwn(derived, measure) || measure.startsWith('scripts.');

export function measureOf(release: Release, measure: string): Measure | undefined {
  if (Object.hasOwn(derived, measure)) return derived[measure]?.(release);
  return Object.hasOwn(release.measures, measure) ? release.measures[measure] : undefined;
}
