import { createHash } from 'node:crypto';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import type { Ports } from '#domain/ports.ts';
import { sqsDeadLetters } from '#functions/adapters/dead-letters.sqs.ts';
import { redrive } from '#functions/events/redrive.ts';
import { handlerOf } from '#functions/runtime/handler.ts';
import { type Answer, json, outages, wireService } from './service.ts';

const service = wireService();
const queueUrl = 'https://sqs.eu-west-3.amazonaws.com/111122223333/jalon-dead';
const arn = 'arn:aws:lambda:eu-west-3:111122223333:function:jalon-technicia-production-tick';
const event = { releaseId: 'r1', waitId: 'w', epoch: 1 };

const deadLetters = () =>
  sqsDeadLetters({
    sqs: new SQSClient({ ...service.settings(), useQueueUrlAsEndpoint: false }),
    lambda: new LambdaClient(service.settings()),
    queueUrl,
  });
const holds = (
  ...bodies: readonly { body: unknown; attributes?: Readonly<Record<string, string>> }[]
): Answer =>
  json({
    Messages: bodies.map(({ body, attributes = {} }, index) => {
      const Body = JSON.stringify(body);
      return {
        MessageId: `m${index}`,
        ReceiptHandle: `r${index}`,
        Body,
        MD5OfBody: createHash('md5').update(Body).digest('hex'),
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
const handler = 'jalon-technicia-production-tick';
const accepted: Answer = { status: 202, headers: {}, body: '' };

describe('dead letters', () => {
  it('say for whom they were and why, by whichever way they came', async () => {
    service.answer(holds(ofLambda, ofEventBridge));
    expect(await deadLetters().take(10)).toEqual([
      { receipt: 'r0', handler, reason: 'tick: epoch: too small', event },
      { receipt: 'r1', handler, reason: 'not authorized', event },
    ]);
    expect(service.asked[0]?.body).toEqual({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ['All'],
    });
  });

  it('are delivered before they are forgotten', async () => {
    service.answer(accepted, json({}));
    await deadLetters().redeliver({ receipt: 'r0', handler, reason: '', event });
    expect(service.operations()).toEqual([
      `POST /2015-03-31/functions/${handler}/invocations`,
      'DeleteMessage',
    ]);
    expect(service.asked[0]?.headers).toMatchObject({ 'x-amz-invocation-type': 'Event' });
    expect(JSON.parse(String(service.asked[0]?.body))).toEqual(event);
    expect(service.asked[1]?.body).toEqual({ QueueUrl: queueUrl, ReceiptHandle: 'r0' });
  });

  it('that say nothing of whom they were for stay where they are', async () => {
    service.answer(holds({ body: event }));
    await expect(deadLetters().take(1)).rejects.toThrow(/m0 does not say for whom/);
  });

  it.each(outages)('stay when Lambda is %s', async (_, answer) => {
    service.answer(answer);
    await expect(deadLetters().redeliver({ receipt: 'r0', handler, reason: '', event })).rejects.toThrow();
    expect(service.operations()).not.toContain('DeleteMessage');
  });
});

describe('redrive', () => {
  it('delivers until there are no more, and says which', async () => {
    service.answer(holds(ofLambda), accepted, json({}), json({}));
    const run = handlerOf(redrive, { deadLetters: deadLetters() } as unknown as Ports);
    expect(await run({})).toEqual({ redelivered: [{ handler, reason: 'tick: epoch: too small' }] });
  });
});
