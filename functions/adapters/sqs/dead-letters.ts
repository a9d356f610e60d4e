/**
 * Events that nobody could handle, in an Amazon SQS queue. They come by two ways: Lambda writes a record of the failed
 * invocation ("Capturing records of Lambda asynchronous invocations"), EventBridge and Scheduler write the event itself and
 * say in attributes for whom it was ("Using dead-letter queues to process undelivered events").
 * IAM: sqs:ReceiveMessage and sqs:DeleteMessage on the queue; lambda:InvokeFunction on the functions; sqs:SendMessage on the
 * queue of mail events.
 */
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import {
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { DeadLetter, DeadLetters, UnreadableLetter } from '#application/ports/workflow.ts';
import { beginningOf } from '#domain/cut.ts';
import { ask } from '../aws-errors.ts';

export interface DeadLettersSettings {
  readonly sqs: SQSClient;
  readonly lambda: LambdaClient;
  readonly queueUrl: string;
  /** The one queue that is the target of a rule. */
  readonly mailEvents: { readonly arn: string; readonly url: string };
}

const reasonCharactersMax = 500;

const Failure = z.object({
  requestContext: z.object({ functionArn: z.string() }),
  requestPayload: z.unknown(),
  responsePayload: z.object({ errorMessage: z.string() }).optional().catch(undefined),
});

/** Throws ServiceUnavailable. */
export function sqsDeadLetters({ sqs, lambda, queueUrl, mailEvents }: DeadLettersSettings): DeadLetters {
  const toFunction = (FunctionName: string, event: string) =>
    ask('Lambda', () =>
      lambda.send(
        new InvokeCommand({
          FunctionName,
          InvocationType: 'Event',
          Payload: new TextEncoder().encode(event),
        }),
      ),
    );
  const toMailEvents = (MessageBody: string) =>
    ask('SQS', () => sqs.send(new SendMessageCommand({ QueueUrl: mailEvents.url, MessageBody })));
  return {
    async take(limit) {
      const { Messages = [] } = await ask('SQS', () =>
        sqs.send(
          new ReceiveMessageCommand({
            QueueUrl: queueUrl,
            MaxNumberOfMessages: limit,
            MessageAttributeNames: ['All'],
          }),
        ),
      );
      const read = Messages.map((message) => letterOf(message, mailEvents.arn));
      return {
        letters: read.filter((one) => 'receipt' in one),
        unreadable: read.filter((one) => 'why' in one),
      };
    },
    async redeliver({ receipt, handler, event }) {
      const text = JSON.stringify(event);
      if (handler === queueIn(mailEvents.arn)) await toMailEvents(text);
      else await toFunction(handler, text);
      await ask('SQS', () =>
        sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receipt })),
      );
    },
  };
}

function letterOf(message: Message, mailEventsArn: string): DeadLetter | UnreadableLetter {
  const { MessageId: id = '', ReceiptHandle: receipt = '', Body = '' } = message;
  const body = parsed(Body);
  if (body === undefined) return { id, why: 'it has no JSON in it' };
  const { arn, reason = 'unknown', event } = saidIn(message, body);
  if (arn === undefined) return { id, why: 'it does not say for whom it was' };
  const handler = arn === mailEventsArn ? queueIn(arn) : functionIn(arn);
  if (handler === undefined)
    return { id, why: `it is for ${arn}: neither a function nor the queue of mail events` };
  return { id, receipt, handler, reason: beginningOf(reason, reasonCharactersMax), event };
}

/** For whom it was, why it is here, and the event itself; by whichever way it came. */
function saidIn({ MessageAttributes = {} }: Message, body: unknown) {
  const failure = Failure.safeParse(body);
  if (failure.success) {
    const { requestContext, requestPayload: event, responsePayload } = failure.data;
    return { arn: requestContext.functionArn, reason: responsePayload?.errorMessage, event };
  }
  const said = (name: string) => MessageAttributes[name]?.StringValue;
  return { arn: said('TARGET_ARN'), reason: said('ERROR_MESSAGE') ?? said('ERROR_CODE'), event: body };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The name in the ARN of a function, without a version behind it; nothing when it is of something else. */
function functionIn(arn: string): string | undefined {
  const [, , service, , , , name] = arn.split(':');
  return service === 'lambda' ? name : undefined;
}
const queueIn = (arn: string): string | undefined => arn.split(':')[5];
