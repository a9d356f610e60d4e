/**
 * The queue of mail to send, on Amazon SQS (standard): one message per job, its body the job as JSON.
 * IAM: sqs:SendMessage on the queue.
 */
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { MailJob, MailQueue } from '#application/ports/mail.ts';
import { ServiceUnavailable } from '#domain/errors.ts';
import { quoted } from '#domain/quoted.ts';
import { ask, isThrottled } from '../aws-errors.ts';

export interface MailQueueSettings {
  readonly client: SQSClient;
  readonly queueUrl: string;
}

/** Of SendMessageBatch. */
const batchMax = 10;
/** A batch may be taken in part; the rest is sent again, so many times in all. */
const triesMax = 4;
const firstPauseMs = 50;

/** Throws ServiceUnavailable when jobs may be missing: enqueueing all again is right, each is sent once whatever comes. */
export function sqsMailQueue(settings: MailQueueSettings): MailQueue {
  return {
    async enqueue(jobs, afterSeconds = 0) {
      for (let at = 0; at < jobs.length; at += batchMax)
        await enqueueBatch(settings, jobs.slice(at, at + batchMax), afterSeconds);
    },
  };
}

async function enqueueBatch(
  { client, queueUrl }: MailQueueSettings,
  jobs: readonly MailJob[],
  DelaySeconds: number,
): Promise<void> {
  let left = jobs.map((job, index) => ({ Id: `${index}`, MessageBody: JSON.stringify(job), DelaySeconds }));
  for (let tries = 1; ; tries += 1) {
    const { Failed = [] } = await ask('SQS', () =>
      client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: left })),
    );
    if (Failed.length === 0) return;
    const said = Failed.map(({ Code = '', Message = '' }) => `${Code} ${Message}`.trim()).join('; ');
    // Ours to repair: the same message would be refused for ever.
    const wrong = Failed.filter((one) => one.SenderFault === true && !isThrottled(named(one.Code)));
    if (wrong.length > 0) throw new RangeError(`the mail queue refused ${wrong.length} jobs: ${said}`);
    if (tries === triesMax) {
      throw new ServiceUnavailable({
        code: 'mail-queue-incomplete',
        params: { left: Failed.length, jobs: jobs.length, times: triesMax, said: quoted(said) },
      });
    }
    left = left.filter(({ Id }) => Failed.some((one) => one.Id === Id));
    await new Promise((resolve) => setTimeout(resolve, Math.random() * firstPauseMs * 2 ** tries));
  }
}

/** An entry's code is an error's name. */
const named = (code = ''): Error => Object.assign(new Error(code), { name: code });
