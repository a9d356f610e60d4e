import { createHash } from 'node:crypto';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import type { Ports } from '#application/ports/ports.ts';
import { ServiceUnavailable } from '#domain/errors.ts';
import { sqsDeadLetters } from '#functions/adapters/sqs/dead-letters.ts';
import { redrive } from '#functions/events/redrive.ts';
import { handlerOf } from '#functions/runtime/handler.ts';
import { type Answer, json, outages, refused, wireService } from './service.ts';

const service = wireService();
const queueUrl = 'https://sqs.eu-west-3.amazonaws.com/111122223333/jalon-dead';
const arn = 'arn:aws:lambda:eu-west-3:111122223333:function:jalon-technicia-production-tick';
const mailEvents = {
  arn: 'arn:aws:sqs:eu-west-3:111122223333:jalon-technicia-production-mail-events',
  url: 'https://sqs.eu-west-3.amazonaws.com/111122223333/jalon-technicia-production-mail-events',
};
const event = { releaseId: 'r1', waitId: 'w', epoch: 1 };

const deadLetters = () =>
  sqsDeadLetters({
    sqs: new SQSClient({ ...service.settings(), useQueueUrlAsEndpoint: false }),
    lambda: new LambdaClient(service.settings()),
    queueUrl,
    mailEvents,
  });
const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const holds = (
  ...bodies: readonly { body?: unknown; text?: string; attributes?: Readonly<Record<string, string>> }[]
): Answer =>
  json({
    Messages: bodies.map(({ body, text: Body = JSON.stringify(body), attributes = {} }, index) => {
      return {
        MessageId: `m${index}`,
        ReceiptHandle: `r${index}`,
        Body,
        MD5OfBody: md5(Body),
        MessageAttributes: Object.fromEntries(
          Object.entries(attributes).map(([key, value]) => [key, { DataType: 'String', StringValue: value }]),
        ),
      };
    }),
  });
/** AWS Lambda developer guide, "Capturing records of Lambda asynchronous invocations". */
const ofLambda = {
  body: {
    version: '1.0',
    timestamp: '2026-11-23T09:00:00.000Z',
    requestContext: {
      requestId: 'e4b46cbf',
      functionArn: `${arn}:$LATEST`,
      condition: 'RetriesExhausted',
      approximateInvokeCount: 3,
    },
    requestPayload: event,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: { errorType: 'InvalidInput', errorMessage: 'tick: epoch: too small' },
  },
};
/** EventBridge user guide, "Using dead-letter queues to process undelivered events". */
const ofEventBridge = {
  body: event,
  attributes: { TARGET_ARN: arn, ERROR_CODE: 'NO_PERMISSIONS', ERROR_MESSAGE: 'not authorized' },
};
/** A rule whose target is a queue: what SES says of a mail. */
const ofMail = {
  body: { 'detail-type': 'Email Delivered' },
  attributes: { ...ofEventBridge.attributes, TARGET_ARN: mailEvents.arn },
};
const strange = {
  'no JSON': { text: 'Dear Sir' },
  'nobody named': { body: event },
  'another queue': {
    body: event,
    attributes: { TARGET_ARN: 'arn:aws:sqs:eu-west-3:111122223333:theirs' },
  },
  'no function at all': { body: event, attributes: { TARGET_ARN: 'arn:aws:sns:eu-west-3:111122223333:t' } },
} as const;
const handler = 'jalon-technicia-production-tick';
const accepted: Answer = { status: 202, headers: {}, body: '' };

describe('dead letters', () => {
  it('say for whom they were and why, by whichever way they came', async () => {
    service.answer(holds(ofLambda, ofEventBridge));
    expect(await deadLetters().take(10)).toEqual({
      letters: [
        { id: 'm0', receipt: 'r0', handler, reason: 'tick: epoch: too small', event },
        { id: 'm1', receipt: 'r1', handler, reason: 'not authorized', event },
      ],
      unreadable: [],
    });
    expect(service.asked[0]?.body).toEqual({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ['All'],
    });
  });

  it('are delivered before they are forgotten', async () => {
    service.answer(accepted, json({}));
    await deadLetters().redeliver({ id: 'm0', receipt: 'r0', handler, reason: '', event });
    expect(service.operations()).toEqual([
      `POST /2015-03-31/functions/${handler}/invocations`,
      'DeleteMessage',
    ]);
    expect(service.asked[0]?.headers).toMatchObject({ 'x-amz-invocation-type': 'Event' });
    expect(JSON.parse(String(service.asked[0]?.body))).toEqual(event);
    expect(service.asked[1]?.body).toEqual({ QueueUrl: queueUrl, ReceiptHandle: 'r0' });
  });

  it('for the queue of mail events go back into it', async () => {
    const kept = { MessageId: 'm1', MD5OfMessageBody: md5(JSON.stringify(ofMail.body)) };
    service.answer(holds(ofMail), json(kept), json({}));
    const { letters } = await deadLetters().take(1);
    for (const letter of letters) await deadLetters().redeliver(letter);
    expect(service.operations()).toEqual(['ReceiveMessage', 'SendMessage', 'DeleteMessage']);
    expect(service.asked[1]?.body).toEqual({
      QueueUrl: mailEvents.url,
      MessageBody: JSON.stringify(ofMail.body),
    });
  });

  it.each<readonly [keyof typeof strange, RegExp]>([
    ['no JSON', /no JSON/],
    ['nobody named', /does not say for whom/],
    ['another queue', /it is for .*:theirs/],
    ['no function at all', /it is for arn:aws:sns/],
  ])('with %s are named, with the reason', async (what, why) => {
    service.answer(holds(strange[what], ofLambda));
    const { letters, unreadable } = await deadLetters().take(2);
    expect(unreadable).toEqual([{ id: 'm0', why: expect.stringMatching(why) }]);
    expect(letters.map(({ id }) => id)).toEqual(['m1']);
  });

  it.each(outages)('stay when Lambda is %s', async (_, answer) => {
    service.answer(answer);
    const letter = { id: 'm0', receipt: 'r0', handler, reason: '', event };
    await expect(deadLetters().redeliver(letter)).rejects.toThrow(ServiceUnavailable);
    expect(service.operations()).not.toContain('DeleteMessage');
  });
});

describe('redrive', () => {
  const run = (input: unknown) =>
    handlerOf(redrive, { deadLetters: deadLetters() } as unknown as Ports)(input);
  const reason = 'tick: epoch: too small';

  it('delivers until there are no more, and says which', async () => {
    service.answer(holds(ofLambda), accepted, json({}), json({}));
    expect(await run({})).toEqual({ redelivered: [{ handler, reason }], left: [] });
  });

  it('names what it cannot read, leaves it where it is, and delivers the others', async () => {
    service.answer(holds(strange['no JSON'], ofLambda), accepted, json({}), holds(strange['no JSON']));
    expect(await run({})).toEqual({
      redelivered: [{ handler, reason }],
      left: [{ id: 'm0', why: 'it has no JSON in it' }],
    });
    const deleted = service.asked.filter(({ operation }) => operation === 'DeleteMessage');
    expect(deleted.map(({ body }) => body)).toEqual([{ QueueUrl: queueUrl, ReceiptHandle: 'r1' }]);
  });

  it('goes on after one that nobody takes', async () => {
    const gone = refused('ResourceNotFoundException', 404);
    service.answer(holds(ofEventBridge, ofLambda), gone, accepted, json({}), json({}));
    expect(await run({})).toEqual({
      redelivered: [{ handler, reason }],
      left: [{ id: 'm0', why: expect.stringContaining('ResourceNotFoundException') }],
    });
  });

  it('takes no more than it is told to', async () => {
    service.answer(holds(strange['no JSON'], ofLambda), accepted, json({}));
    await run({ limit: 2 });
    expect(service.asked[0]?.body).toMatchObject({ MaxNumberOfMessages: 2 });
  });
});
