/**
 * Notices to roles of the team, by mail through Amazon SES (SendEmail), one mail per contact so that a bad address stops
 * nobody else's. Two mails are better than none here: the client may keep the SDK's tries.
 * IAM: ses:SendEmail on the identity (and on the configuration set, when given), with `ses:FromAddress`.
 */
import { type SESClient, SendEmailCommand } from '@aws-sdk/client-ses';
import type { Notifier } from '#application/ports/mail.ts';
import type { Log } from '#application/ports/ports.ts';
import { isAddress } from '#domain/audience/address.ts';
import type { Notice } from '#domain/mailing/notice.ts';
import { isOutage, nameOf, unavailable } from '../aws-errors.ts';
import { cleaned } from './cleaned.ts';

export interface NotifierSettings {
  readonly client: SESClient;
  readonly log: Log;
  /** `address` or `Name <address>` in ASCII. */
  readonly from: string;
  readonly configurationSet?: string;
  /** Contact by role, as the plan has them: an address, a telephone number, or still a placeholder like `[Nom]`. */
  readonly contacts: Readonly<Record<string, string>>;
}

/** Why a role was not told. */
type Miss = { readonly role: string; readonly why: string };

/**
 * Roles without an address, and addresses that SES refuses, are logged as NOT_NOTIFIED. Throws ServiceUnavailable when SES
 * was busy or silent and nobody was told.
 */
export function sesNotifier({ client, log, from, configurationSet, contacts }: NotifierSettings): Notifier {
  const sendTo = (address: string, { subject, text, html }: Notice) =>
    client.send(
      new SendEmailCommand({
        Source: from,
        Destination: { ToAddresses: [address] },
        Message: {
          Subject: { Charset: 'UTF-8', Data: subject },
          Body: {
            Text: { Charset: 'UTF-8', Data: text },
            ...(html === undefined ? {} : { Html: { Charset: 'UTF-8', Data: html } }),
          },
        },
        ConfigurationSetName: configurationSet,
      }),
    );

  return {
    async notify(given) {
      const notice = cleaned(given);
      const { reachable, missed } = addressesOf(notice.roles, contacts);
      const told: string[] = [];
      let outage: unknown;
      for (const [address, holders] of reachable) {
        try {
          await sendTo(address, notice);
          told.push(...holders);
        } catch (error) {
          if (isOutage(error)) outage ??= error;
          missed.push(...holders.map((role) => ({ role, why: nameOf(error) })));
        }
      }
      for (const { role, why } of missed)
        log.write('NOT_NOTIFIED', { releaseId: notice.releaseId, roles: [role], why });
      if (outage !== undefined && told.length === 0) {
        throw unavailable('SES', outage);
      }
      return { told };
    },
  };
}

/** Roles by address: who holds two is told once. */
function addressesOf(roles: readonly string[], contacts: NotifierSettings['contacts']) {
  const reachable = new Map<string, string[]>();
  const missed: Miss[] = [];
  for (const role of new Set(roles)) {
    const contact = contacts[role]?.trim();
    if (contact === undefined) missed.push({ role, why: 'no such role' });
    else if (!isAddress(contact)) missed.push({ role, why: 'its contact is no mail address' });
    else reachable.set(contact, [...(reachable.get(contact) ?? []), role]);
  }
  return { reachable, missed };
}
