/**
 * Whether a message of the plan goes now: its date has come, what it says is true, and nothing keeps the release from going on.
 * What an event causes (an emergency, a correction, an all-clear) has no date, and is never held by anything.
 */

import type { MessageDelay, Omission } from '../ledger/causes.ts';
import type { Release } from '../ledger/records.ts';
import { dueMs, guardFails, lastMs } from '../plan/message-dates.ts';
import type { Message, Plan } from '../plan/plan.ts';
import { present } from '../present.ts';
import { dayMs } from '../time.ts';
import { announcementBlocking } from './blockers.ts';
import { phaseNow } from './progress.ts';

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
  const untrue = delayOf(plan, message, release, nowMs);
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

/** Why the message does not go now, or nothing. */
export const delayOf = (
  plan: Plan,
  message: Message,
  release: Release,
  nowMs: number,
): MessageDelay | undefined =>
  guardFails(message, release) ??
  (message.date && announcementBlocking(plan, release, phaseNow(plan, release).id, nowMs)?.cause);

/**
 * What becomes of a message that is on its way to its readers: it goes on, stands still, or has become untrue and goes to
 * nobody else. A version that was found bad stays bad.
 */
export function courseOf(
  plan: Plan,
  message: Message,
  release: Release,
  nowMs: number,
): 'goes' | 'stands' | 'ends' {
  const delay = delayOf(plan, message, release, nowMs);
  if (delay === undefined) return 'goes';
  return ['paused', 'freeze', 'incident'].includes(delay.code) ? 'stands' : 'ends';
}
