/** The answers that the plan had promised, beside what happened: gates that decide in time, people who answer a call. */
import { factsOf, launchDayAt, type TimelineInput } from '../timeline/context.ts';
import { type Kept, minutesOf } from './commitment.ts';
import { mayDecideMs, minutesBetween } from './time-spent.ts';

export interface GateResponseTime {
  readonly phase: string;
  readonly attempt: number;
  readonly openedAt: string;
  readonly decidedAt?: string;
  /** From when the gate could decide: it was open, and its day had come. */
  readonly minutes?: number;
  readonly hoursMax: number;
  readonly kept: Kept;
}

/** A row for each time that a gate was asked; whether it was late is what the release itself found. */
export function gateResponseTimes({ plan, release, entries }: TimelineInput): readonly GateResponseTime[] {
  const asked = factsOf(entries, 'gate.opened');
  return asked.map(({ at, seq, fact: { phase, attempt } }): GateResponseTime => {
    const again = asked.find(
      (one) => one.seq > seq && one.fact.phase === phase && one.fact.attempt === attempt,
    );
    const within = entries.filter(
      (one) => one.seq > seq && one.seq < (again?.seq ?? Number.POSITIVE_INFINITY),
    );
    const mine = ({ fact }: { readonly fact: { readonly phase: string; readonly attempt: number } }) =>
      fact.phase === phase && fact.attempt === attempt;
    const decided = factsOf(within, 'gate.decided').find(mine);
    const late = factsOf(within, 'gate.late').some(mine);
    const planned = plan.phases.find(({ id }) => id === phase);
    const day = launchDayAt(entries, decided?.seq ?? seq) ?? release.launchDay;
    const fromMs = Math.max(Date.parse(at), mayDecideMs(plan, day, planned));
    return {
      phase,
      attempt,
      openedAt: at,
      ...(decided === undefined
        ? {}
        : {
            decidedAt: decided.at,
            minutes: minutesBetween(fromMs, Date.parse(decided.at)),
          }),
      hoursMax: planned?.gate.timeoutHours ?? 0,
      kept: late ? 'broken' : decided ? 'kept' : 'open',
    };
  });
}

export interface CallResponseTime {
  readonly incident: string;
  readonly level: number;
  readonly role: string;
  readonly calledAt: string;
  readonly minutesMax: number;
  /** How the call ended, and after how long. */
  readonly ended?: 'acknowledged' | 'climbed' | 'unanswered';
  readonly minutes?: number;
  readonly kept: Kept;
}

/** Between the end of a delay and the call of the next level. */
const climbMinutesMax = 1;

/** A row for each call: an answer within the delay keeps it; silence breaks it, even when the next level was called in time. */
export function callResponseTimes({ plan, entries }: TimelineInput): readonly CallResponseTime[] {
  return factsOf(entries, 'incident.called').map(
    ({ at, seq, fact: { incident, level, role } }): CallResponseTime => {
      const minutesMax = plan.escalation.find((one) => one.level === level)?.delayMinutes ?? 0;
      const call = { incident, level, role, calledAt: at, minutesMax };
      const end = entries.find(
        (one) => one.seq > seq && endings.has(one.fact.type) && about(one.fact, incident),
      );
      if (!end) return { ...call, kept: 'open' };
      const minutes = minutesOf(at, end.at);
      const ended = endings.get(end.fact.type) ?? 'acknowledged';
      const inTime = ended === 'acknowledged' && minutes <= minutesMax + climbMinutesMax;
      return { ...call, ended, minutes, kept: inTime ? 'kept' : 'broken' };
    },
  );
}

const endings: ReadonlyMap<string, NonNullable<CallResponseTime['ended']>> = new Map([
  ['incident.acknowledged', 'acknowledged'],
  ['incident.resolved', 'acknowledged'],
  ['incident.called', 'climbed'],
  ['incident.unanswered', 'unanswered'],
]);
const about = (fact: object, incident: string) => 'incident' in fact && fact.incident === incident;
