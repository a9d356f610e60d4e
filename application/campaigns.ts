/** A campaign: its audience listed into the queue page after page, and its end once everybody has been dealt with. */

import { campaignsUnderWay, type Release } from '#domain/ledger/records.ts';
import { systemTicks } from '#domain/plan/checklist.ts';
import { announcesAccess, messageOf } from '#domain/plan/message-dates.ts';
import type { Audience } from '#domain/plan/plan.ts';
import { courseOf } from '#domain/rules/announcements.ts';
import { minuteMs } from '#domain/time.ts';
import { commit } from './commit.ts';
import type { Announcing, Counting, ListingPower, With } from './port-groups.ts';
import type { AudiencePage } from './ports/audience.ts';
import type { Listing, MailJob } from './ports/mail.ts';

const actor = 'system:communications';
const pageSize = 500;
/** Of people in a job: few, so that a job in trouble keeps few waiting. */
const jobSize = 10;
/** Pages that one job lists before it hands over: well within what a function has time for. */
const pagesPerJob = 10;

type Job = Pick<MailJob, 'releaseId' | 'message' | 'campaign'>;

/**
 * A mail on its way when users lost their access is sent or given up within this time: who corrects an announcement asks only
 * then who got it.
 */
const settledSeconds = 150;

/** Has the audience listed, if it is not yet. Asking again is harmless. */
export async function listAudience(ports: Announcing, job: Job): Promise<void> {
  const listing = await ports.campaigns.listing(job.campaign);
  if (listing?.done) return;
  const { audience } = messageOf(ports.plan, job.message);
  const waits = 'told' in audience && listing === undefined;
  await ports.mailQueue.enqueue([{ ...job, kind: 'list' }], waits ? settledSeconds : 0);
}

/**
 * Lists the next pages. Who is on a page is recorded before the first of them is handed to the queue, and the page counts
 * once all of them are: a lister that dies in between leaves an intention, which the next one carries out again, whatever
 * has happened to the release or its audience since. People who are handed over twice are claimed by one sender, and what
 * may no longer be sent to them is the sender's to say. So the total is known only when everybody in it is in the queue.
 *
 * A cursor would not do for the people: who is erased or imported in between, or whose mail comes back, would have a job and
 * not count, or count without one.
 */
export async function listPages(ports: ListingPower, job: Job): Promise<void> {
  const release = await ports.releases.load(job.releaseId);
  const message = messageOf(ports.plan, job.message);
  const course = courseOf(ports.plan, message, release, ports.clock.nowMs());
  // The hourly review asks again.
  if (course === 'stands') return;
  // Resumed after a rollback, an announcement is no longer true: it goes to nobody else.
  const untrue = course === 'ends';
  let listing = await ports.campaigns.listing(job.campaign);
  for (let pages = 0; pages < pagesPerJob && !listing?.done; pages += 1) {
    const page = untrue ? { people: [] } : await pageOf(ports, release, message.audience, listing?.cursor);
    const intended = await ports.campaigns.intend(job.campaign, listing, page, ports.clock.nowMs());
    // Another lister is further.
    if (!intended) return;
    await ports.mailQueue.enqueue(jobsOf(job, intended.people));
    const next = after(listing, intended);
    if (!(await ports.campaigns.advance(job.campaign, listing, next))) return;
    listing = next;
  }
  if (listing?.done) await finishCampaign(ports, job);
  else await ports.mailQueue.enqueue([{ ...job, kind: 'list' }]);
}

const after = (before: Listing | undefined, { people, cursor }: AudiencePage): Listing => ({
  pages: (before?.pages ?? 0) + 1,
  people: (before?.people ?? 0) + people.length,
  ...(cursor === undefined ? { done: true } : { done: false, cursor }),
});

const jobsOf = (job: Job, people: readonly string[]): readonly MailJob[] =>
  Array.from({ length: Math.ceil(people.length / jobSize) }, (_, index) => ({
    ...job,
    kind: 'send',
    people: people.slice(index * jobSize, (index + 1) * jobSize),
  }));

const pageOf = (
  ports: ListingPower,
  release: Release,
  selection: Audience,
  cursor: string | undefined,
): Promise<AudiencePage> =>
  'told' in selection ? pageOfTold(ports, release, cursor) : ports.audience.page(selection, cursor, pageSize);

/**
 * Who was told that they have access. All announcements are read side by side, in the order of people, and the cursor is the
 * last person of whom each of them has been asked: so everybody is decided on once, whatever mail events come between two pages.
 */
async function pageOfTold(
  { plan, campaigns }: ListingPower,
  { messages }: Release,
  cursor: string | undefined,
): Promise<AudiencePage> {
  const announced = plan.messages.filter(announcesAccess).flatMap(({ id }) => messages[id]?.campaign ?? []);
  const limit = Math.ceil(pageSize / announced.length);
  const pages = await Promise.all(announced.map((campaign) => campaigns.reached(campaign, cursor, limit)));
  const people = [...new Set(pages.flatMap((page) => page.people))];
  const [edge] = pages.flatMap((page) => page.cursor ?? []).toSorted();
  return edge === undefined
    ? { people }
    : { people: people.filter((person) => person <= edge), cursor: edge };
}

/** Mail events come within minutes; half an hour of silence after a claim means a sender died (SES has no memory to ask). */
const silenceMs = 30 * minuteMs;

/** Lists those of whom nothing is known as not reached, so that a campaign ends. An event that still comes corrects it. */
export async function giveUpSilent(ports: Counting, job: Job): Promise<void> {
  const beforeMs = ports.clock.nowMs() - silenceMs;
  for (const person of await ports.campaigns.silent(job.campaign, beforeMs, pageSize)) {
    await ports.campaigns.mark(job.campaign, person, 'unknown');
  }
  await finishCampaign(ports, job);
}

/** Tells the ledger once everybody has been dealt with. */
export async function finishCampaign(ports: Counting, { releaseId, message, campaign }: Job): Promise<void> {
  const { total, sent, failed, declined } = await ports.campaigns.tally(campaign);
  if (total === undefined || sent + failed + declined < total) return;
  await commit(ports, releaseId, actor, (release) => {
    const record = release.messages[message];
    if (!record || !campaignsUnderWay(record).includes(campaign)) return [];
    return [
      { type: 'message.sent', message, campaign, sent, failed, declined },
      ...systemTicks(
        ports.plan,
        release,
        { message },
        {
          code: 'message',
          params: { message, recipients: sent },
        },
      ),
    ];
  });
}

/** Writes down what was heard since a campaign ended: of mails that nobody had answered for, that they were sent. */
export async function recountCampaign(ports: Counting, { releaseId, message, campaign }: Job): Promise<void> {
  const { sent, failed, declined } = await ports.campaigns.tally(campaign);
  await commit(ports, releaseId, actor, ({ messages }) => {
    const record = messages[message];
    if (record?.status !== 'sent' || record.campaign !== campaign) return [];
    if (record.sent === sent && record.failed === failed) return [];
    return [{ type: 'message.recounted', message, campaign, sent, failed, declined }];
  });
}

/** Mails of campaigns under way that have not gone yet. */
export async function stillToGo(
  { plan, audience, campaigns }: With<'audience' | 'campaigns'>,
  { messages }: Release,
): Promise<number> {
  let left = 0;
  for (const [id, record] of Object.entries(messages)) {
    for (const campaign of campaignsUnderWay(record)) {
      const { audience: selection } = messageOf(plan, id);
      const { total, sent, failed, declined } = await campaigns.tally(campaign);
      const people = total ?? ('told' in selection ? 0 : await audience.count(selection));
      left += Math.max(0, people - sent - failed - declined);
    }
  }
  return left;
}
