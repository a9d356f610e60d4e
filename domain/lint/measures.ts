/** What people report: each measure has roles that may, and bounds that a number can lie in. */
import { measuredByUsers } from '../audience/feedback.ts';
import type { Plan } from '../plan/plan.ts';
import { incidentMeasures, isDerived, measuresToReport } from '../rules/measures.ts';
import { error, type Finding, warning, when } from './finding.ts';

export function reportedMeasures(plan: Plan): readonly Finding[] {
  const asked = measuresToReport(plan);
  return [
    ...unknownCounts(plan),
    ...asked
      .filter((measure) => !Object.hasOwn(plan.measures, measure))
      .map((measure) =>
        error('measure-without-reporter', { path: 'measures', value: null, params: { measure } }),
      ),
    ...Object.entries(plan.measures).flatMap(([measure, { roles, value, samples }]) => {
      const path = `measures.${measure}`;
      return [
        ...notTheirs(plan, measure, path),
        ...when(roles.length === 0, () =>
          error('measure-of-nobody', { path: `${path}.roles`, value: [], params: { measure } }),
        ),
        ...Object.entries({ value, samples }).flatMap(([of, bounds]) =>
          when(bounds.min > bounds.max, () =>
            error('bounds-reversed', { path: `${path}.${of}`, value: bounds.min, params: bounds }),
          ),
        ),
      ];
    }),
  ];
}

/** What the ledger counts of incidents has names of its own. */
const unknownCounts = ({ checks }: Plan): readonly Finding[] =>
  Object.entries(checks).flatMap(([id, { source }]) => {
    const { kind, query: measure = '' } = source;
    return when(
      kind === 'jalon' && measure.startsWith('incidents.') && !incidentMeasures.includes(measure),
      () =>
        error('unknown-incident-count', {
          path: `checks.${id}.source.query`,
          value: measure,
          params: { measure, known: incidentMeasures },
        }),
    );
  });

function notTheirs(plan: Plan, measure: string, path: string): readonly Finding[] {
  const found = (by: 'ledger' | 'users' | 'nobody') => ({ path, value: measure, params: { measure, by } });
  if (isDerived(measure)) return [error('measure-not-reported', found('ledger'))];
  if (measuredByUsers(plan).includes(measure)) return [error('measure-not-reported', found('users'))];
  return when(!measuresToReport(plan).includes(measure), () =>
    warning('measure-not-reported', found('nobody')),
  );
}
