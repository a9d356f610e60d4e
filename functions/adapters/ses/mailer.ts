/**
 * Mail to the product's users through Amazon SES: SendRawEmail, one recipient a call. SES cannot recognise a mail that it
 * has sent, so give a client with `maxAttempts: 1`: a try of the SDK after a lost answer would be a second mail.
 * IAM: ses:SendRawEmail on the identity and on the configuration set, with `ses:FromAddress`.
 */
import { createHash } from 'node:crypto';
import { type SESClient, SendRawEmailCommand, type SendRawEmailCommandInput } from '@aws-sdk/client-ses';
import type { Mailer } from '#application/ports/mail.ts';
import type { Clock } from '#application/ports/ports.ts';
import { type JalonError, MailRefused, ServiceUnavailable } from '#domain/errors.ts';
import type { Mail } from '#domain/mailing/mail.ts';
import { quoted } from '#domain/quoted.ts';
import { encodeTag } from '../../contracts/mail-tags.ts';
import { isRefused, nameOf } from '../aws-errors.ts';
import { composeMime } from './mime.ts';

export interface MailerSettings {
  readonly client: SESClient;
  readonly clock: Clock;
  readonly from: { readonly name: string; readonly address: string };
  /** Publishes the events about each mail. */
  readonly configurationSet: string;
}

/** SES refuses the mail itself; all other refusals (account, configuration, rights, rate) may be lifted. */
const refusals: ReadonlySet<string> = new Set([
  'InvalidParameterValue',
  'InvalidParameterValueException',
  'MessageRejected',
  'MessageRejectedException',
  'ValidationError',
]);

/**
 * Throws ServiceUnavailable (certain that nothing was sent, try later) or MailRefused (certain, never again). What SES or
 * the network throws beside these leaves it uncertain, and goes through as it is.
 */
export function sesMailer(settings: MailerSettings): Mailer {
  const { client } = settings;
  return {
    async send(mail) {
      const command = new SendRawEmailCommand(await rawEmail(mail, settings));
      try {
        const { MessageId } = await client.send(command);
        // It left: without an id it must not look as if it had not.
        return { messageId: MessageId ?? '' };
      } catch (error) {
        throw certain(error) ?? error;
      }
    },
  };
}

async function rawEmail(
  { to, subject, html, text, unsubscribeUrl, tags }: Mail,
  { clock, from, configurationSet }: MailerSettings,
): Promise<SendRawEmailCommandInput> {
  const id = createHash('sha256').update(`${tags.campaign}\n${tags.person}`).digest('hex').slice(0, 32);
  try {
    return {
      Source: from.address,
      Destinations: [to],
      RawMessage: {
        Data: await composeMime({ from, to, subject, html, text, unsubscribeUrl, atMs: clock.nowMs(), id }),
      },
      ConfigurationSetName: configurationSet,
      Tags: Object.entries(tags).map(([Name, value]) => ({ Name, Value: encodeTag(value) })),
    };
  } catch (error) {
    if (error instanceof RangeError)
      throw new MailRefused(
        { code: 'mail-refused', params: { said: quoted(error.message) } },
        { cause: error },
      );
    throw error;
  }
}

/**
 * SES says MessageRejected too when the account or its own identity may not send: that is lifted without this mail being
 * another one (SES developer guide, "Email sending errors").
 */
const lifted = /not verified|sending (?:paused|suspended|disabled)/i;

function certain(error: unknown): JalonError | undefined {
  const said = quoted(`SES: ${nameOf(error)}: ${error instanceof Error ? error.message : ''}`);
  if (refusals.has(nameOf(error)) && !lifted.test(said))
    return new MailRefused({ code: 'mail-refused', params: { said } }, { cause: error });
  return isRefused(error)
    ? new ServiceUnavailable({ code: 'mail-service-refused', params: { said } }, { cause: error })
    : undefined;
}
