import { SFNClient } from '@aws-sdk/client-sfn';
import { patient, shared } from './patience.ts';

export const sfn = shared(() => new SFNClient(patient));
