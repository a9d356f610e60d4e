import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { patient, shared } from './patience.ts';

export const scheduler = shared(() => new SchedulerClient(patient));
