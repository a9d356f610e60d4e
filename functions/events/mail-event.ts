/**
 * What SES says about mail that was sent. It settles what the sender could not know, and reports bounces.
 * Triggered by SES's EventBridge events through a queue, at least once and in any order, in batches of at most 10.
 */

import * as z from 'zod';
import { finishCampaign } from '#domain/conduct/messages.ts';
import { messaging } from '#domain/conduct/powers.ts';
import type { DeliveryStatus } from '#domain/delivery.ts';
import { Name, ReleaseId, UserId } from '../contracts/identity.ts';
import { QueueAnswer, QueueBatch } from '../contracts/queue.ts';
import { define } from '../runtime/definition.ts';

const statusOf = {
  'Email Sent': 'sent',
  'Email Delivered': 'delivered',
  'Email Bounced': 'bounced',
  'Email Complaint Received': 'complained',
  'Email Rejected': 'failed',
  'Email Rendering Failed': 'failed',
} as const satisfies Record<string, DeliveryStatus>;

const one = <T extends z.ZodType>(value: T) => z.array(value).length(1);
const MailEvent = z.object({
  'detail-type': z.enum(Object.keys(statusOf) as (keyof typeof statusOf)[]),
  detail: z.object({
    mail: z.object({
      tags: z.object({ release: one(ReleaseId), message: one(Name), campaign: one(Name), user: one(UserId) }),
    }),
  }),
});

export const mailEvent = define({
  name: 'mail-event',
  needs: messaging,
  input: QueueBatch,
  output: QueueAnswer,
  run: async ({ Records }, ports) => {
    const campaigns = new Map<string, readonly [string, string]>();
    for (const { body } of Records) {
      const parsed = MailEvent.safeParse(JSON.parse(body));
      // Delays, opens and whatever SES will tell tomorrow change nothing here.
      if (!parsed.success) continue;
      const event = parsed.data;
      const { release, message, campaign, user } = event.detail.mail.tags;
      await ports.campaigns.mark(campaign[0] ?? '', user[0] ?? '', statusOf[event['detail-type']]);
      campaigns.set(campaign[0] ?? '', [release[0] ?? '', message[0] ?? '']);
    }
    for (const [campaign, [release, message]] of campaigns)
      await finishCampaign(ports, release, message, campaign);
    return { batchItemFailures: [] };
  },
});
