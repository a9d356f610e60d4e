import { SQSClient } from '@aws-sdk/client-sqs';
import { patient, shared } from './patience.ts';

export const sqs = shared(() => new SQSClient(patient));
