/** What SQS hands to a function, and what it is told back (partial batch responses). */
import * as z from 'zod';
import { Name } from './identity.ts';

export const QueueBatch = z.object({
  Records: z.array(z.object({ messageId: Name, body: z.string().max(262_144) })).max(10),
});
/** The messages to deliver again; the others are done. */
export const QueueAnswer = z.strictObject({
  batchItemFailures: z.array(z.strictObject({ itemIdentifier: z.string() })),
});
export type QueueBatch = z.output<typeof QueueBatch>;
export type QueueAnswer = z.output<typeof QueueAnswer>;
