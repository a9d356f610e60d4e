/**
 * Communications follow the truth: a message goes when its date has come *and* what it says is true. The date comes from
 * the release's launch day, by calendar; the guard from the release itself.
 */

import type { MessageDelay, Omission } from '../ledger/causes.ts';
import type { Fact } from '../ledger/facts.ts';
import type { Release } from '../ledger/records.ts';
import { present } from '../present.ts';
import { dayMs } from '../time.ts';
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

export type MessageDecision =
  | { readonly action: 'send' }
  | { readonly action: 'hold'; readonly reason: MessageDelay }
  | { readonly action: 'skip'; readonly reason: Omission }
  | { readonly action: 'nothing' };

/** Schedules fire late and are tried again for a day. */
const graceMs = dayMs;

/** Whether a planned or held message goes now. */
export function decideMessage(
  plan: Plan,
  message: Message,
  release: Release,
  nowMs: number,
): MessageDecision {
  const record = release.messages[message.id];
  if (!message.date) return decidePromised(release, record, nowMs);
  const due = dueMs(plan, release.launchDay, message);
  if (!record || due === undefined || nowMs < due) return { action: 'nothing' };
  if (record.status !== 'planned' && record.status !== 'held') return { action: 'nothing' };
  const untrue = guardFails(message, release);
  const endMs = lastMs(plan, release.launchDay, message);
  // True at last, but long after its day: nobody wants last month's invitation.
  const over = untrue === undefined ? nowMs > endMs + graceMs : nowMs >= endMs;
  if (over) {
    const params = { days: message.lateDaysMax, ...present({ delay: untrue }) };
    return { action: 'skip', reason: { code: 'too-late', params } };
  }
  if (untrue === undefined) return { action: 'send' };
  return record.status === 'held' ? { action: 'nothing' } : { action: 'hold', reason: untrue };
}

/** A message that an event causes goes on its own when its step has not sent it by then; not to people who have access again. */
function decidePromised(
  { exposure }: Release,
  record: Release['messages'][string] | undefined,
  nowMs: number,
): MessageDecision {
  if (record?.status !== 'planned' || record.dueAt === undefined || nowMs < Date.parse(record.dueAt))
    return { action: 'nothing' };
  return exposure > 0 ? { action: 'skip', reason: { code: 'access-again', params: {} } } : { action: 'send' };
}

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
