/** Phases follow each other without overlap or gap; the plan's table says the same; launch is where users come in. */
import { addDays, daysBetween } from '../calendar.ts';
import type { LocalDay, Plan } from '../plan.ts';
import { error, type Finding, warning, when } from './finding.ts';

interface Span {
  readonly from: LocalDay;
  readonly to: LocalDay;
}

export const phaseDates = (plan: Plan) => sequence(plan.phases, 'phases');
export const periodDates = (plan: Plan) => sequence(plan.periods, 'periods');

function sequence(spans: readonly Span[], list: string): readonly Finding[] {
  return spans.flatMap(({ from, to }, i) => {
    const expected = addDays(spans[i - 1]?.to ?? addDays(from, -1), 1);
    return [
      ...when(from > to, () =>
        error('dates-reversed', {
          path: `${list}[${i}].to`,
          value: to,
          message: `ends before it begins on ${from}`,
          allowed: `${from} or later`,
          fix: 'correct one of the two dates',
        }),
      ),
      ...when(from !== expected, () =>
        error(from < expected ? 'dates-overlap' : 'dates-gap', {
          path: `${list}[${i}].from`,
          value: from,
          message:
            from < expected
              ? `begins before the one before it has ended`
              : `leaves ${daysBetween(expected, from)} days after the one before it`,
          allowed: expected,
          fix: 'begin on the day after the one before it ends',
        }),
      ),
    ];
  });
}

export function periodsCoverPhases(plan: Plan): readonly Finding[] {
  if (plan.periods.length === 0) return [];
  const covered = new Set(plan.periods.flatMap(({ phases }) => phases));
  const uncovered = plan.phases.flatMap(({ id }, i) =>
    when(!covered.has(id), () =>
      error('phase-without-period', {
        path: `phases[${i}].id`,
        value: id,
        message: 'no row of the general planning covers this phase',
        allowed: 'a phase that one of the periods lists',
        fix: 'add it to the phases of a period',
      }),
    ),
  );
  const differing = plan.periods.flatMap(({ phases, from, to }, i) => {
    const own = plan.phases.filter(({ id }) => phases.includes(id));
    const [first, last] = [own[0], own.at(-1)];
    if (!first || !last) return [];
    return when(first.from !== from || last.to !== to, () =>
      error('period-differs', {
        path: `periods[${i}]`,
        value: `${from} to ${to}`,
        message: 'the row and its phases do not have the same dates',
        allowed: `${first.from} to ${last.to}, the dates of its phases`,
        fix: 'correct the row or the phases',
      }),
    );
  });
  return [...uncovered, ...differing];
}

export function launch(plan: Plan): readonly Finding[] {
  const phase = plan.phases.find(({ id }) => id === plan.launch.phase);
  if (!phase) return [];
  return [
    ...when(phase.from !== plan.launch.day, () =>
      error('launch-day-differs', {
        path: 'launch.day',
        value: plan.launch.day,
        message: `launch is not the first day of "${phase.id}"`,
        allowed: phase.from,
        fix: 'correct the launch day or the phase',
      }),
    ),
    ...when(!phase.exposure, () =>
      error('launch-without-users', {
        path: 'launch.phase',
        value: phase.id,
        message: 'the launch phase exposes no users',
        allowed: 'the first phase with an exposure',
        fix: 'give the phase an exposure or name another',
      }),
    ),
  ];
}

export function exposure(plan: Plan): readonly Finding[] {
  let reached = 0;
  return plan.phases.flatMap(({ exposure: percent }, i) => {
    if (percent === undefined) return [];
    const before = reached;
    reached = Math.max(reached, percent);
    return when(percent < before, () =>
      error('exposure-goes-down', {
        path: `phases[${i}].exposure`,
        value: percent,
        message: `users who had access would lose it: an earlier phase gives ${before} %`,
        allowed: `${before} to 100`,
        fix: 'only a rollback takes access away',
      }),
    );
  });
}

export function bakes(plan: Plan): readonly Finding[] {
  return plan.phases.flatMap(({ observation, from, to }, i) => {
    if (!observation) return [];
    const path = `phases[${i}].observation`;
    const { continuousHealthHours, deadlineHours, checks } = observation;
    const phaseHours = 24 * (daysBetween(from, to) + 1);
    return [
      ...when(deadlineHours < continuousHealthHours, () =>
        error('deadline-before-proof', {
          path: `${path}.deadlineHours`,
          value: deadlineHours,
          message: `health takes ${continuousHealthHours} h to prove, the bake ends before`,
          allowed: `${continuousHealthHours} or more`,
          fix: 'give the bake more time',
        }),
      ),
      ...when(continuousHealthHours > phaseHours, () =>
        warning('bake-longer-than-phase', {
          path: `${path}.continuousHealthHours`,
          value: continuousHealthHours,
          message: `the phase lasts ${phaseHours} h: the next one will begin late`,
          allowed: `at most ${phaseHours}`,
          fix: 'shorten the bake or lengthen the phase',
        }),
      ),
      ...when(checks.length === 0, () =>
        error('bake-watches-nothing', {
          path: `${path}.checks`,
          value: [],
          message: 'a bake without a check proves nothing',
          allowed: Object.keys(plan.checks).join(', '),
          fix: 'name the checks that prove the phase healthy',
        }),
      ),
    ];
  });
}
