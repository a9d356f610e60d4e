/**
 * Communications follow the truth: a message goes when its date has come *and* what it says is true. The date comes from
 * the release's launch day, by calendar; the guard from the release itself.
 */

import type { MessageDelay } from '../ledger/causes.ts';
import type { Fact } from '../ledger/facts.ts';
import type { Release } from '../ledger/records.ts';
import { addDays, daysBetween, instantOf, toInstant } from './calendar.ts';
import type { LocalDay, Message, Phase, Plan } from './plan.ts';

/** A day of the plan, moved as far as this release's launch day is from the plan's. */
export function dayInRelease(plan: Plan, launchDay: LocalDay, planned: LocalDay): LocalDay {
  return addDays(planned, daysBetween(plan.launch.day, launchDay));
}

/** When a phase may open: its first day, at the start of work. Epoch milliseconds. */
export const phaseStartMs = (plan: Plan, launchDay: LocalDay, phase: Phase): number =>
  instantOf(dayInRelease(plan, launchDay, phase.from), plan.workday.start, plan.timeZone);

/** When a phase's last day of work ends. Epoch milliseconds. */
export const phaseEndMs = (plan: Plan, launchDay: LocalDay, phase: Phase): number =>
  instantOf(dayInRelease(plan, launchDay, phase.to), plan.workday.end, plan.timeZone);

/** When a dated message is due: J+n by calendar date, never n × 24 h. */
export function dueMs(plan: Plan, launchDay: LocalDay, message: Message): number | undefined {
  if (!message.date) return undefined;
  return instantOf(addDays(launchDay, message.date.day), message.date.time, plan.timeZone);
}

/** When a held message is given up. Epoch milliseconds. */
export function lastMs(plan: Plan, launchDay: LocalDay, message: Message): number {
  const { day = 0, time = plan.workday.end } = message.date ?? {};
  return instantOf(addDays(launchDay, day + message.lateDaysMax), time, plan.timeZone);
}

export const messageOf = (plan: Plan, id: string): Message => {
  const message = plan.messages.find((candidate) => candidate.id === id);
  if (!message) {
    const known = plan.messages.map((candidate) => candidate.id).join(', ');
    throw new RangeError(`the plan has no message "${id}": it has ${known}`);
  }
  return message;
};

/** Why the message would not be true now, or nothing. What an event causes has no guard to fail. */
export function guardFails(message: Message, release: Release): MessageDelay | undefined {
  const { exposureMin, phaseOpened } = message.guard;
  if (!message.date) return undefined;
  if (release.status !== 'active') return { code: 'release-ended', params: { status: release.status } };
  // While it changes, nobody is told of access that they may not have.
  const exposure = Math.min(release.exposure, release.exposing ?? release.exposure);
  if (exposureMin !== undefined && exposure < exposureMin) {
    return { code: 'exposure', params: { exposure, exposureMin } };
  }
  if (phaseOpened !== undefined && !release.phases[phaseOpened])
    return { code: 'phase-not-opened', params: { phase: phaseOpened } };
  return undefined;
}

/** A message that was skipped is planned again when its date moves. */
const mayGo = new Set(['planned', 'held', 'skipped']);

/** What is new or has moved in the dates of the messages that are still to go, for this launch day. */
export function planMessages(plan: Plan, release: Pick<Release, 'messages' | 'launchDay'>): readonly Fact[] {
  return plan.messages.flatMap((message): readonly Fact[] => {
    const due = dueMs(plan, release.launchDay, message);
    const before = release.messages[message.id];
    if (due === undefined || (before && !mayGo.has(before.status))) return [];
    const dueAt = toInstant(due);
    if (before?.dueAt === dueAt) return [];
    const type = before ? 'message.replanned' : 'message.planned';
    return [{ type, message: message.id, dueAt, epoch: (before?.epoch ?? 0) + 1 }];
  });
}

/** The messages that told their readers that they have access: who got one of these "was told". */
export const announcesAccess = (message: Message): boolean => (message.guard.exposureMin ?? 0) > 0;

const open = new Set(['planned', 'held', 'sending']);
/** Messages that have neither gone nor been given up. */
export const openMessages = (release: Release): readonly string[] =>
  Object.entries(release.messages)
    .filter(([, { status }]) => open.has(status))
    .map(([id]) => id);
