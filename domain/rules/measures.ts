/** Values of the product's own store: what people and scripts reported, and what the ledger itself adds up to. */
import { measuredByUsers } from '../audience/feedback.ts';
import { InvalidInput, NotFound } from '../errors.ts';
import type { IncidentRecord, Release } from '../ledger/records.ts';
import { isRemote } from '../plan/metric-sources.ts';
import { type Plan, type ReportedMeasure, type Severity, severities } from '../plan/plan.ts';
import { isOpen } from './grave-incidents.ts';

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

/** Of one severity, or of it and all above it. */
const counted = new Map<string, readonly Severity[]>(
  severities.flatMap((severity, index) => [
    [severity, [severity]],
    [`at-least.${severity}`, severities.slice(index)],
  ]),
);

/**
 * `incidents.open.*`: not resolved now. `incidents.opened.*`: opened since the users of the phase that was entered last got
 * access, or since it opened when that gave nobody more; without false alarms, and without what the system opened because an
 * objective was broken and nothing was proven against the new version.
 */
const countIncidents = {
  open: isOpen,
  opened: (one: IncidentRecord, since: string) =>
    one.openedAt >= since && !one.falseAlarm && one.title.code !== 'objective',
};

const derived: Readonly<Record<string, (release: Release) => Measure | undefined>> = {
  'incidents.mttr-hours': resolutionHours,
  ...Object.fromEntries(
    Object.entries(countIncidents).flatMap(([state, counts]) =>
      [...counted].map(([name, which]) => [
        `incidents.${state}.${name}`,
        ({ incidents, phases }: Release): Measure => {
          const since = phaseBegan(phases);
          const some = Object.values(incidents).filter(
            (one) => which.includes(one.severity) && counts(one, since),
          );
          return { value: some.length, samples: 1 };
        },
      ]),
    ),
  ),
};

/** When the users of the phase that was entered last got access, or else when it opened. */
function phaseBegan(phases: Release['phases']): string {
  const last = Object.values(phases).toSorted((a, b) => b.openedAt.localeCompare(a.openedAt))[0];
  return last?.exposedAt ?? last?.openedAt ?? '';
}

/** What the ledger counts of incidents, as checks may ask for it. */
export const incidentMeasures: readonly string[] = Object.keys(derived);

/** Measures that nobody may report, because the ledger knows them. */
export const isDerived = (measure: string): boolean =>
  measure.startsWith('incidents.') || measure.startsWith('scripts.');

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
