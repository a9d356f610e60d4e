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

/** Phases open when the first day's work begins and end with the last day's: both must be times that come. */
export function workdays({ workday, phases, timeZone }: Plan): readonly Finding[] {
  const { start, end } = workday;
  return [
    ...when(start >= end, () =>
      error('workday-reversed', {
        path: 'workday.end',
        value: end,
        message: `work ends before it begins at ${start}`,
        allowed: `later than ${start}`,
        fix: 'correct one of the two times',
      }),
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
        message: `the clocks of ${timeZone} go forward over it`,
        allowed: `a time that the clocks show, for example ${cause.instead}`,
        fix: 'choose another hour or another day',
      }),
    ];
  }
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
      ...when(!checks.some((id) => provesHealth(plan, id)), () =>
        error('bake-watches-nothing', {
          path: `${path}.checks`,
          value: checks,
          message: 'no check of class rollback or pause: time alone would prove the phase healthy',
          allowed:
            Object.keys(plan.checks)
              .filter((id) => provesHealth(plan, id))
              .join(', ') || 'no check of the plan can prove health',
          fix: 'name the checks that prove the phase healthy',
        }),
      ),
    ];
  });
}
