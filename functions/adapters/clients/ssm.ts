import { SSMClient } from '@aws-sdk/client-ssm';
import { impatient, shared } from './patience.ts';

export const ssm = shared(() => new SSMClient(impatient));
