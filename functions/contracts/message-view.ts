/** A message of the plan as the API shows it: when it goes or went, why it is held, whom it reached. */

import * as z from 'zod';
import type { Message } from '#domain/plan/plan.ts';
import { present } from '#domain/present.ts';
import { delayOf } from '#domain/rules/announcements.ts';
import { MessageDelay } from './causes.ts';
import type { ViewInput } from './phase-view.ts';

const count = z.int().min(0);
export const MessageView = z.strictObject({
  id: z.string(),
  subject: z.string(),
  audience: z.string(),
  channel: z.string(),
  /** As the plan words it; only an event sends a message without. */
  timing: z.string().exactOptional(),
  status: z.enum(['not-planned', 'planned', 'held', 'sending', 'sent', 'skipped', 'cancelled']),
  dueAt: z.string().exactOptional(),
  /** Why it does not go now. */
  heldBecause: MessageDelay.exactOptional(),
  campaign: z.string().exactOptional(),
  /** Once it has been sent. */
  sent: count.exactOptional(),
  failed: count.exactOptional(),
});

export function messageViewOf(
  { plan, release, nowMs }: ViewInput,
  message: Message,
): z.input<typeof MessageView> {
  const { id, subject, audienceName: audience, channel, timing } = message;
  const { status = 'not-planned', dueAt, campaign, sent, failed } = release.messages[id] ?? {};
  const heldBecause = status === 'held' ? delayOf(plan, message, release, nowMs) : undefined;
  return {
    id,
    subject,
    audience,
    channel,
    status,
    ...present({ timing, dueAt, heldBecause, campaign }),
    ...(status === 'sent' && sent !== undefined ? { sent } : {}),
    ...present({ failed }),
  };
}
