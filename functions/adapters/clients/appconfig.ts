import { AppConfigClient } from '@aws-sdk/client-appconfig';
import { patient, shared } from './patience.ts';

export const appConfig = shared(() => new AppConfigClient(patient));
