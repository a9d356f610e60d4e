import { sqs } from '../../adapters/clients/sqs.ts';
import { sqsMailQueue } from '../../adapters/sqs/mail-queue.ts';
import { variable } from '../environment.ts';
import type { Provide } from './power.ts';

export const provide: Provide<'mailQueue'> = () =>
  sqsMailQueue({ client: sqs(), queueUrl: variable('MAIL_QUEUE') });
