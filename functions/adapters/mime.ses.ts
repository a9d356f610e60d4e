/** A mail as SendRawEmail takes it: one text part, by nodemailer's composer, which reads no file and asks no server. */
import MailComposer from 'nodemailer/lib/mail-composer';
import { isAddress } from './mail-address.ts';

export interface MimeMail {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Epoch milliseconds. SES puts the time at which it took the mail in its place. */
  readonly atMs: number;
  /** The left side of the Message-ID; SES puts its own in its place. */
  readonly id: string;
}

/** The same mail is the same bytes. Throws RangeError for an address that would break the header. */
export async function composeMime({ from, to, subject, text, atMs, id }: MimeMail): Promise<Uint8Array> {
  for (const address of [from.address, to]) {
    if (!isAddress(address)) throw new RangeError(`"${address}" is not a mail address that SES takes`);
  }
  const composer = new MailComposer({
    from,
    to: { name: '', address: to },
    subject,
    text,
    date: new Date(atMs),
    messageId: `<${id}@${from.address.split('@')[1]}>`,
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}
