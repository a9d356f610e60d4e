import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { patient, shared } from './patience.ts';

export const cloudWatch = shared(() => new CloudWatchClient(patient));
