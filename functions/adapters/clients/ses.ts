import { SESClient } from '@aws-sdk/client-ses';
import { impatient, patient, shared } from './patience.ts';

/** To the product's users: nobody gets a mail twice. */
export const sesForUsers = shared(() => new SESClient(impatient));
/** To the team: two notices are better than none. */
export const sesForTeam = shared(() => new SESClient(patient));
