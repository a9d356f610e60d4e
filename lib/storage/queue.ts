/** Queues of the house: encrypted, TLS only, and with a place for what cannot be handled. */
import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from '../nag-suppressions.ts';

/** What SQS keeps at most: a person needs time to look. */
const deadLetterDays = 14;

export function deadLetterQueue(scope: Construct, id: string, queueName: string): Queue {
  const queue = new Queue(scope, id, {
    queueName,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(deadLetterDays),
  });
  const reason = 'It is where dead letters go';
  acknowledge(queue, { 'AwsSolutions-SQS3': reason, 'Serverless-SQSRedrivePolicy': reason });
  return queue;
}

export const workQueue = (
  scope: Construct,
  id: string,
  props: {
    readonly queueName: string;
    readonly deadLetters: Queue;
    readonly deliveriesMax: number;
    /** Of a message that the function was given: six times as long as the function may take (AWS's advice), or as it needs. */
    readonly hiddenSeconds: number;
  },
): Queue =>
  new Queue(scope, id, {
    queueName: props.queueName,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(deadLetterDays),
    visibilityTimeout: Duration.seconds(props.hiddenSeconds),
    deadLetterQueue: { queue: props.deadLetters, maxReceiveCount: props.deliveriesMax },
  });
