/**
 * The process that lists and sends dies once, at each moment that there is: nobody is forgotten, nobody is told twice, and
 * what the ledger says in the end is what lies in the mailboxes, whatever happens before the next process comes.
 */
import { describe, expect, it } from 'vitest';
import { Chance } from '#rehearsal/world/chance.ts';
import { recorded, toItsEnd } from '#test/support/campaign-end.ts';
import { OneDeath } from '#test/support/one-death.ts';
import { campaign, PostOffice } from '#test/support/post-office.ts';
import { tries } from './tries.ts';

const weather = {
  crash: 0,
  duplicate: 0,
  throttled: 0,
  refused: 0,
  answerLost: 0,
  requestLost: 0,
  bounced: 0,
  interrupted: 0,
  quota: 1_000_000,
};

/** An announcement to a tenth of the users, worked on until the process has died. */
async function untilDeath(users: number, death: OneDeath): Promise<PostOffice> {
  const office = new PostOffice(users, new Chance(7), weather, death);
  await office.admit();
  await office.expose(10);
  await office.reconcile(1);
  while (!death.happened && office.waiting > 0) await office.work(1);
  return office;
}

/** Moments of all the work on an announcement, or of its first delivery alone: that lists. `few`: one in twelve. */
async function momentsOf(users: number, which: 'all' | 'listing'): Promise<readonly number[]> {
  const death = new OneDeath();
  if (which === 'all') await untilDeath(users, death);
  else {
    const office = new PostOffice(users, new Chance(7), weather, death);
    await office.admit();
    await office.expose(10);
    await office.reconcile(1);
    await office.work(1);
  }
  // After one call is before the next.
  const step = 2 * tries({ all: 1, few: 12 });
  return Array.from({ length: Math.ceil(death.moments / step) }, (_, nth) => step * nth);
}

async function peopleIn(office: PostOffice): Promise<ReadonlySet<string>> {
  const people = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await office.audience.page({ exposed: 10 }, cursor, 1000);
    for (const person of page.people) people.add(person);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return people;
}

/** Nobody twice; the tally, the ledger and the mailboxes say the same. */
async function agree(office: PostOffice): Promise<void> {
  expect(Math.max(0, ...office.mailboxes.values()), 'mails to one person').toBeLessThanOrEqual(1);
  const { total, sent, failed, declined } = await office.campaigns.tally(campaign);
  expect(sent, 'who has it').toBe(office.mailboxes.size);
  expect(sent + failed + declined, 'everybody who was listed').toBe(total);
  expect((await recorded(office)).people, 'it ends when nobody is left in the queue').toBe(total);
}

/** One page and a few jobs: every moment of it. Two pages: those of the lister. */
const crowds = [
  [80, 'all'],
  [5200, 'listing'],
] as const;

describe.each(crowds)(
  'an announcement to a tenth of %d users, and a death at each moment (%s)',
  (users, which) => {
    it('reaches everybody all the same', async () => {
      for (const moment of await momentsOf(users, which)) {
        const office = await untilDeath(users, new OneDeath(moment));
        await toItsEnd(office, 3);
        await agree(office);
        const audience = await peopleIn(office);
        const { total, failed } = await office.campaigns.tally(campaign);
        expect(total, `died at ${moment}`).toBe(audience.size);
        // Whose sender died after the claim is listed, and never sent to again by itself.
        expect(failed, `died at ${moment}`).toBeLessThanOrEqual(1);
      }
    });

    it('ends with what was sent before a rollback', async () => {
      for (const moment of await momentsOf(users, which)) {
        const office = await untilDeath(users, new OneDeath(moment));
        await office.expose(0);
        const before = office.mailboxes.size;
        await toItsEnd(office, 3);
        expect(office.mailboxes.size, `died at ${moment}`).toBe(before);
        await agree(office);
      }
    });

    it('reaches those who are users before and after, when another audience is imported', async () => {
      for (const moment of await momentsOf(users, which)) {
        const office = await untilDeath(users, new OneDeath(moment));
        const first = await peopleIn(office);
        await office.replaceUsers({ from: Math.floor(users / 2), to: users * 2 });
        const second = await peopleIn(office);
        await toItsEnd(office, 3);
        await agree(office);
        const { failed } = await office.campaigns.tally(campaign);
        const forgotten = [...first].filter(
          (person) => second.has(person) && !office.mailboxes.has(person),
        ).length;
        // Whose sender died after the claim: a user still, or not any more.
        expect(forgotten, `died at ${moment}`).toBeLessThanOrEqual(failed);
        expect(failed, `died at ${moment}`).toBeLessThanOrEqual(1);
        const foreign = [...office.mailboxes.keys()].filter((one) => !first.has(one) && !second.has(one));
        expect(foreign).toEqual([]);
      }
    });
  },
);
