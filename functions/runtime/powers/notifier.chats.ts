/** The notifier of a stage that has chats: mail, and their webhooks. */
import { setTimeout as pause } from 'node:timers/promises';
import type { NoticeKind } from '#domain/mailing/notice.ts';
import { secretsManager } from '../../adapters/clients/secrets-manager.ts';
import { everyChannel } from '../../adapters/notifier/every-channel.ts';
import { type ChatFormat, webhookNotifier } from '../../adapters/notifier/webhook.ts';
import { secretText } from '../../adapters/secrets/secret.ts';
import { settings } from '../environment.ts';
import { provide as byMail } from './notifier.ts';
import type { Provide } from './power.ts';

interface Chat {
  readonly format: ChatFormat;
  /** Of the webhook's address. */
  readonly secretArn: string;
  readonly kinds?: readonly NoticeKind[];
  readonly roles?: readonly string[];
}

export const provide: Provide<'notifier'> = (base) => {
  const { clock, log } = base;
  const chats = settings<readonly Chat[]>('CHATS').map(({ secretArn, ...chat }) => {
    const address = secretText({ client: secretsManager(), id: secretArn, clock });
    return webhookNotifier({ ...chat, address, fetch, clock, log, pause });
  });
  return everyChannel([byMail(base), ...chats], log);
};
