import { setTimeout as sleep } from 'node:timers/promises';
import { sesForTeam, sesForUsers } from '../../adapters/clients/ses.ts';
import { type MailerSettings, sesMailer } from '../../adapters/ses/mailer.ts';
import { type PaceSettings, pacedMailer } from '../../adapters/ses/paced-mailer.ts';
import { sesQuota } from '../../adapters/ses/quota.ts';
import { settings } from '../environment.ts';
import type { Provide } from './power.ts';

type Settings = Omit<MailerSettings, 'client' | 'clock'> & Pick<PaceSettings, 'senders'>;

export const provide: Provide<'mailer'> = ({ clock }) => {
  const { senders, ...mailer } = settings<Settings>('MAILER');
  return pacedMailer(sesMailer({ ...mailer, client: sesForUsers(), clock }), {
    quota: sesQuota({ client: sesForTeam(), clock }),
    clock,
    senders,
    sleep,
  });
};
