import { LambdaClient } from '@aws-sdk/client-lambda';
import { patient, shared } from './patience.ts';

export const lambda = shared(() => new LambdaClient(patient));
