/**
 * Mail to the product's users through Amazon SES: SendRawEmail, one recipient a call. SES cannot recognise a mail that it
 * has sent, so give a client with `maxAttempts: 1`: a try of the SDK after a lost answer would be a second mail.
 * IAM: ses:SendRawEmail on the identity and on the configuration set, with `ses:FromAddress`.
 */
import { type SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { type JalonError, MailRefused, ServiceUnavailable } from '#domain/errors.ts';
import type { Mailer } from '#domain/ports.ts';
import { encodeTag } from '../contracts/mail-tags.ts';
import { isRefused, nameOf } from './aws-errors.ts';
import { composeMime } from './mime.ses.ts';

export interface MailerSettings {
  readonly client: SESClient;
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
export function sesMailer({ client, from, configurationSet }: MailerSettings): Mailer {
  return {
    async send({ to, subject, text, tags }) {
      const command = rawEmail(() => ({
        Source: from.address,
        Destinations: [to],
        RawMessage: { Data: composeMime({ from, to, subject, text }) },
        ConfigurationSetName: configurationSet,
        Tags: Object.entries(tags).map(([Name, value]) => ({ Name, Value: encodeTag(value) })),
      }));
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

function rawEmail(input: () => ConstructorParameters<typeof SendRawEmailCommand>[0]): SendRawEmailCommand {
  try {
    return new SendRawEmailCommand(input());
  } catch (error) {
    if (error instanceof RangeError) throw new MailRefused(error.message, { cause: error });
    throw error;
  }
}

function certain(error: unknown): JalonError | undefined {
  const said = `SES: ${nameOf(error)}: ${error instanceof Error ? error.message : ''}`;
  if (refusals.has(nameOf(error))) return new MailRefused(said, { cause: error });
  return isRefused(error) ? new ServiceUnavailable(said, { cause: error }) : undefined;
}
