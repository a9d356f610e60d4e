import { createHash } from 'node:crypto';
import { SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import type { MailJob } from '#application/ports/mail.ts';
import { ServiceUnavailable } from '#domain/errors.ts';
import { sqsMailQueue } from '#functions/adapters/sqs/mail-queue.ts';
import { personOf } from '#test/support/hashed.ts';
import { type Answer, type Asked, json, outages, refused, wireService } from './service.ts';

const service = wireService();

describe('mail queue', () => {
  const queueUrl = 'https://sqs.eu-west-3.amazonaws.com/111122223333/jalon-mail';
  // The queue's URL names a host of AWS; the client must not go there.
  const queue = () =>
    sqsMailQueue({
      client: new SQSClient({ ...service.settings(), useQueueUrlAsEndpoint: false }),
      queueUrl,
    });
  const jobs = (count: number): readonly MailJob[] =>
    Array.from({ length: count }, (_, n) => ({
      releaseId: 'r1',
      message: 'annonce',
      campaign: 'r1.annonce.j-7',
      kind: 'send',
      people: [personOf(`u${n}`)],
    }));
  interface Batch {
    readonly Entries: readonly { readonly Id: string; readonly MessageBody: string }[];
  }
  const entriesOf = ({ body }: Asked) => (body as Batch).Entries;
  /** Takes all entries but those named. */
  const takes = (...failed: readonly { Id: string; Code: string; SenderFault: boolean }[]): Answer => ({
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: (asked) =>
      JSON.stringify({
        Successful: entriesOf(asked)
          .filter(({ Id }) => !failed.some((one) => one.Id === Id))
          .map(({ Id, MessageBody }) => ({
            Id,
            MessageId: `m${Id}`,
            MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex'),
          })),
        Failed: failed,
      }),
  });

  it('puts ten jobs at a time', async () => {
    service.answer(takes(), takes(), takes());
    await queue().enqueue(jobs(23));
    expect(service.operations()).toEqual(['SendMessageBatch', 'SendMessageBatch', 'SendMessageBatch']);
    expect(service.asked.map((asked) => entriesOf(asked).length)).toEqual([10, 10, 3]);
    expect(service.asked[0]?.body).toMatchObject({ QueueUrl: queueUrl });
    const sent = service.asked.flatMap((asked) =>
      entriesOf(asked).map((entry) => JSON.parse(entry.MessageBody)),
    );
    expect(sent).toEqual(jobs(23));
  });

  it('hides jobs for as long as they are to wait', async () => {
    service.answer(takes());
    await queue().enqueue(jobs(2), 150);
    expect(service.asked[0]?.body).toMatchObject({ Entries: [{ DelaySeconds: 150 }, { DelaySeconds: 150 }] });
  });

  it('asks nothing for no jobs', async () => {
    await queue().enqueue([]);
    expect(service.asked).toEqual([]);
  });

  it('sends again only what was left out', async () => {
    service.answer(takes({ Id: '1', Code: 'InternalError', SenderFault: false }), takes());
    await queue().enqueue(jobs(3));
    expect(service.asked.map((asked) => entriesOf(asked).map(({ Id }) => Id))).toEqual([
      ['0', '1', '2'],
      ['1'],
    ]);
  });

  it('gives up after four times', async () => {
    const partly = takes({ Id: '0', Code: 'RequestThrottled', SenderFault: true });
    service.answer(partly, partly, partly, partly);
    await expect(queue().enqueue(jobs(1))).rejects.toThrow(ServiceUnavailable);
  });

  it('does not repeat what will never be taken', async () => {
    service.answer(takes({ Id: '0', Code: 'InvalidMessageContents', SenderFault: true }));
    await expect(queue().enqueue(jobs(1))).rejects.toThrow(/InvalidMessageContents/);
  });

  it.each([
    ...outages,
    ['is throttled by KMS', refused('KmsThrottled')],
    ['is busy', refused('RequestThrottled', 403)],
  ] as const)('a service that %s is unavailable', async (_, answer) => {
    service.answer(answer);
    await expect(queue().enqueue(jobs(1))).rejects.toThrow(ServiceUnavailable);
  });

  it.each(['QueueDoesNotExist', 'KmsAccessDenied', 'BatchRequestTooLong'])('%s is a fault', async (name) => {
    service.answer(refused(name));
    await expect(queue().enqueue(jobs(1))).rejects.toMatchObject({ name });
  });

  it('an answer for other bodies is not believed', async () => {
    service.answer(json({ Successful: [{ Id: '0', MessageId: 'm', MD5OfMessageBody: '0'.repeat(32) }] }));
    await expect(queue().enqueue(jobs(1))).rejects.toThrow(/MD5/);
  });
});
