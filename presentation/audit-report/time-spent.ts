/**
 * Where the time of a release went. Every minute between its first fact and its end belongs to exactly one kind of time and
 * one visit of a phase, so the parts add up to the whole. Hours are those of the calendar: nights and Sundays count.
 */

import type { LedgerEntry } from '#domain/ledger/entries.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import { isRollbackLevel } from '#domain/ledger/outcomes.ts';
import { phaseEndMs } from '#domain/plan/message-dates.ts';
import type { Phase, Plan } from '#domain/plan/plan.ts';
import { minuteMs } from '#domain/time.ts';
import { factsOf } from '../timeline/context.ts';

/**
 * `work`: scripts run, checklists are ticked, something is undone. `people`: somebody's word is awaited (gate, hold,
 * correction, decision, pause). `bake`: an observation counts; `frozen`: it cannot, for want of measurements. `dates`: the
 * next thing has a date (start of a phase, last day of a gate, follow-up).
 */
export const kindsOfTime = ['work', 'people', 'bake', 'frozen', 'dates'] as const;
type KindOfTime = (typeof kindsOfTime)[number];

/** Whole minutes of each kind. */
export type MinutesByKind = Readonly<Record<KindOfTime, number>>;

/** A phase from the end of the one before it until its own end, with what was undone after it. */
export interface PhaseVisit {
  /** Absent: after the last phase. */
  readonly phase?: string;
  readonly attempt: number;
  readonly minutes: MinutesByKind;
}

export interface Hours {
  readonly visits: readonly PhaseVisit[];
  readonly all: MinutesByKind;
  /** From the first fact to the end, whole minutes. */
  readonly total: number;
}

export const noMinutes: MinutesByKind = { work: 0, people: 0, bake: 0, frozen: 0, dates: 0 };
export const sumOf = (minutes: MinutesByKind): number =>
  kindsOfTime.reduce((sum, kind) => sum + minutes[kind], 0);

/** What a release is at between two facts; `gate` is told apart by the date before which it may not decide. */
type Activity = KindOfTime | 'gate';
interface Place {
  readonly activity: Activity;
  /** Whose time it is; of nobody's yet, of the phase that opens next. */
  readonly phase: string | undefined;
  readonly attempt: number;
  readonly undoing: boolean;
  readonly paused: boolean;
  readonly launchDay: string;
}
interface Span {
  readonly kind: KindOfTime;
  readonly phase: string | undefined;
  readonly attempt: number;
  readonly minutes: number;
}

/** `endedAt`: when the release was closed; of one under way, its last fact. Entries in order, oldest first. */
export function hoursOf(plan: Plan, entries: readonly LedgerEntry[], endedAt: string): Hours {
  const counted = entries.filter(({ at }) => at <= endedAt);
  let place: Place = {
    activity: 'dates',
    phase: undefined,
    attempt: 0,
    undoing: false,
    paused: false,
    launchDay: plan.launch.day,
  };
  const spans: Span[] = [];
  for (const [index, { at, fact }] of counted.entries()) {
    place = after(place, fact);
    spans.push(...spansOf(plan, place, Date.parse(at), Date.parse(counted[index + 1]?.at ?? endedAt)));
  }
  const visits = visitsOf(counted, spans);
  const all = visits.reduce((sum, { minutes }) => added(sum, minutes), noMinutes);
  return { visits, all, total: sumOf(all) };
}

/** Where a release is after a fact. A kind that is not named here changes nothing, so unknown ones are harmless. */
function after(place: Place, fact: Fact): Place {
  switch (fact.type) {
    case 'release.admitted':
      return { ...place, launchDay: fact.launchDay };
    case 'launch.moved':
      return { ...place, launchDay: fact.to };
    case 'release.paused':
      return { ...place, paused: true };
    case 'release.unpaused':
      return { ...place, paused: false };
    case 'phase.opened':
      return { ...place, activity: 'work', phase: fact.phase, attempt: fact.attempt, undoing: false };
    case 'phase.held':
      return { ...place, activity: 'people' };
    case 'phase.resumed':
    case 'phase.unblocked':
    case 'phase.corrected':
    case 'decision.taken':
    case 'script.started':
    case 'observation.concluded':
    case 'gate.decided':
      return { ...place, activity: 'work' };
    case 'script.finished':
      // What could not be undone waits for somebody who decides.
      return { ...place, activity: place.undoing && fact.status === 'failed' ? 'people' : 'work' };
    case 'observation.started':
    case 'observation.unfrozen':
      return { ...place, activity: 'bake' };
    case 'observation.frozen':
      return { ...place, activity: 'frozen' };
    case 'gate.opened':
      return { ...place, activity: 'gate' };
    case 'phase.closed':
      return closed(place, fact.outcome);
    case 'rollback.chosen':
      return { ...place, activity: isRollbackLevel(fact.level) ? 'work' : 'people', undoing: true };
    case 'rollback.agreed':
      return { ...place, activity: 'work' };
    case 'rollback.declined':
    case 'rollback.failed':
      return { ...place, activity: 'people' };
    default:
      return place;
  }
}

function closed(place: Place, outcome: Extract<Fact, { type: 'phase.closed' }>['outcome']): Place {
  if (outcome === 'promote') return { ...place, activity: 'dates', phase: undefined, attempt: 0 };
  return { ...place, activity: outcome === 'correct' ? 'people' : 'work' };
}

/** The time between two facts; in two parts where a gate may decide from a moment on. */
function spansOf(plan: Plan, place: Place, fromMs: number, toMs: number): readonly Span[] {
  const { activity, phase, attempt, paused } = place;
  const span = (kind: KindOfTime, from: number, to: number): Span => ({
    kind,
    phase,
    attempt,
    minutes: minutesBetween(from, to),
  });
  if (paused && (activity === 'dates' || activity === 'gate')) return [span('people', fromMs, toMs)];
  if (activity !== 'gate') return [span(activity, fromMs, toMs)];
  const planned = plan.phases.find(({ id }) => id === phase);
  const decidesMs = Math.min(toMs, Math.max(fromMs, mayDecideMs(plan, place.launchDay, planned)));
  return [span('dates', fromMs, decidesMs), span('people', decidesMs, toMs)];
}

/** From when on a gate may decide: at once, or when the last day of its phase has ended. Epoch milliseconds. */
export const mayDecideMs = (plan: Plan, launchDay: string, phase: Phase | undefined): number =>
  phase?.gate.notBefore === 'end' ? phaseEndMs(plan, launchDay, phase) : 0;

/** Whole minutes, never negative. Both ends are cut to their minute: what one span loses the next one has, so sums are exact. */
export const minutesBetween = (fromMs: number, toMs: number): number =>
  Math.max(0, Math.floor(toMs / minuteMs) - Math.floor(fromMs / minuteMs));

/** Time of nobody's goes to the visit that follows it, or to the follow-up. */
function visitsOf(entries: readonly LedgerEntry[], spans: readonly Span[]): readonly PhaseVisit[] {
  const keyOf = (phase: string | undefined, attempt: number) => `${phase ?? ''}#${attempt}`;
  const minutes = new Map<string, MinutesByKind>();
  let owner = keyOf(undefined, 0);
  // From the end, so that the owner of a nameless span is known when it comes.
  for (const { kind, phase, attempt, minutes: count } of spans.toReversed()) {
    if (phase !== undefined) owner = keyOf(phase, attempt);
    const before = minutes.get(owner) ?? noMinutes;
    minutes.set(owner, { ...before, [kind]: before[kind] + count });
  }
  const rest = minutes.get(keyOf(undefined, 0));
  const opened = factsOf(entries, 'phase.opened').map(({ fact }) => fact);
  const visited = new Map(opened.map(({ phase, attempt }) => [keyOf(phase, attempt), { phase, attempt }]));
  return [
    ...[...visited].map(([key, visit]): PhaseVisit => ({ ...visit, minutes: minutes.get(key) ?? noMinutes })),
    ...(rest && sumOf(rest) > 0 ? [{ attempt: 0, minutes: rest }] : []),
  ];
}

const added = (a: MinutesByKind, b: MinutesByKind): MinutesByKind => ({
  work: a.work + b.work,
  people: a.people + b.people,
  bake: a.bake + b.bake,
  frozen: a.frozen + b.frozen,
  dates: a.dates + b.dates,
});
