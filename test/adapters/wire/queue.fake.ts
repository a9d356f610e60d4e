/** A standard queue of SQS over the wire, which takes every batch but for its first message the first time. */
import { createHash } from 'node:crypto';
import type { MailJob } from '#application/ports/mail.ts';
import { type Answer, type Asked, json } from './service.ts';

interface Batch {
  readonly Entries: readonly { readonly Id: string; readonly MessageBody: string }[];
}

export function fakeQueue() {
  const bodies: string[] = [];
  let moody = false;
  const respond = ({ body }: Asked): Answer => {
    moody = !moody;
    const { Entries } = body as Batch;
    const left = moody ? Entries.slice(0, 1) : [];
    const taken = Entries.slice(left.length);
    bodies.push(...taken.map(({ MessageBody }) => MessageBody));
    return json({
      Successful: taken.map(({ Id, MessageBody }) => ({
        Id,
        MessageId: `m${Id}`,
        MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex'),
      })),
      Failed: left.map(({ Id }) => ({ Id, Code: 'InternalError', SenderFault: false })),
    });
  };
  return { respond, arrived: () => bodies.map((one) => JSON.parse(one) as MailJob) };
}
