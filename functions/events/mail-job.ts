/**
 * Sends mail: claims each recipient, sends once, keeps what is known. A crash between claim and answer leaves
 * "claimed", which is never sent again by itself: nobody gets a message twice.
 * Triggered by the mail queue, at least once and in any order, in batches of at most 10 jobs.
 */

import * as z from 'zod';
import { guardFails, messageOf } from '#domain/communications.ts';
import { finishCampaign } from '#domain/conduct/messages.ts';
import { type Counting, counting, type With } from '#domain/conduct/powers.ts';
import { MailRefused, ServiceUnavailable } from '#domain/errors.ts';
import type { MailJob, Recipient } from '#domain/ports.ts';
import { Name, ReleaseId, UserId } from '../contracts/identity.ts';
import { QueueAnswer, QueueBatch } from '../contracts/queue.ts';
import { define } from '../runtime/definition.ts';
import { eachMessage } from '../runtime/queue.ts';

const Job = z.strictObject({
  releaseId: ReleaseId,
  message: Name,
  campaign: Name,
  recipients: z.array(z.strictObject({ userId: UserId, address: z.string().max(320) })).max(10),
});
type Sending = Counting & With<'mailer'>;

export const mailJob = define({
  name: 'mail-job',
  needs: [...counting, 'mailer'],
  input: QueueBatch,
  output: QueueAnswer,
  run: (batch, ports) =>
    eachMessage(ports.log, 'mail-job', batch, async (body) => {
      const job = Job.parse(body);
      const everybody = await sendAll(ports, job);
      await finishCampaign(ports, job.releaseId, job.message, job.campaign);
      return everybody;
    }),
});

/** False when somebody is left for another delivery of the job. */
async function sendAll(ports: Sending, job: MailJob): Promise<boolean> {
  const release = await ports.releases.load(job.releaseId);
  const untrue = guardFails(messageOf(ports.plan, job.message), release) !== undefined;
  let complete = true;
  for (const recipient of job.recipients) {
    if (!(await ports.campaigns.claim(job.campaign, recipient, ports.clock.nowMs()))) continue;
    // What was true when the job was queued may have been rolled back since.
    if (untrue) await ports.campaigns.mark(job.campaign, recipient.userId, 'failed');
    else complete = (await send(ports, job, recipient)) && complete;
  }
  return complete;
}

async function send(
  { plan, mailer, campaigns, log }: Sending,
  job: MailJob,
  recipient: Recipient,
): Promise<boolean> {
  const { campaign } = job;
  const { userId, address } = recipient;
  const { subject, content } = messageOf(plan, job.message);
  try {
    await mailer.send({
      to: address,
      subject,
      text: content,
      tags: { release: job.releaseId, message: job.message, campaign, user: userId },
    });
  } catch (error) {
    if (error instanceof ServiceUnavailable) {
      await campaigns.release(campaign, userId);
      return false;
    }
    if (error instanceof MailRefused) {
      log.write('MAIL_REFUSED', { campaign, userId, why: error.message });
      await campaigns.mark(campaign, userId, 'failed');
      return true;
    }
    log.write('MAIL_UNCERTAIN', { campaign, userId });
    await campaigns.mark(campaign, userId, 'unknown');
    return true;
  }
  await campaigns.mark(campaign, userId, 'sent');
  return true;
}
