/**
 * Mails to people of a campaign: each is claimed, sent once, and kept with what is known of it. A crash between claim and
 * answer leaves "claimed", which is never sent again by itself: nobody gets a message twice.
 */
import { guardFails, messageOf } from '../communications.ts';
import { MailRefused, ServiceUnavailable } from '../errors.ts';
import { questionsAfter } from '../feedback.ts';
import { type LinkPurpose, linkFor } from '../links.ts';
import { type PersonalLinks, type Writer, writerOf } from '../mail/letter.ts';
import type { Message } from '../plan.ts';
import type { Mail, MailJob, Member } from '../ports.ts';
import { mayBeWritten } from '../preference.ts';
import { finishCampaign } from './campaigns.ts';
import type { SendingPower } from './powers.ts';

type Job = Extract<MailJob, { kind: 'send' }>;
/** `later`: nothing was sent, and nothing will be for now. */
type Ending = 'sent' | 'failed' | 'unknown' | 'later';

/** False when somebody is left for another delivery of the job. */
export async function sendJob(ports: SendingPower, job: Job): Promise<boolean> {
  const release = await ports.releases.load(job.releaseId);
  const message = messageOf(ports.plan, job.message);
  // What was true when the job was queued may have been rolled back since.
  const untrue = guardFails(message, release) !== undefined;
  const translations = await ports.templates.of(message.id);
  const write = writerOf({ plan: ports.plan, message, release, nowMs: ports.clock.nowMs(), translations });
  const members = await ports.audience.members(job.people);
  const readers = new Map([...members].filter(([, member]) => mayBeWritten(message, member)));
  for (const person of job.people) {
    const reader = untrue ? undefined : readers.get(person);
    // What cannot be written fails the job before anybody is claimed: nothing has been sent then.
    const mail = reader && (await mailTo(ports, job, message, write, person, reader));
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
  { releaseId, campaign }: Job,
  message: Message,
  write: Writer,
  person: string,
  { address, locale }: Member,
): Promise<Mail> {
  const links = await linksFor(ports, releaseId, message, person);
  const { unsubscribeUrl } = links;
  return {
    to: address,
    ...write(locale, links),
    ...(unsubscribeUrl === undefined ? {} : { unsubscribeUrl }),
    tags: { release: releaseId, message: message.id, campaign, person },
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

/** Pages of the person's own. An announcement can be ended; what an event causes concerns their work, and cannot. */
async function linksFor(
  { plan, clock, links }: SendingPower,
  releaseId: string,
  message: Message,
  person: string,
): Promise<PersonalLinks> {
  const to = (purpose: LinkPurpose) =>
    links.make(linkFor(purpose, { releaseId, message: message.id, person }, clock.nowMs()));
  return {
    ...(questionsAfter(plan, message.id).length > 0 ? { surveyUrl: await to('survey') } : {}),
    ...(plan.feedback?.problems ? { problemUrl: await to('problem') } : {}),
    ...(message.date ? { unsubscribeUrl: await to('unsubscribe') } : {}),
  };
}
