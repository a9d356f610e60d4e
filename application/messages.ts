/** The messages of the plan about a release: dated, held until they are true, sent, skipped or cancelled. */

import type { MessageDelay } from '#domain/ledger/causes.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import type { ReleaseOutcome } from '#domain/ledger/outcomes.ts';
import { campaignsUnderWay, type Release } from '#domain/ledger/records.ts';
import { whyNot } from '#domain/mailing/daily-quota.ts';
import { toInstant } from '#domain/plan/calendar.ts';
import { lastMs, messageOf, openMessages, planMessages } from '#domain/plan/message-dates.ts';
import { decideMessage, type MessageDecision } from '#domain/rules/announcements.ts';
import { unreachable } from '#domain/unreachable.ts';
import { scheduleNameOf } from './aws-names.ts';
import { giveUpSilent, listAudience, recountCampaign, stillToGo } from './campaigns.ts';
import { commit } from './commit.ts';
import type { Announcing, BasePorts, Dating, Messaging } from './port-groups.ts';

const actor = 'system:communications';

const scheduleName = ({ sha256 }: BasePorts, releaseId: string, message: string) =>
  scheduleNameOf(sha256, `${releaseId}.message.${message}`);

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
    name: scheduleName(ports, release.id, id),
    when: { atMs: dueMs },
    target: 'date',
    input: { kind: 'message', releaseId: release.id, message: id, epoch: record.epoch },
  });
}

/** Sends, holds or skips what is due: when a date comes, when exposure grows, when a phase opens, once an hour. */
export async function reviewMessages(ports: Messaging, releaseId: string): Promise<void> {
  const delays = await delaysOf(ports, await ports.releases.load(releaseId));
  const release = await commit(ports, releaseId, actor, (current) => [
    // A launch day that was moved by somebody who died before the dates were.
    ...(current.status === 'active' ? planMessages(ports.plan, current) : []),
    ...dueFacts(ports, current, delays),
  ]);
  await followCampaigns(ports, release);
  for (const [id, { status }] of Object.entries(release.messages))
    if (status === 'held') await watchHeld(ports, release, id);
}

/** Sees what is being sent through to its end, and counts anew what did not reach everybody: of a release that has ended, too. */
export async function followCampaigns(
  ports: Announcing,
  { id: releaseId, messages }: Pick<Release, 'id' | 'messages'>,
): Promise<void> {
  for (const [message, record] of Object.entries(messages)) {
    for (const campaign of campaignsUnderWay(record)) {
      const job = { releaseId, message, campaign };
      await listAudience(ports, job);
      await giveUpSilent(ports, job);
    }
    const { status, campaign, failed = 0 } = record;
    if (status === 'sent' && campaign !== undefined && failed > 0)
      await recountCampaign(ports, { releaseId, message, campaign });
  }
}

/** By message that would go now, why the mail service has no room for it, or nothing. */
type Delays = ReadonlyMap<string, MessageDelay | undefined>;

async function delaysOf(ports: Messaging, release: Release): Promise<Delays> {
  const due = decisions(ports, release).filter(({ decision }) => decision.action === 'send');
  if (due.length === 0) return new Map();
  const { mailsLeft } = await ports.quota.read();
  let taken = await stillToGo(ports, release);
  const delays = new Map<string, MessageDelay | undefined>();
  for (const { id } of due) {
    const { audience } = messageOf(ports.plan, id);
    // Of those who were told something nobody is counted beforehand, and nobody waits for the truth.
    const people = 'told' in audience ? 0 : await ports.audience.count(audience);
    const delay = whyNot(people, mailsLeft - taken);
    if (delay === undefined) taken += people;
    delays.set(id, delay);
  }
  return delays;
}

const decisions = ({ plan, clock }: BasePorts, release: Release) =>
  Object.keys(release.messages).map((id) => ({
    id,
    decision: decideMessage(plan, messageOf(plan, id), release, clock.nowMs()),
  }));

function dueFacts(ports: BasePorts, release: Release, delays: Delays): readonly Fact[] {
  return decisions(ports, release).flatMap(({ id, decision }): readonly Fact[] => {
    const campaign = release.messages[id]?.campaign ?? `${release.id}.${id}`;
    if (decision.action !== 'send') return dueFact(id, campaign, decision);
    // Became due after the quota was read: the next review sends it.
    if (!delays.has(id)) return [];
    const reason = delays.get(id);
    if (reason === undefined) return dueFact(id, campaign, decision);
    return release.messages[id]?.status === 'held' ? [] : [{ type: 'message.held', message: id, reason }];
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
    default:
      return unreachable(decision);
  }
}

/** A held message has a last day; nothing else would come to say that it is over. */
async function watchHeld(ports: Dating, release: Release, id: string): Promise<void> {
  const record = release.messages[id];
  if (!record) return;
  await ports.schedules.put({
    name: scheduleName(ports, release.id, id),
    when: { atMs: lastMs(ports.plan, release.launchDay, messageOf(ports.plan, id)) },
    target: 'date',
    input: { kind: 'message', releaseId: release.id, message: id, epoch: record.epoch },
  });
}

const campaignOf = (releaseId: string, message: string, occasion: string) =>
  `${releaseId}.${message}.${occasion}`;

/**
 * Dates messages that an event causes: they go then at the latest, whatever becomes of the steps that would send them (`sendNow`,
 * of the same occasion, sends them before).
 */
export async function promiseMessages(
  ports: Dating,
  releaseId: string,
  messages: readonly string[],
  occasion: string,
  dueMs: number,
): Promise<void> {
  const release = await commit(ports, releaseId, actor, (current) =>
    messages.flatMap((message): readonly Fact[] => {
      const before = current.messages[message];
      const campaign = campaignOf(releaseId, message, occasion);
      if (before?.campaign === campaign || before?.status === 'sending') return [];
      return [
        {
          type: 'message.planned',
          message,
          dueAt: toInstant(dueMs),
          epoch: (before?.epoch ?? 0) + 1,
          campaign,
        },
      ];
    }),
  );
  for (const message of messages) await scheduleMessage(ports, release, message);
}

/** Sends a message that an event causes (emergency, correction, degraded mode), once per `occasion`. */
export async function sendNow(
  ports: Announcing,
  releaseId: string,
  message: string,
  occasion: string,
): Promise<void> {
  const campaign = campaignOf(releaseId, message, occasion);
  const isBegun = ({ messages }: Release) => {
    const record = messages[message];
    if (record === undefined) return false;
    // Only dated so far, to go at the latest.
    const isPromised = record.campaign === campaign && record.status === 'planned';
    return !isPromised && (record.campaign === campaign || campaignsUnderWay(record).includes(campaign));
  };
  const release = await commit(ports, releaseId, actor, (current) =>
    isBegun(current) ? [] : [{ type: 'message.sending', message, campaign }],
  );
  const record = release.messages[message];
  if (record && campaignsUnderWay(record).includes(campaign))
    await listAudience(ports, { releaseId, message, campaign });
}

/** What will not go any more: the release has ended, or was rolled back. */
export async function cancelMessages(
  ports: Dating,
  releaseId: string,
  status: ReleaseOutcome,
): Promise<void> {
  const reason = { code: 'release-ended', params: { status } } as const;
  const release = await commit(ports, releaseId, actor, (current) =>
    openMessages(current)
      .filter((id) => current.messages[id]?.status !== 'sending')
      .map((message): Fact => ({ type: 'message.cancelled', message, reason })),
  );
  for (const id of Object.keys(release.messages))
    await ports.schedules.remove(scheduleName(ports, releaseId, id));
}
