/**
 * Mails to people of a campaign: each is claimed, sent once, and kept with what is known of it. A crash between claim and
 * answer leaves "claimed", which is never sent again by itself: nobody gets a message twice.
 */

import { questionsAfter } from '#domain/audience/feedback.ts';
import type { Member } from '#domain/audience/person.ts';
import { mayBeWritten } from '#domain/audience/preference.ts';
import { MailRefused, ServiceUnavailable } from '#domain/errors.ts';
import type { PersonalLinks, Writer } from '#domain/mailing/letter.ts';
import { type Link, type LinkPurpose, linkFor } from '#domain/mailing/links.ts';
import type { Mail } from '#domain/mailing/mail.ts';
import { messageOf } from '#domain/plan/message-dates.ts';
import type { Message, Plan } from '#domain/plan/plan.ts';
import { present } from '#domain/present.ts';
import { courseOf } from '#domain/rules/announcements.ts';
import { finishCampaign } from './campaigns.ts';
import type { SendingPower } from './port-groups.ts';
import type { MailJob } from './ports/mail.ts';

type Job = Extract<MailJob, { kind: 'send' }>;
/** `later`: nothing was sent, and nothing will be for now. */
type Ending = 'sent' | 'failed' | 'unknown' | 'later';

/** A job that stands still is looked at again after this time: the longest that SQS keeps a message back. */
const standsSeconds = 900;

/** False when somebody is left for another delivery of the job. */
export async function sendJob(ports: SendingPower, job: Job): Promise<boolean> {
  const release = await ports.releases.load(job.releaseId);
  const message = messageOf(ports.plan, job.message);
  const course = courseOf(ports.plan, message, release, ports.clock.nowMs());
  if (course === 'stands') {
    await ports.mailQueue.enqueue([job], standsSeconds);
    return true;
  }
  // What was true when the job was queued may have been rolled back since.
  const untrue = course === 'ends';
  const translations = await ports.templates.of(message.id);
  const { plan, clock } = ports;
  const write = await ports.letters.writer({ plan, message, release, nowMs: clock.nowMs(), translations });
  const members = await ports.audience.members(job.people);
  const pages = pagesBehind(ports.plan, message);
  const readers = new Map([...members].filter(([, member]) => mayBeWritten(message, member)));
  for (const person of job.people) {
    const reader = untrue ? undefined : readers.get(person);
    // What cannot be written fails the job before anybody is claimed: nothing has been sent then.
    const mail = reader && (await mailTo(ports, job, { write, pages }, person, reader));
    if (!(await ports.campaigns.claim(job.campaign, person, ports.clock.nowMs()))) continue;
    const ending = mail ? await send(ports, mail) : untrue ? 'failed' : 'declined';
    if (ending === 'later') {
      await ports.campaigns.release(job.campaign, person);
      return false;
    }
    await ports.campaigns.mark(job.campaign, person, ending);
  }
  await finishCampaign(ports, job);
  return true;
}

async function mailTo(
  ports: SendingPower,
  { releaseId, message, campaign }: Job,
  { write, pages }: { readonly write: Writer; readonly pages: readonly LinkPurpose[] },
  person: string,
  { address, locale }: Member,
): Promise<Mail> {
  const links = await linksTo(ports, pages, { releaseId, message, person });
  const { unsubscribeUrl } = links;
  return {
    to: address,
    ...write(locale, links),
    ...present({ unsubscribeUrl }),
    tags: { release: releaseId, message, campaign, person },
  };
}

async function send({ mailer, log }: SendingPower, mail: Mail): Promise<Ending> {
  const { campaign, person } = mail.tags;
  try {
    await mailer.send(mail);
    return 'sent';
  } catch (error) {
    if (error instanceof ServiceUnavailable) return 'later';
    if (error instanceof MailRefused) {
      log.write('MAIL_REFUSED', { campaign, person, why: error.message });
      return 'failed';
    }
    log.write('MAIL_UNCERTAIN', { campaign, person });
    return 'unknown';
  }
}

/**
 * The pages that a message leads to. An announcement can be ended; what an event causes concerns the reader's work, and cannot.
 */
const pagesBehind = (plan: Plan, { id, date }: Message): readonly LinkPurpose[] => [
  ...(questionsAfter(plan, id).length > 0 ? (['survey'] as const) : []),
  ...(plan.feedback?.problems ? (['problem'] as const) : []),
  ...(date ? (['unsubscribe'] as const) : []),
];

async function linksTo(
  { clock, links }: SendingPower,
  pages: readonly LinkPurpose[],
  about: Pick<Link, 'releaseId' | 'message' | 'person'>,
): Promise<PersonalLinks> {
  const made: Record<string, string> = {};
  for (const page of pages) made[`${page}Url`] = await links.make(linkFor(page, about, clock.nowMs()));
  return made;
}
