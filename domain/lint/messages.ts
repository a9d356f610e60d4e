/** Messages that would come at the wrong time, to the same people twice, or could never be true. */
import { addDays } from '../plan/calendar.ts';
import type { LocalDay, Message, Plan } from '../plan/plan.ts';
import { neverComes } from './dates.ts';
import { error, type Finding, warning, when } from './finding.ts';

const dayOf = (plan: Plan, { date }: Message): LocalDay | undefined =>
  date && addDays(plan.launch.day, date.day);

export function twoOnOneDay(plan: Plan): readonly Finding[] {
  const seen = new Map<string, string>();
  return plan.messages.flatMap((message, i) => {
    const day = dayOf(plan, message);
    if (day === undefined) return [];
    const key = `${day} ${JSON.stringify(message.audience)}`;
    const other = seen.get(key);
    seen.set(key, message.id);
    if (other === undefined) return [];
    const params = { audience: message.audienceName, other, message: message.id };
    return [error('two-messages-one-day', { path: `messages[${i}].date`, value: day, params })];
  });
}

export function invitesTooLate(plan: Plan): readonly Finding[] {
  return plan.messages.flatMap((message, i) => {
    const day = dayOf(plan, message);
    const phase = plan.phases.find(({ id }) => id === message.invitesTo);
    if (day === undefined || !phase) return [];
    return when(day > phase.to, () =>
      warning('invitation-after-phase', {
        path: `messages[${i}].date.day`,
        value: `${message.timing ?? message.date?.day} (${day})`,
        params: { phase: phase.name, to: phase.to },
      }),
    );
  });
}

export function afterTheEnd(plan: Plan): readonly Finding[] {
  const end = plan.phases.at(-1)?.to ?? '';
  return plan.messages.flatMap((message, i) => {
    const day = dayOf(plan, message);
    return when(day !== undefined && day > end, () =>
      warning('message-after-last-phase', {
        path: `messages[${i}].date.day`,
        value: `${message.timing ?? message.date?.day} (${day})`,
        params: { end },
      }),
    );
  });
}

/** With every phase on its planned days, the guard is still not true on the message's day. */
export function guardsTooHigh(plan: Plan): readonly Finding[] {
  return plan.messages.flatMap((message, i) => {
    const day = dayOf(plan, message);
    const { exposureMin } = message.guard;
    if (day === undefined || exposureMin === undefined) return [];
    const reached = Math.max(
      0,
      ...plan.phases.filter(({ from }) => from <= day).map(({ exposure }) => exposure ?? 0),
    );
    return when(exposureMin > reached, () =>
      warning('guard-not-true-in-time', {
        path: `messages[${i}].guard.exposureMin`,
        value: exposureMin,
        params: { waitsFor: 'exposure', day, reachedPercent: reached },
      }),
    );
  });
}

/** When it is due, and when it is given up if its guard has not become true: both are asked of the calendar. */
export function timesThatDoNotExist(plan: Plan): readonly Finding[] {
  return plan.messages.flatMap(({ date, lateDaysMax }, i) => {
    if (!date) return [];
    const day = addDays(plan.launch.day, date.day);
    const last = addDays(day, lateDaysMax);
    return [
      ...neverComes(`messages[${i}].date.time`, day, date.time, plan.timeZone),
      ...(last === day ? [] : neverComes(`messages[${i}].lateDaysMax`, last, date.time, plan.timeZone)),
    ];
  });
}

/** The same of a guard that waits for a phase to open. */
export function guardsTooEarly(plan: Plan): readonly Finding[] {
  return plan.messages.flatMap((message, i) => {
    const day = dayOf(plan, message);
    const phase = plan.phases.find(({ id }) => id === message.guard.phaseOpened);
    if (day === undefined || !phase) return [];
    return when(phase.from > day, () =>
      warning('guard-not-true-in-time', {
        path: `messages[${i}].guard.phaseOpened`,
        value: phase.id,
        params: { waitsFor: 'phase', day, phase: phase.id, from: phase.from },
      }),
    );
  });
}

/** An audience by exposure is everybody below that percentage, whether they have access yet or not. */
export function tellsOthers(plan: Plan): readonly Finding[] {
  return plan.messages.flatMap((message, i) => {
    if (!('exposed' in message.audience)) return [];
    const { exposed } = message.audience;
    const sure = exposureSure(plan, message);
    return when(exposed > sure, () =>
      warning('told-without-access', {
        path: `messages[${i}].audience.exposed`,
        value: exposed,
        params: { percent: exposed, ...(message.date ? { surePercent: sure } : {}) },
      }),
    );
  });
}

/** What the guard makes sure of. Users come in some time after their phase has opened; an event asks no guard. */
function exposureSure({ phases }: Plan, { date, guard }: Message): number {
  if (!date) return 0;
  const opened = phases.findIndex(({ id }) => id === guard.phaseOpened);
  const before = phases.slice(0, Math.max(0, opened)).map(({ exposure }) => exposure ?? 0);
  return Math.max(guard.exposureMin ?? 0, ...before);
}

/** A message without a date goes when a rollback level says so, or never. */
export function neverSent(plan: Plan): readonly Finding[] {
  const sent = new Set(
    Object.values(plan.rollback).flatMap(({ notice, steps }) => [
      notice,
      ...steps.map(({ action }) => (action.kind === 'message' ? action.message : undefined)),
    ]),
  );
  return plan.messages.flatMap(({ id, date }, i) =>
    when(!date && !sent.has(id), () =>
      warning('unused-message', { path: `messages[${i}].id`, value: id, params: { message: id } }),
    ),
  );
}
