/** From a message of the plan to jobs in the mail queue. Who has been told is known recipient by recipient. */
import { systemTicks } from '../checklist.ts';
import {
  announcesAccess,
  decideMessage,
  guardFails,
  lastMs,
  type MessageDecision,
  messageOf,
  openMessages,
  planMessages,
} from '../communications.ts';
import type { Fact } from '../facts.ts';
import type { Audience } from '../plan.ts';
import type { MailJob, Recipient } from '../ports.ts';
import type { Release } from '../release.ts';
import { commit } from './commit.ts';
import { scheduleNameOf } from './names.ts';
import type { Counting, Dating, Messaging, Sending, With } from './powers.ts';

const pageSize = 500;
const jobSize = 10;
const actor = 'system:communications';

const scheduleName = (releaseId: string, message: string) =>
  scheduleNameOf(`${releaseId}.message.${message}`);

/** Dates every message that is still to go: at admission, and again when the launch day moves. */
export async function scheduleMessages(ports: Dating, releaseId: string): Promise<Release> {
  const release = await commit(ports, releaseId, actor, (current) => planMessages(ports.plan, current));
  for (const id of openMessages(release)) await scheduleMessage(ports, release, id);
  return release;
}

async function scheduleMessage(ports: Dating, release: Release, id: string): Promise<void> {
  const record = release.messages[id];
  if (record?.dueAt === undefined || record.status === 'sending') return;
  const dueMs = Date.parse(record.dueAt);
  const nowMs = ports.clock.nowMs();
  if (dueMs <= nowMs) return;
  await ports.schedules.put({
    name: scheduleName(release.id, id),
    when: { atMs: dueMs },
    target: 'date',
    input: { kind: 'message', releaseId: release.id, message: id, epoch: record.epoch },
  });
}

/** Sends, holds or skips what is due: when a date comes, when exposure grows, when a phase opens, once an hour. */
export async function reviewMessages(ports: Messaging, releaseId: string): Promise<void> {
  const release = await commit(ports, releaseId, actor, (current) => dueFacts(ports, current));
  for (const [id, record] of Object.entries(release.messages)) {
    if (record.status === 'sending' && record.campaign !== undefined) {
      await deliver(ports, release, id, record.campaign);
      await giveUpSilent(ports, release.id, id, record.campaign);
    }
    if (record.status === 'held') await watchHeld(ports, release, id);
  }
}

function dueFacts({ plan, clock }: With<never>, release: Release): readonly Fact[] {
  return Object.keys(release.messages).flatMap((id) => {
    const decision = decideMessage(plan, messageOf(plan, id), release, clock.nowMs());
    return dueFact(id, `${release.id}.${id}`, decision);
  });
}

function dueFact(message: string, campaign: string, decision: MessageDecision): readonly Fact[] {
  switch (decision.action) {
    case 'send':
      return [{ type: 'message.sending', message, campaign }];
    case 'hold':
      return [{ type: 'message.held', message, reason: decision.reason }];
    case 'skip':
      return [{ type: 'message.skipped', message, reason: decision.reason }];
    case 'nothing':
      return [];
  }
}

/** A held message has a last day; nothing else would come to say that it is over. */
async function watchHeld(ports: Dating, release: Release, id: string): Promise<void> {
  const record = release.messages[id];
  if (!record) return;
  await ports.schedules.put({
    name: scheduleName(release.id, id),
    when: { atMs: lastMs(ports.plan, release.launchDay, messageOf(ports.plan, id)) },
    target: 'date',
    input: { kind: 'message', releaseId: release.id, message: id, epoch: record.epoch },
  });
}

/** Sends a message that an event causes (emergency, correction, degraded mode), once per `occasion`. */
export async function sendNow(
  ports: Sending,
  releaseId: string,
  message: string,
  occasion: string,
): Promise<void> {
  const campaign = `${releaseId}.${message}.${occasion}`;
  const release = await commit(ports, releaseId, actor, (current) =>
    current.messages[message]?.campaign === campaign ? [] : [{ type: 'message.sending', message, campaign }],
  );
  if (release.messages[message]?.status === 'sending') await deliver(ports, release, message, campaign);
}

/** Lists the audience into the queue. Listing again after a crash is harmless: each recipient is claimed once. */
async function deliver(ports: Sending, release: Release, id: string, campaign: string): Promise<void> {
  if ((await ports.campaigns.tally(campaign)).total !== undefined) return;
  const message = messageOf(ports.plan, id);
  // Resumed after a rollback, an announcement is no longer true.
  if (guardFails(message, release) !== undefined) return;
  let total = 0;
  for await (const recipients of audienceOf(ports, release, message.audience)) {
    total += recipients.length;
    await ports.mailQueue.enqueue(jobs({ releaseId: release.id, message: id, campaign }, recipients));
  }
  await ports.campaigns.listed(campaign, total);
  await finishCampaign(ports, release.id, id, campaign);
}

/** Mail events come within minutes; half an hour of silence after a claim means a sender died (SES has no memory to ask). */
const silenceMs = 30 * 60_000;

/** Lists those of whom nothing is known as not reached, so that a campaign ends. An event that still comes corrects it. */
async function giveUpSilent(ports: Counting, releaseId: string, id: string, campaign: string): Promise<void> {
  const beforeMs = ports.clock.nowMs() - silenceMs;
  for (const userId of await ports.campaigns.silent(campaign, beforeMs, pageSize)) {
    await ports.campaigns.mark(campaign, userId, 'unknown');
  }
  await finishCampaign(ports, releaseId, id, campaign);
}

/** Tells the ledger once everybody has been dealt with. */
export async function finishCampaign(
  ports: Counting,
  releaseId: string,
  id: string,
  campaign: string,
): Promise<void> {
  const tally = await ports.campaigns.tally(campaign);
  if (tally.total === undefined || tally.sent + tally.failed < tally.total) return;
  await commit(ports, releaseId, actor, (release) => {
    const record = release.messages[id];
    if (record?.status !== 'sending' || record.campaign !== campaign) return [];
    return [
      { type: 'message.sent', message: id, campaign, sent: tally.sent, failed: tally.failed },
      ...systemTicks(ports.plan, release, { message: id }, `${tally.sent} recipients`),
    ];
  });
}

async function* audienceOf(
  { plan, audience, campaigns }: Sending,
  release: Release,
  selection: Audience,
): AsyncGenerator<readonly Recipient[]> {
  if (!('told' in selection)) {
    yield* pages((cursor) => audience.page(selection, cursor, pageSize));
    return;
  }
  const seen = new Set<string>();
  for (const message of plan.messages) {
    const campaign = release.messages[message.id]?.campaign;
    if (!announcesAccess(message) || campaign === undefined) continue;
    for await (const page of pages((cursor) => campaigns.reached(campaign, cursor, pageSize))) {
      const fresh = page.filter(({ userId }) => !seen.has(userId));
      for (const { userId } of fresh) seen.add(userId);
      yield fresh;
    }
  }
}

async function* pages(
  read: (cursor: string | undefined) => Promise<{ recipients: readonly Recipient[]; cursor?: string }>,
): AsyncGenerator<readonly Recipient[]> {
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    yield page.recipients;
    cursor = page.cursor;
  } while (cursor !== undefined);
}

function jobs(job: Omit<MailJob, 'recipients'>, recipients: readonly Recipient[]): readonly MailJob[] {
  return Array.from({ length: Math.ceil(recipients.length / jobSize) }, (_, index) => ({
    ...job,
    recipients: recipients.slice(index * jobSize, (index + 1) * jobSize),
  }));
}

/** What will not go any more: the release has ended, or was rolled back. */
export async function cancelMessages(ports: Dating, releaseId: string, reason: string): Promise<void> {
  const release = await commit(ports, releaseId, actor, (current) =>
    openMessages(current)
      .filter((id) => current.messages[id]?.status !== 'sending')
      .map((message): Fact => ({ type: 'message.cancelled', message, reason })),
  );
  for (const id of Object.keys(release.messages)) await ports.schedules.remove(scheduleName(releaseId, id));
}
