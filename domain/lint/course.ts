/** The course of a release: every phase can be reached, corrections come back, every failure has a way down. */
import { addDays, daysBetween } from '../plan/calendar.ts';
import { itemsOf } from '../plan/checklist.ts';
import { type Phase, type Plan, rollbackLevels, severities } from '../plan/plan.ts';
import { daysAfterLaunch, releaseDaysMax } from '../rules/launch-day.ts';
import { error, type Finding, warning, when } from './finding.ts';
import { cannotHappen } from './silence.ts';

export function corrections(plan: Plan): readonly Finding[] {
  return plan.phases.flatMap(({ id, correction }, i) => {
    if (correction === 'in-place') return [];
    const index = plan.phases.findIndex((phase) => phase.id === correction.phase);
    const target = plan.phases[index];
    if (!target) return [];
    const path = `phases[${i}].correction.phase`;
    return [
      ...when(correction.phase === id, () =>
        error('corrects-itself', { path, value: correction.phase, params: {} }),
      ),
      // The phase that comes next anyway skips nothing.
      ...when(index > i + 1, () =>
        error('correction-leads-forward', {
          path,
          value: correction.phase,
          params: { phase: id, target: target.id, earlier: plan.phases.slice(0, i).map((phase) => phase.id) },
        }),
      ),
      ...when(target.correction !== 'in-place', () =>
        error('correction-leads-on', {
          path,
          value: correction.phase,
          params: {
            phase: id,
            target: target.id,
            inPlace: plan.phases.filter((phase) => phase.correction === 'in-place').map((phase) => phase.id),
          },
        }),
      ),
    ];
  });
}

export function usersBeforeLaunch(plan: Plan): readonly Finding[] {
  const launch = plan.phases.findIndex(({ id }) => id === plan.launch.phase);
  return plan.phases.flatMap(({ id, exposure }, i) =>
    when(exposure !== undefined && exposure > 0 && i < launch, () =>
      error('users-before-launch', {
        path: `phases[${i}].exposure`,
        value: exposure,
        params: { phase: id, launch: plan.launch.phase },
      }),
    ),
  );
}

/** Waits of the state machine that a plan may not outlast, in days (`statemachines/release.ts`, `phase.ts`). */
const daysMax = { release: releaseDaysMax, phase: 60 } as const;

/** A plan that lasts longer than the machine waits would be timed out by AWS in the middle. */
export function tooLong(plan: Plan): readonly Finding[] {
  const first = plan.phases[0]?.from ?? plan.launch.day;
  const last = addDays(plan.launch.day, daysAfterLaunch(plan));
  const days = daysBetween(first, last) + 1;
  return [
    ...when(days > daysMax.release, () =>
      error('plan-too-long', {
        path: 'phases',
        value: { from: first, to: last },
        params: { days, daysMax: daysMax.release },
      }),
    ),
    ...plan.phases.flatMap(({ id, from, to }, i) =>
      when(daysBetween(from, to) + 1 > daysMax.phase, () =>
        error('phase-too-long', {
          path: `phases[${i}]`,
          value: { from, to },
          params: { phase: id, days: daysBetween(from, to) + 1, daysMax: daysMax.phase },
        }),
      ),
    ),
  ];
}

/** Phases run in order, so what comes after a gate that can never pass is never reached. */
export function unreachable(plan: Plan): readonly Finding[] {
  const shut = plan.phases.findIndex((phase) => neverPasses(plan, phase));
  const before = plan.phases[shut];
  if (!before) return [];
  return plan.phases.slice(shut + 1).map(({ id }, i) =>
    error('unreachable-phase', {
      path: `phases[${shut + 1 + i}]`,
      value: id,
      params: { phase: id, before: before.id, gate: `phases[${shut}].gate` },
    }),
  );
}

function neverPasses(plan: Plan, phase: Phase): boolean {
  const { roles, peopleMin } = phase.gate.approvals;
  const nobody = roles.some((id) => !plan.roles[id] || plan.roles[id].external === true);
  const stuck = itemsOf(phase).some((item) => cannotHappen(plan, phase, item) !== undefined);
  return nobody || stuck || peopleMin > new Set(roles).size;
}

export function rollbacks(plan: Plan): readonly Finding[] {
  const empty = rollbackLevels.flatMap((level) =>
    when(plan.rollback[level].steps.length === 0, () =>
      error('rollback-without-steps', { path: `rollback.${level}.steps`, value: [], params: {} }),
    ),
  );
  const unasked = rollbackLevels.flatMap((level) =>
    when(plan.rollback[level].restoreData === 'automatic', () =>
      warning('data-restored-unasked', {
        path: `rollback.${level}.restoreData`,
        value: 'automatic',
        params: { level },
      }),
    ),
  );
  const answered = severities.flatMap((severity) => {
    const levels = rollbackLevels.filter((level) => plan.rollback[level].severities.includes(severity));
    const place = { path: 'rollback', value: severity };
    return [
      ...when(levels.length === 0, () =>
        error('severity-without-rollback', { ...place, params: { severity } }),
      ),
      ...when(levels.length > 1, () =>
        error('severity-with-two-rollbacks', { ...place, params: { severity, levels } }),
      ),
    ];
  });
  return [...empty, ...unasked, ...answered];
}
