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
    return when(other !== undefined, () =>
      error('two-messages-one-day', {
        path: `messages[${i}].date`,
        value: day,
        message: `${message.audienceName} would get "${other}" and "${message.id}" on one day`,
        allowed: 'one message to one audience on a day',
        fix: 'move one of them or join them',
      }),
    );
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
        message: `invites to "${phase.name}", which ends on ${phase.to}`,
        allowed: `${phase.to} or earlier`,
        fix: 'send it before the phase, or say what it really invites to',
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
        message: `the last phase ends on ${end}: the release stays open until the message has gone`,
        allowed: `${end} or earlier`,
        fix: 'lengthen the last phase, or accept the follow-up',
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
        message: `on ${day} the plan has given access to ${reached} %: the message will be held`,
        allowed: `0 to ${reached}`,
        fix: 'move the message or lower the guard',
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
        message: `on ${day} "${phase.id}" has not opened: the message will be held until ${phase.from}`,
        allowed: `a phase that opens on ${day} or earlier`,
        fix: 'move the message or name an earlier phase',
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
        message: message.date
          ? `it may go when ${sure} % have access, to ${exposed} %: some would hear of what they do not have`
          : `an event sends it to ${exposed} % of the users, whoever of them has access then`,
        allowed: message.date ? `0 to ${sure}, which the guard makes sure of` : '{ told: true }',
        fix: message.date
          ? `write guard: { exposureMin: ${exposed} }, unless it only announces`
          : 'write audience: { told: true }, unless everybody is meant',
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
      warning('unused-message', {
        path: `messages[${i}].id`,
        value: id,
        message: `"${id}" has no date, and no rollback level sends it`,
        allowed: 'a message with a date, or one that a rollback step or notice names',
        fix: 'give it a date, name it in a rollback level, or remove it',
      }),
    ),
  );
}
