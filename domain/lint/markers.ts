/** The marker of a script's run travels with the command: what is too long there would stop the release in the middle. */
import { type Plan, rollbackLevels } from '../plan/plan.ts';
import { markerMax, markerOf, runNameOf } from '../plan/scripts.ts';
import { error, type Finding, when } from './finding.ts';

/** The longest id that a release may have (`functions/contracts/identity.ts`). */
const releaseId = 'r'.repeat(24);

/** How often a rollback may fail and be ordered again: far more than anybody has the patience for. */
const failuresMax = 98;

export function markers(plan: Plan): readonly Finding[] {
  return [...scriptsOfPhases(plan), ...stepsOfRollbacks(plan)];
}

const scriptsOfPhases = ({ phases }: Plan): readonly Finding[] =>
  phases.flatMap(({ id, attemptsMax, scripts }, p) =>
    scripts.flatMap(({ script }, s) =>
      fits(
        `phases[${p}].scripts[${s}].script`,
        script,
        markerOf(releaseId, id, attemptsMax, runNameOf(script)),
      ),
    ),
  );

/** A step of a rollback runs in the phase that failed, which may be any. */
const stepsOfRollbacks = ({ phases, rollback }: Plan): readonly Finding[] =>
  rollbackLevels.flatMap((level) =>
    rollback[level].steps.flatMap(({ id, action }, s) => {
      if (action.kind !== 'script') return [];
      const name = runNameOf(action.script, { level, step: id, failures: failuresMax });
      const all = phases.map((phase) => markerOf(releaseId, phase.id, phase.attemptsMax, name));
      const [longest = ''] = all.toSorted((a, b) => b.length - a.length);
      return fits(`rollback.${level}.steps[${s}].id`, id, longest);
    }),
  );

const fits = (path: string, value: string, marker: string): readonly Finding[] =>
  when(marker.length > markerMax, () =>
    error('marker-too-long', { path, value, params: { marker, charactersMax: markerMax } }),
  );
