/**
 * The dates that are still to come if nothing goes wrong any more: the plan's, moved by what has happened. A phase begins
 * when the one before it is over and its own day has come; it ends when its gate may decide and its observation can have run.
 */

import { gateKey, lastAttempt, type Release } from '../ledger/records.ts';
import { type Instant, toInstant } from '../plan/calendar.ts';
import { dueMs, lastMs, openMessages, phaseEndMs, phaseStartMs } from '../plan/message-dates.ts';
import type { Message, Phase, Plan } from '../plan/plan.ts';
import { present } from '../present.ts';
import { machineEndMs } from './launch-day.ts';
import { measuredMs } from './scorecard.ts';

type Milestone = 'phase-opens' | 'phase-ends' | 'message-goes' | 'release-ends' | 'machine-ends';

export interface ForecastDate {
  readonly at: Instant;
  readonly what: Milestone;
  /** The phase or the message; none of the release's end. */
  readonly id?: string;
  /** What the plan and the launch day say, whatever happened since. */
  readonly planned: Instant;
}

/** In the order of time; nothing for a release that has ended. Of a paused release: if it went on now. */
export function forecast(plan: Plan, release: Release, nowMs: number): readonly ForecastDate[] {
  if (release.status !== 'active') return [];
  const phases = expectedPhases(plan, release, nowMs);
  const ends = phases.map(({ endMs }) => endMs);
  const followUpMs = measuredMs(plan, release.launchDay);
  const messages = expectedMessages(plan, release, phases, nowMs);
  const dates = [
    ...phases.flatMap(({ dates: of }) => of),
    ...messages,
    expected(
      'release-ends',
      Math.max(nowMs, followUpMs, ...ends, ...messages.map(({ atMs }) => atMs)),
      followUpMs,
    ),
    expected('machine-ends', machineEndMs(release), machineEndMs(release)),
  ];
  return dates
    .toSorted((a, b) => a.atMs - b.atMs)
    .map(({ atMs, plannedMs, ...rest }) => ({ at: toInstant(atMs), ...rest, planned: toInstant(plannedMs) }));
}

interface Dated extends Pick<ForecastDate, 'what' | 'id'> {
  readonly atMs: number;
  readonly plannedMs: number;
}
const expected = (what: Milestone, atMs: number, plannedMs: number, id?: string): Dated => ({
  what,
  ...present({ id }),
  atMs,
  plannedMs,
});

interface ExpectedPhase {
  readonly phase: Phase;
  readonly openMs: number;
  readonly endMs: number;
  readonly dates: readonly Dated[];
}

function expectedPhases(plan: Plan, release: Release, nowMs: number): readonly ExpectedPhase[] {
  const found: ExpectedPhase[] = [];
  let freeMs = 0;
  for (const phase of plan.phases) {
    const { status, openedAt, closedAt } = release.phases[phase.id] ?? {};
    const planned = {
      openMs: phaseStartMs(plan, release.launchDay, phase),
      endMs: phaseEndMs(plan, release.launchDay, phase),
    };
    const opened = openedAt === undefined ? undefined : Date.parse(openedAt);
    const openMs = opened ?? Math.max(planned.openMs, freeMs, nowMs);
    const over = status === 'closed' && closedAt !== undefined;
    const endMs = over
      ? Date.parse(closedAt)
      : Math.max(nowMs, earliestEndMs(release, phase, openMs, planned.endMs));
    const dates = [
      ...(opened === undefined ? [expected('phase-opens', openMs, planned.openMs, phase.id)] : []),
      ...(over ? [] : [expected('phase-ends', endMs, planned.endMs, phase.id)]),
    ];
    found.push({ phase, openMs, endMs, dates });
    freeMs = endMs;
  }
  return found;
}

/** A phase whose gate need not wait for its last day is expected to use its days all the same: people plan by them. */
function earliestEndMs(release: Release, phase: Phase, openMs: number, plannedMs: number): number {
  const attempt = lastAttempt(release, phase.id);
  const asked = release.gates[gateKey(phase.id, attempt)] !== undefined;
  const healthyMs = asked ? 0 : (phase.observation?.continuousHealthHours ?? 0) * 3_600_000;
  return Math.max(plannedMs, openMs + healthyMs);
}

/** Dated messages that have neither gone nor been given up, when their guard is expected to be true. */
function expectedMessages(
  plan: Plan,
  release: Release,
  phases: readonly ExpectedPhase[],
  nowMs: number,
): readonly Dated[] {
  const open = openMessages(release);
  return plan.messages.flatMap((message) => {
    const plannedMs = dueMs(plan, release.launchDay, message);
    if (plannedMs === undefined || !open.includes(message.id)) return [];
    const atMs = Math.max(nowMs, plannedMs, trueMs(message, release, phases));
    // Too late by then: it will be skipped.
    if (atMs > lastMs(plan, release.launchDay, message)) return [];
    return [expected('message-goes', atMs, plannedMs, message.id)];
  });
}

function trueMs({ guard }: Message, release: Release, phases: readonly ExpectedPhase[]): number {
  const { exposureMin = 0, phaseOpened } = guard;
  const gives = phases.find(({ phase }) => (phase.exposure ?? 0) >= exposureMin);
  const opens = phases.find(({ phase }) => phase.id === phaseOpened);
  return Math.max(release.exposure >= exposureMin ? 0 : (gives?.openMs ?? 0), opens?.openMs ?? 0);
}
