/** Phases follow each other without overlap or gap; the plan's table says the same; launch is where users come in. */
import { addDays, daysBetween, instantOf, LocalTimeDoesNotExist } from '../plan/calendar.ts';
import type { LocalDay, LocalTime, Plan } from '../plan/plan.ts';
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
        error('dates-reversed', { path: `${list}[${i}].to`, value: to, params: { from } }),
      ),
      ...when(from < expected, () =>
        error('dates-overlap', { path: `${list}[${i}].from`, value: from, params: { expected } }),
      ),
      ...when(from > expected, () =>
        error('dates-gap', {
          path: `${list}[${i}].from`,
          value: from,
          params: { days: daysBetween(expected, from), expected },
        }),
      ),
    ];
  });
}

/** Phases open when the first day's work begins and end with the last day's: both must be times that come. */
export function workdays({ workday, phases, timeZone }: Plan): readonly Finding[] {
  const { start, end } = workday;
  return [
    ...when(start >= end, () =>
      error('workday-reversed', { path: 'workday.end', value: end, params: { start } }),
    ),
    ...phases.flatMap(({ from, to }, i) => [
      ...neverComes(`phases[${i}].from`, from, start, timeZone),
      ...neverComes(`phases[${i}].to`, to, end, timeZone),
    ]),
  ];
}

/** A time that the clocks of the zone do not show on this day; in spring they skip an hour. */
export function neverComes(
  path: string,
  day: LocalDay,
  time: LocalTime,
  timeZone: string,
): readonly Finding[] {
  try {
    instantOf(day, time, timeZone);
    return [];
  } catch (cause) {
    if (!(cause instanceof LocalTimeDoesNotExist)) throw cause;
    return [
      error('time-does-not-exist', {
        path,
        value: `${day} ${time}`,
        params: { timeZone, instead: cause.instead },
      }),
    ];
  }
}

export function periodsCoverPhases(plan: Plan): readonly Finding[] {
  if (plan.periods.length === 0) return [];
  const covered = new Set(plan.periods.flatMap(({ phases }) => phases));
  const uncovered = plan.phases.flatMap(({ id }, i) =>
    when(!covered.has(id), () =>
      error('phase-without-period', { path: `phases[${i}].id`, value: id, params: {} }),
    ),
  );
  const differing = plan.periods.flatMap(({ phases, from, to }, i) => {
    const own = plan.phases.filter(({ id }) => phases.includes(id));
    const [first, last] = [own[0], own.at(-1)];
    if (!first || !last) return [];
    return when(first.from !== from || last.to !== to, () =>
      error('period-differs', {
        path: `periods[${i}]`,
        value: { from, to },
        params: { from: first.from, to: last.to },
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
        params: { phase: phase.id, from: phase.from },
      }),
    ),
    ...when(!phase.exposure, () =>
      error('launch-without-users', { path: 'launch.phase', value: phase.id, params: {} }),
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
        params: { beforePercent: before },
      }),
    );
  });
}

/** Checks that are only observed decide nothing (`domain/rules/bake-clock.ts`); an unknown one is `unknown-reference`'s to report. */
const provesHealth = ({ checks }: Plan, id: string) =>
  !Object.hasOwn(checks, id) || checks[id]?.class !== 'observe';

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
          params: { hours: continuousHealthHours },
        }),
      ),
      ...when(continuousHealthHours > phaseHours, () =>
        warning('bake-longer-than-phase', {
          path: `${path}.continuousHealthHours`,
          value: continuousHealthHours,
          params: { hours: phaseHours },
        }),
      ),
      ...when(!checks.some((id) => provesHealth(plan, id)), () =>
        error('bake-watches-nothing', {
          path: `${path}.checks`,
          value: checks,
          params: { proving: Object.keys(plan.checks).filter((id) => provesHealth(plan, id)) },
        }),
      ),
    ];
  });
}
