/** Values of the product's own store: what people and scripts reported, and what the ledger itself adds up to. */
import { measuredByUsers } from '../audience/feedback.ts';
import { InvalidInput, NotFound } from '../errors.ts';
import type { Release } from '../ledger/records.ts';
import { isRemote } from '../plan/metric-sources.ts';
import type { Plan, ReportedMeasure } from '../plan/plan.ts';

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

/** The measures that checks ask for and that only people can say: each needs a row in the plan's `measures`. */
export function measuresToReport(plan: Plan): readonly string[] {
  const users = measuredByUsers(plan);
  const asked = Object.values(plan.checks).flatMap(({ source }) =>
    isRemote(source.kind) || source.query === undefined ? [] : [source.query],
  );
  return [...new Set(asked)].filter((measure) => !isDerived(measure) && !users.includes(measure));
}

/** Who may report a measure, and within which bounds. Throws NotFound. */
export function reportedMeasure(measures: Plan['measures'], measure: string): ReportedMeasure {
  const found = Object.hasOwn(measures, measure) ? measures[measure] : undefined;
  if (found) return found;
  throw new NotFound({ code: 'no-such-measure', params: { measure, known: Object.keys(measures) } });
}

/** Throws InvalidInput for a number that the plan says cannot be. */
export function refuseOutOfBounds(
  rule: ReportedMeasure,
  measure: string,
  reported: { readonly value: number; readonly samples: number },
): void {
  for (const number of ['value', 'samples'] as const) {
    const { min, max } = rule[number];
    const given = reported[number];
    if (given < min || given > max)
      throw new InvalidInput({ code: 'measure-out-of-bounds', params: { measure, number, given, min, max } });
  }
}
