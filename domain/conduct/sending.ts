/**
 * Mails to people of a campaign: each is claimed, sent once, and kept with what is known of it. A crash between claim and
 * answer leaves "claimed", which is never sent again by itself: nobody gets a message twice.
 */
import { guardFails, messageOf } from '../communications.ts';
import { MailRefused, ServiceUnavailable } from '../errors.ts';
import { type Writer, writerOf } from '../mail/letter.ts';
import type { MailJob, Member } from '../ports.ts';
import { mayBeWritten } from '../preference.ts';
import { finishCampaign } from './campaigns.ts';
import type { SendingPower } from './powers.ts';

type Job = Extract<MailJob, { kind: 'send' }>;
/** `later`: nothing was sent, and nothing will be for now. */
type Ending = 'sent' | 'failed' | 'declined' | 'unknown' | 'later';

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
    if (!(await ports.campaigns.claim(job.campaign, person, ports.clock.nowMs()))) continue;
    const ending = untrue ? 'failed' : await send(ports, job, write, person, readers.get(person));
    if (ending === 'later') {
      await ports.campaigns.release(job.campaign, person);
      return false;
    }
    await ports.campaigns.mark(job.campaign, person, ending);
  }
  await finishCampaign(ports, job);
  return true;
}

async function send(
  { mailer, log }: SendingPower,
  { releaseId, message, campaign }: Job,
  write: Writer,
  person: string,
  member: Member | undefined,
): Promise<Ending> {
  if (!member) return 'declined';
  try {
    await mailer.send({
      to: member.address,
      ...write(member.locale),
      tags: { release: releaseId, message, campaign, person },
    });
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
