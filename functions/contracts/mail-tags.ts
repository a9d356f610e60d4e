/**
 * Message tags in SES's alphabet (letters, digits, `_`, `-`; at most 256), reversibly: each other byte of the UTF-8 text,
 * and `_` itself, becomes `_` and two lower-case hexadecimal digits. `r1.welcome.j+7` is `r1_2ewelcome_2ej_2b7`.
 * SES gives tags back in its events as they were sent: whoever reads them decodes them.
 */
import { remembered } from '#domain/memo.ts';

const tagMax = 256;
/** Ids and people: their own tags. */
const plain = /^[A-Za-z0-9-]{1,256}$/;
/** What is left is a campaign's name, the same in all of its mails. */
const encoded = new Map<string, string>();
const decoded = new Map<string, string>();

/** Throws RangeError when the text needs more room than a tag has. */
export const encodeTag = (text: string): string =>
  plain.test(text) ? text : remembered(encoded, text, inAlphabet);

function inAlphabet(text: string): string {
  const tag = text.replaceAll(/[^A-Za-z0-9-]+/g, inHex);
  if (tag.length > tagMax || tag === '') {
    throw new RangeError(
      `"${text}" takes ${tag.length} characters as a tag of SES; 1 to ${tagMax} are allowed`,
    );
  }
  return tag;
}

const inHex = (others: string): string =>
  Array.from(Buffer.from(others, 'utf8'), (byte) => `_${byte.toString(16).padStart(2, '0')}`).join('');

/** Throws RangeError for what `encodeTag` cannot have made. */
export const decodeTag = (tag: string): string => (plain.test(tag) ? tag : remembered(decoded, tag, asSent));

function asSent(tag: string): string {
  // Too long counts too: what is remembered has a bound.
  if (tag.length > tagMax || !/^(?:[A-Za-z0-9-]|_[0-9a-f]{2})+$/.test(tag))
    throw new RangeError(`"${tag.slice(0, tagMax)}" is not a tag of ours`);
  const bytes = tag.match(/_..|./g) ?? [];
  return Buffer.from(
    bytes.map((byte) => (byte.length === 1 ? byte.charCodeAt(0) : Number.parseInt(byte.slice(1), 16))),
  ).toString('utf8');
}
