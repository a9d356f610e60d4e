/**
 * A mail as SendRawEmail takes it: a text and the same in HTML (multipart/alternative), by nodemailer's composer, which reads
 * no file and asks no server. An announcement can be ended by one click (RFC 8058).
 */
import MailComposer from 'nodemailer/lib/mail-composer';
import { isAddress } from '#domain/audience/address.ts';

export interface MimeMail {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly unsubscribeUrl?: string | undefined;
  /** Epoch milliseconds. SES puts the time at which it took the mail in its place. */
  readonly atMs: number;
  /** The left side of the Message-ID; SES puts its own in its place. */
  readonly id: string;
}

/** The same mail is the same bytes. Throws RangeError for an address that would break the header. */
export async function composeMime(mail: MimeMail): Promise<Uint8Array> {
  const { from, to, subject, html, text, unsubscribeUrl, atMs, id } = mail;
  for (const address of [from.address, to]) {
    if (!isAddress(address)) throw new RangeError(`"${address}" is not a mail address that SES takes`);
  }
  const composer = new MailComposer({
    from,
    to: { name: '', address: to },
    subject,
    text,
    html,
    date: new Date(atMs),
    messageId: `<${id}@${from.address.split('@')[1]}>`,
    ...(unsubscribeUrl === undefined ? {} : { headers: unsubscribing(unsubscribeUrl) }),
    newline: 'win',
    // Its own is random: the same mail would be other bytes.
    baseBoundary: id,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/** RFC 8058, section 3.1; both are among the headers that SES signs. */
const unsubscribing = (url: string) => ({
  'List-Unsubscribe': `<${url}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
});
