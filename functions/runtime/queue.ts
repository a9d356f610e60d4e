/** A batch of a queue, message by message: one that fails, or that must come again, holds up no other. */
import type { Log } from '#application/ports/ports.ts';
import type { QueueAnswer, QueueBatch } from '../contracts/queue.ts';
import { logFailure } from './failure.ts';

/** `work` gets a body as JSON and answers false when the message must come again. What it throws is logged, and comes again. */
export async function eachMessage(
  log: Log,
  handler: string,
  { Records }: QueueBatch,
  work: (body: unknown) => Promise<boolean>,
): Promise<QueueAnswer> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const { messageId, body } of Records) {
    const done = await attempt(body, work).catch((error: unknown) => {
      logFailure(log, handler, error, { messageId });
      return false;
    });
    if (!done) batchItemFailures.push({ itemIdentifier: messageId });
  }
  return { batchItemFailures };
}

const attempt = async (body: string, work: (body: unknown) => Promise<boolean>) => work(JSON.parse(body));
