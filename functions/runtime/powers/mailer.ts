import { setTimeout as sleep } from 'node:timers/promises';
import { sesForTeam, sesForUsers } from '../../adapters/clients/ses.ts';
import { type MailerSettings, sesMailer } from '../../adapters/mailer.ses.ts';
import { type PaceSettings, pacedMailer } from '../../adapters/paced-mailer.ts';
import { sesQuota } from '../../adapters/quota.ses.ts';
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
