/**
 * Events that nobody could handle, in an Amazon SQS queue. They come by two ways: Lambda writes a record of the failed
 * invocation ("Capturing records of Lambda asynchronous invocations"), EventBridge and Scheduler write the event itself and
 * say in attributes for whom it was ("Using dead-letter queues to process undelivered events").
 * IAM: sqs:ReceiveMessage and sqs:DeleteMessage on the queue; lambda:InvokeFunction on the functions.
 */
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import {
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { DeadLetter, DeadLetters } from '#domain/ports.ts';
import { ask } from './aws-errors.ts';

export interface DeadLettersSettings {
  readonly sqs: SQSClient;
  readonly lambda: LambdaClient;
  readonly queueUrl: string;
}

const reasonCharactersMax = 500;

const Failure = z.object({
  requestContext: z.object({ functionArn: z.string() }),
  requestPayload: z.unknown(),
  responsePayload: z.object({ errorMessage: z.string() }).optional().catch(undefined),
});

/** Throws ServiceUnavailable. A letter that is neither of the two stays where it is, and is a fault. */
export function sqsDeadLetters({ sqs, lambda, queueUrl }: DeadLettersSettings): DeadLetters {
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
      return Messages.map(letterOf);
    },
    async redeliver({ receipt, handler, event }) {
      const command = new InvokeCommand({
        FunctionName: handler,
        InvocationType: 'Event',
        Payload: new TextEncoder().encode(JSON.stringify(event)),
      });
      await ask('Lambda', () => lambda.send(command));
      await ask('SQS', () =>
        sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receipt })),
      );
    },
  };
}

function letterOf({ MessageId, ReceiptHandle = '', Body = '', MessageAttributes = {} }: Message): DeadLetter {
  const body: unknown = JSON.parse(Body);
  const failure = Failure.safeParse(body);
  if (failure.success) {
    const { requestContext, requestPayload, responsePayload } = failure.data;
    return letter(ReceiptHandle, requestContext.functionArn, responsePayload?.errorMessage, requestPayload);
  }
  const { TARGET_ARN: target, ERROR_MESSAGE: message, ERROR_CODE: code } = MessageAttributes;
  if (target?.StringValue === undefined)
    throw new RangeError(`dead letter ${MessageId} does not say for whom it was: look at it in the console`);
  return letter(ReceiptHandle, target.StringValue, message?.StringValue ?? code?.StringValue, body);
}

/** The name at the end of a function's ARN, without a version behind it. */
const letter = (receipt: string, arn: string, reason = 'unknown', event: unknown): DeadLetter => ({
  receipt,
  handler: arn.split(':')[6] ?? arn,
  reason: reason.slice(0, reasonCharactersMax),
  event,
});
