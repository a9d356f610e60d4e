/**
 * Works on campaigns: lists audiences, sends mails.
 * Triggered by the mail queue, at least once and in any order, in batches of at most 10 jobs.
 */

import * as z from 'zod';
import { listPages } from '#application/campaigns.ts';
import { sending } from '#application/port-groups.ts';
import { sendJob } from '#application/sending.ts';
import { Name, Person, ReleaseId } from '../contracts/identity.ts';
import { QueueAnswer, QueueBatch } from '../contracts/queue.ts';
import { define } from '../runtime/definition.ts';
import { eachMessage } from '../runtime/queue.ts';

const OfCampaign = z.strictObject({ releaseId: ReleaseId, message: Name, campaign: Name });
const Job = z.discriminatedUnion('kind', [
  OfCampaign.extend({ kind: z.literal('list') }),
  OfCampaign.extend({ kind: z.literal('send'), people: z.array(Person).max(10) }),
]);

export const mailJob = define({
  name: 'mail-job',
  needs: sending,
  input: QueueBatch,
  output: QueueAnswer,
  run: (batch, ports) =>
    eachMessage(ports.log, 'mail-job', batch, Job, async (job) => {
      if (job.kind === 'send') return sendJob(ports, job);
      await listPages(ports, job);
      return true;
    }),
});
