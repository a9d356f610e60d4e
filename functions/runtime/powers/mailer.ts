import { sesForUsers } from '../../adapters/clients/ses.ts';
import { type MailerSettings, sesMailer } from '../../adapters/mailer.ses.ts';
import { settings } from '../environment.ts';
import type { Provide } from './power.ts';

export const provide: Provide<'mailer'> = ({ clock }) =>
  sesMailer({
    ...settings<Omit<MailerSettings, 'client' | 'clock'>>('MAILER'),
    client: sesForUsers(),
    clock,
  });
