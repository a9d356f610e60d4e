import { ApplicationSignalsClient } from '@aws-sdk/client-application-signals';
import { patient, shared } from './patience.ts';

export const applicationSignals = shared(() => new ApplicationSignalsClient(patient));
