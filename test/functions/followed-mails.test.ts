/** Mails of a release that has ended, and of messages that an event causes twice: none stays under way, and all are counted. */
import { beforeEach, describe, expect, it } from 'vitest';
import { finishCampaign, giveUpSilent } from '#application/campaigns.ts';
import { sendNow } from '#application/messages.ts';
import type { MailJob } from '#application/ports/mail.ts';
import type { Ports } from '#application/ports/ports.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import { toInstant } from '#domain/plan/calendar.ts';
import { quoted } from '#domain/quoted.ts';
import { dayMs } from '#domain/time.ts';
import { reconcile } from '#functions/events/reconcile.ts';
import { handlerOf } from '#functions/runtime/handler.ts';
import { MemoryCampaignStore } from '#rehearsal/world/mail.ts';
import { crowded, crowdedRelease } from '#test/support/crowded-release.ts';
import { personOf, record } from '#test/support/hashed.ts';

const { releaseId } = crowded;
const [message, campaign] = ['due', `${releaseId}.due`];
const [ada, bob] = [personOf('ada'), personOf('bob')];
const sending: Fact = { type: 'message.sending', message, campaign };
const sent: Fact = { type: 'message.sent', message, campaign, sent: 1, failed: 1, declined: 0 };
const closed: Fact = {
  type: 'release.closed',
  outcome: 'aborted',
  reason: { code: 'ordered', params: { reason: quoted('enough') } },
};

let campaigns: MemoryCampaignStore;
let queued: MailJob[];

beforeEach(async () => {
  campaigns = new MemoryCampaignStore();
  queued = [];
});

/** A release that is under way, or has ended some days ago. */
async function bench(facts: readonly Fact[], end?: { readonly daysAgo: number }) {
  const ports = (await crowdedRelease({
    facts,
    day: end?.daysAgo ?? 0,
    ports: {
      campaigns,
      mailQueue: { enqueue: async (jobs) => void queued.push(...jobs) },
    },
  })) as unknown as Ports;
  if (end) {
    const before = await ports.releases.load(releaseId);
    const at = toInstant(ports.clock.nowMs() - end.daysAgo * dayMs);
    const { next, entries } = record(before, [closed], { at, actor: 'user:ada' });
    await ports.releases.commit(before, next, entries);
  }
  const told = async () =>
    (await ports.releases.history(releaseId, 0, 1000)).flatMap(({ fact }) =>
      fact.type.startsWith('message.') ? [fact] : [],
    );
  return { ports, told, reconcile: () => handlerOf(reconcile, ports)({}) };
}

async function claimed(of: string, ...people: readonly string[]) {
  for (const person of people) await campaigns.claim(of, person, 0);
  await campaigns.advance(of, undefined, { pages: 1, people: people.length, done: true });
}

describe('mails of a release that has ended', () => {
  it('are accounted for: who was not heard of is listed, and the message ends', async () => {
    await claimed(campaign, ada, bob);
    await campaigns.mark(campaign, ada, 'delivered');
    const { told, reconcile: hour } = await bench([sending], { daysAgo: 1 });
    await hour();
    expect(await told()).toEqual([sending, sent]);
    await hour();
    expect(await told()).toHaveLength(2);
  });

  it('are listed on when nobody has listed them to their end', async () => {
    const { reconcile: hour } = await bench([sending], { daysAgo: 1 });
    await hour();
    expect(queued).toEqual([{ kind: 'list', releaseId, message, campaign }]);
  });

  it('are counted anew when those that were uncertain are heard of, once', async () => {
    await claimed(campaign, ada, bob);
    await campaigns.mark(campaign, ada, 'delivered');
    await campaigns.mark(campaign, bob, 'unknown');
    const { ports, told, reconcile: hour } = await bench([sending, sent], { daysAgo: 13 });
    await hour();
    expect(await told()).toEqual([sending, sent]);
    await campaigns.mark(campaign, bob, 'bounced');
    await hour();
    await hour();
    const recounted = { type: 'message.recounted', message, campaign, sent: 2, failed: 0, declined: 0 };
    expect(await told()).toEqual([sending, sent, recounted]);
    expect((await ports.releases.load(releaseId)).messages[message]).toMatchObject({ sent: 2, failed: 0 });
  });

  it('are no longer asked for after a fortnight', async () => {
    await claimed(campaign, ada);
    const { told, reconcile: hour } = await bench([sending], { daysAgo: 15 });
    await hour();
    expect(await told()).toEqual([sending]);
  });
});

describe('a message that an event causes again while it is still being sent', () => {
  it('ends for each occasion, and says last what came of the last', async () => {
    const { ports, told } = await bench([]);
    const [first, second] = ['one', 'two'].map((occasion) => `${releaseId}.caused.${occasion}`) as [
      string,
      string,
    ];
    await sendNow(ports, releaseId, 'caused', 'one');
    await sendNow(ports, releaseId, 'caused', 'two');
    // Asked again, neither begins anew.
    await sendNow(ports, releaseId, 'caused', 'one');
    await claimed(first, ada);
    await campaigns.mark(first, ada, 'sent');
    await finishCampaign(ports, { releaseId, message: 'caused', campaign: first });
    expect((await ports.releases.load(releaseId)).messages['caused']?.status).toBe('sending');
    await claimed(second, ada, bob);
    await giveUpSilent(ports, { releaseId, message: 'caused', campaign: second });
    const of = (fact: Fact) => ('campaign' in fact ? [fact.type, fact.campaign] : []);
    expect((await told()).map(of)).toEqual([
      ['message.sending', first],
      ['message.sending', second],
      ['message.sent', first],
      ['message.sent', second],
    ]);
    const now = (await ports.releases.load(releaseId)).messages['caused'];
    expect(now).toEqual({ epoch: 1, status: 'sent', campaign: second, sent: 0, failed: 2 });
  });

  it('is followed in all of its occasions by the hourly review', async () => {
    const { ports, told, reconcile: hour } = await bench([]);
    await sendNow(ports, releaseId, 'caused', 'one');
    await sendNow(ports, releaseId, 'caused', 'two');
    for (const occasion of ['one', 'two']) await claimed(`${releaseId}.caused.${occasion}`, ada);
    await hour();
    expect((await told()).filter(({ type }) => type === 'message.sent')).toHaveLength(2);
  });
});
