/** What the summary and the JSON document both say: phases, messages, metrics and incidents as rows of values. */

import { meets } from '#domain/judge/check.ts';
import type { MessageStatus } from '#domain/ledger/facts.ts';
import type { IncidentRecord, Release } from '#domain/ledger/records.ts';
import { addDays, daysBetween, localDay } from '#domain/plan/calendar.ts';
import { dayInRelease, dueMs } from '#domain/plan/message-dates.ts';
import { isRemote } from '#domain/plan/metric-sources.ts';
import type { GateOutcome, Objective, Plan } from '#domain/plan/plan.ts';
import { present } from '#domain/present.ts';
import { measureOf } from '#domain/rules/measures.ts';
import { campaignEnds, factsOf, launchDayAt, type TimelineInput } from './context.ts';

export interface PhaseFigures {
  readonly phase: string;
  readonly name: string;
  readonly plannedFrom: string;
  readonly plannedTo: string;
  readonly openedAt?: string;
  readonly closedAt?: string;
  /** Days from the planned last day to the day of promotion; negative when that came earlier. */
  readonly delayDays?: number;
  readonly attempts: number;
  readonly outcome?: GateOutcome;
}

/**
 * One row a phase of the plan, from its first opening to its first promotion: a phase that is entered again to correct
 * another one is not late for it. Planned dates are those that held when it opened.
 */
export function phaseFigures({ plan, release, entries }: TimelineInput): readonly PhaseFigures[] {
  const openings = factsOf(entries, 'phase.opened');
  const promoted = factsOf(entries, 'phase.closed').filter(({ fact }) => fact.outcome === 'promote');
  return plan.phases.map((phase): PhaseFigures => {
    const record = release.phases[phase.id];
    const opening = openings.find(({ fact }) => fact.phase === phase.id);
    const openedAt = opening?.at;
    const launchDay = (opening && launchDayAt(entries, opening.seq)) ?? release.launchDay;
    const plannedTo = dayInRelease(plan, launchDay, phase.to);
    const promotedAt = promoted.find(({ fact }) => fact.phase === phase.id)?.at;
    const closedAt = promotedAt ?? record?.closedAt;
    return {
      phase: phase.id,
      name: phase.name,
      plannedFrom: dayInRelease(plan, launchDay, phase.from),
      plannedTo,
      ...present({ openedAt, closedAt }),
      ...(promotedAt === undefined
        ? {}
        : { delayDays: daysBetween(plannedTo, localDay(Date.parse(promotedAt), plan.timeZone)) }),
      attempts: record?.attempt ?? 0,
      ...present({ outcome: record?.outcome }),
    };
  });
}

export interface MessageFigures {
  readonly message: string;
  readonly timing?: string;
  readonly subject: string;
  readonly audience: string;
  /** Absent for a message that only an event sends. */
  readonly plannedAt?: string;
  readonly sentAt?: string;
  readonly recipients: number;
  readonly status: MessageStatus | 'unused';
}

/** One row a message of the plan; one that an event sent several times counts all its recipients. */
export function messageFigures({ plan, release, entries }: TimelineInput): readonly MessageFigures[] {
  const sent = campaignEnds(entries);
  return plan.messages.map((message): MessageFigures => {
    const sendings = sent.filter(({ fact }) => fact.message === message.id);
    const due = dueMs(plan, release.launchDay, message);
    const sentAt = sendings.at(-1)?.at;
    return {
      message: message.id,
      ...present({ timing: message.timing }),
      subject: message.subject,
      audience: message.audienceName,
      ...(due === undefined ? {} : { plannedAt: new Date(due).toISOString() }),
      ...present({ sentAt }),
      recipients: sendings.reduce((total, { fact }) => total + fact.sent, 0),
      status: release.messages[message.id]?.status ?? 'unused',
    };
  });
}

export interface MetricFigures {
  readonly name: string;
  readonly check: string;
  readonly objective: Objective;
  readonly target: string;
  readonly value?: number;
  readonly measuredAt?: string;
  /** The day from which the plan wants it measured. */
  readonly dueFrom?: string;
  readonly verdict: 'met' | 'missed' | 'unknown' | 'early';
}

/** The success metrics of the plan with their last known value: what people reported, else what a gate read. */
export function metricFigures(input: TimelineInput): readonly MetricFigures[] {
  const { plan, release } = input;
  return plan.successMetrics.map(({ name, objective, target, check, fromDay }): MetricFigures => {
    const last = lastReading(input, check);
    const dueFrom = fromDay === undefined ? undefined : addDays(release.launchDay, fromDay);
    const early =
      dueFrom !== undefined && (last === undefined || localDay(Date.parse(last.at), plan.timeZone) < dueFrom);
    return {
      name,
      check,
      objective,
      target,
      ...(last === undefined ? {} : { value: last.value, measuredAt: last.at }),
      ...present({ dueFrom }),
      verdict: early ? 'early' : !last ? 'unknown' : meets(objective, last.value) ? 'met' : 'missed',
    };
  });
}

interface Reading {
  readonly value: number;
  readonly at: string;
}

function lastReading({ plan, release, entries }: TimelineInput, checkId: string): Reading | undefined {
  const { source } = plan.checks[checkId] ?? {};
  if (source?.query !== undefined && !isRemote(source.kind)) {
    const measure = measureOf(release, source.query);
    const at = release.measures[source.query]?.at ?? lastResolved(release);
    return measure && at !== undefined ? { value: measure.value, at } : undefined;
  }
  return factsOf(entries, 'gate.decided')
    .flatMap(({ at, fact }) => {
      const criteria = plan.phases.find(({ id }) => id === fact.phase)?.gate.criteria ?? [];
      const bound = criteria.filter(({ check }) => check === checkId).map(({ id }) => id);
      const reading = fact.readings.find(({ criterion }) => bound.includes(criterion));
      return reading?.value === undefined ? [] : [{ value: reading.value, at }];
    })
    .at(-1);
}

const lastResolved = ({ incidents }: Release) =>
  Object.values(incidents)
    .flatMap(({ resolvedAt }) => resolvedAt ?? [])
    .toSorted()
    .at(-1);

export interface IncidentFigures extends IncidentRecord {
  readonly incident: string;
  readonly minutes?: number;
}

export const incidentFigures = ({ release }: TimelineInput): readonly IncidentFigures[] =>
  Object.entries(release.incidents).map(([incident, record]) => ({
    incident,
    ...record,
    ...(record.resolvedAt === undefined
      ? {}
      : { minutes: Math.round((Date.parse(record.resolvedAt) - Date.parse(record.openedAt)) / 60_000) }),
  }));

/** From the start of the first phase on, both days counted. */
export const daysOf = (plan: Plan, from: string, to: string): number =>
  daysBetween(localDay(Date.parse(from), plan.timeZone), localDay(Date.parse(to), plan.timeZone)) + 1;
