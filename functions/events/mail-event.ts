/**
 * What SES says about mail that was sent. It settles what the sender could not know, and ends mail to addresses
 * that there are not and to people who complain.
 * Triggered by SES's EventBridge events through a queue, at least once and in any order, in batches of at most 10.
 */

import * as z from 'zod';
import { finishCampaign } from '#application/campaigns.ts';
import { counting } from '#application/port-groups.ts';
import type { DeliveryStatus } from '#domain/mailing/delivery.ts';
import { Name, Person, ReleaseId } from '../contracts/identity.ts';
import { decodeTag } from '../contracts/mail-tags.ts';
import { QueueAnswer, QueueBatch } from '../contracts/queue.ts';
import { define } from '../runtime/definition.ts';
import { eachMessage } from '../runtime/queue.ts';

const statusOf = {
  'Email Sent': 'sent',
  'Email Delivered': 'delivered',
  'Email Bounced': 'bounced',
  'Email Complaint Received': 'complained',
  'Email Rejected': 'failed',
  'Email Rendering Failed': 'failed',
} as const satisfies Record<string, DeliveryStatus>;

/** SES hands a tag back as a list, encoded as it was sent. */
const tag = (value: z.ZodType<string, string>) =>
  z
    .array(z.string())
    .length(1)
    .transform(([text = ''], context) => {
      try {
        return decodeTag(text);
      } catch {
        context.addIssue('not a tag of ours');
        return z.NEVER;
      }
    })
    .pipe(value);
const MailEvent = z.object({
  'detail-type': z.enum(Object.keys(statusOf) as (keyof typeof statusOf)[]),
  detail: z.object({
    /** Transient ones (a full mailbox, an absence) may arrive the next time. */
    bounce: z.object({ bounceType: z.string() }).optional(),
    mail: z.object({
      tags: z.object({
        release: tag(ReleaseId),
        message: tag(Name),
        campaign: tag(Name),
        person: tag(Person),
      }),
    }),
  }),
});

export const mailEvent = define({
  name: 'mail-event',
  needs: [...counting, 'preferences'],
  input: QueueBatch,
  output: QueueAnswer,
  run: async (batch, ports) => {
    const campaigns = new Map<string, Parameters<typeof finishCampaign>[1]>();
    const answer = await eachMessage(ports.log, 'mail-event', batch, async (body) => {
      const { success, data: event } = MailEvent.safeParse(body);
      // Delays, opens, whatever SES will tell tomorrow and mail of others (notices to the team) change nothing here.
      if (!success) return true;
      const { release, message, campaign, person } = event.detail.mail.tags;
      const status = statusOf[event['detail-type']];
      await ports.campaigns.mark(campaign, person, status);
      const forGood = event.detail.bounce?.bounceType === 'Permanent';
      if (status === 'complained' || (status === 'bounced' && forGood))
        await ports.preferences.unreachable(person, status, ports.clock.nowMs());
      campaigns.set(campaign, { releaseId: release, message, campaign });
      return true;
    });
    for (const campaign of campaigns.values()) await finishCampaign(ports, campaign);
    return answer;
  },
});
