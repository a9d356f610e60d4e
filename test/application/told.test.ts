/** Who is told that an announcement is no longer true, when the announcements' own mails are still heard of meanwhile. */

import { beforeEach, describe, expect, it } from 'vitest';
import { finishCampaign, listPages } from '#application/campaigns.ts';
import type { MailJob } from '#application/ports/mail.ts';
import type { Ports } from '#application/ports/ports.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import { MemoryCampaignStore } from '#rehearsal/world/mail.ts';
import { MemoryReleaseStore } from '#rehearsal/world/release-store.ts';
import { admitted, at, atMs } from '#test/support/builders.ts';
import { personOf, record } from '#test/support/hashed.ts';
import { readPlanForTest } from '#test/support/plans.ts';

const [launch, extension] = ['r1.launch', 'r1.extension'];
const correction = { releaseId: 'r1', message: 'emergency', campaign: 'r1.emergency.production-50.1' };
const [ada, bob] = [personOf('ada'), personOf('bob')];

let campaigns: MemoryCampaignStore;
let releases: MemoryReleaseStore;

beforeEach(async () => {
  campaigns = new MemoryCampaignStore();
  releases = new MemoryReleaseStore();
  const { next, entries } = record(
    'r1',
    [
      admitted,
      { type: 'message.sending', message: 'launch', campaign: launch },
      { type: 'message.sending', message: 'extension', campaign: extension },
      { type: 'message.sending', ...correction },
    ],
    { at, actor: 'system:test' },
  );
  await releases.commit(undefined, next, entries);
  for (const campaign of [launch, extension]) await campaigns.claim(campaign, ada, atMs);
  await campaigns.claim(extension, bob, atMs);
  for (const person of [ada, bob]) await campaigns.mark(extension, person, 'delivered');
});

/** Lists those who were told and writes to them; after each page `heard` happens. Whom it wrote to, in the order of people. */
async function correct(heard: () => Promise<void>): Promise<readonly string[]> {
  const queued: MailJob[] = [];
  const ports = {
    plan: readPlanForTest('technicia'),
    clock: { nowMs: () => atMs },
    sha256,
    campaigns,
    releases,
    mailQueue: {
      enqueue: async (jobs: readonly MailJob[]) => {
        queued.push(...jobs);
        await heard();
      },
    },
  } as unknown as Ports;
  await listPages(ports, correction);
  const people = queued.flatMap((job) => (job.kind === 'send' ? job.people : []));
  for (const person of people) {
    if (await campaigns.claim(correction.campaign, person, atMs))
      await campaigns.mark(correction.campaign, person, 'sent');
  }
  await finishCampaign(ports, correction);
  return people.toSorted();
}

describe('a correction after two announcements', () => {
  it('ends, and is sent once, when the mail of the first comes back between two pages', async () => {
    await campaigns.mark(launch, ada, 'sent');
    const people = await correct(() => campaigns.mark(launch, ada, 'bounced'));
    expect(people).toEqual([ada, bob].toSorted());
    expect(await campaigns.tally(correction.campaign)).toMatchObject({ total: 2, sent: 2 });
    expect(releases.peek('r1')?.messages['emergency']).toMatchObject({ status: 'sent' });
  });

  it('reaches one of whom the first is only heard between two pages', async () => {
    await campaigns.mark(launch, ada, 'failed');
    const people = await correct(() => campaigns.mark(launch, ada, 'delivered'));
    expect(people).toEqual([ada, bob].toSorted());
    expect(await campaigns.tally(correction.campaign)).toMatchObject({ total: 2, sent: 2 });
  });
});
