/**
 * The smallest mail that is correct: one text part, UTF-8 in base64, headers in encoded words (RFC 2045, 2047, 5322).
 * By hand because no MIME library is installed; attachments or HTML would be the moment to install one (nodemailer).
 * SES adds `Date` and `Message-ID`.
 */

/** Bytes of text in one encoded word: with `=?UTF-8?B??=` around their base64 they fit the 75 characters allowed. */
const wordBytes = 45;
const lineMax = 76;

export interface MimeMail {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Whether the address can stand in a header: ASCII, one `@`, nothing that could end the header or begin another part. */
export const isAddress = (text: string): boolean =>
  text.length <= 320 && /^[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9.-]+$/.test(text);

/** Throws RangeError for an address that would break the header. */
export function composeMime({ from, to, subject, text }: MimeMail): Uint8Array {
  for (const address of [from.address, to]) {
    if (!isAddress(address)) throw new RangeError(`"${address}" is not a mail address that SES takes`);
  }
  const lines = [
    `From: ${encodedWords(from.name)} <${from.address}>`,
    `To: ${to}`,
    `Subject: ${encodedWords(subject)}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=UTF-8',
    'Content-Transfer-Encoding: base64',
    '',
    ...inLines(Buffer.from(text.replaceAll(/\r\n|\r|\n/g, '\r\n'), 'utf8').toString('base64')),
    '',
  ];
  return Buffer.from(lines.join('\r\n'), 'ascii');
}

/** Folded between words; no character is cut in two. Always encoded, so a line break in a text cannot end the header. */
function encodedWords(text: string): string {
  const words: string[] = [''];
  for (const character of text) {
    const grown = `${words.at(-1)}${character}`;
    if (Buffer.byteLength(grown) <= wordBytes) words[words.length - 1] = grown;
    else words.push(character);
  }
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word, 'utf8').toString('base64')}?=`).join('\r\n ');
}

const inLines = (base64: string): readonly string[] => base64.match(new RegExp(`.{1,${lineMax}}`, 'g')) ?? [];
