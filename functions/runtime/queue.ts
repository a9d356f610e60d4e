/** A batch of a queue, message by message: one that fails, or that must come again, holds up no other. */
import type * as z from 'zod';
import type { Log } from '#application/ports/ports.ts';
import { jsonOf } from '../contracts/json.ts';
import type { QueueAnswer, QueueBatch } from '../contracts/queue.ts';
import { parsedBy } from '../contracts/violations.ts';
import { logFailure } from './failure.ts';

/**
 * `work` gets what the contract makes of a body and answers false when the message must come again. What cannot be read, and
 * what `work` throws, is logged and comes again: in the end into the dead letters.
 */
export async function eachMessage<Contract extends z.ZodType>(
  log: Log,
  handler: string,
  { Records }: QueueBatch,
  contract: Contract,
  work: (message: z.output<Contract>) => Promise<boolean>,
): Promise<QueueAnswer> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const { messageId, body } of Records) {
    const attempt = async () => work(parsedBy(handler, contract, jsonOf(body)));
    const done = await attempt().catch((error: unknown) => {
      logFailure(log, handler, error, { messageId });
      return false;
    });
    if (!done) batchItemFailures.push({ itemIdentifier: messageId });
  }
  return { batchItemFailures };
}
