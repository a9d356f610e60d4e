/**
 * Message tags in SES's alphabet (letters, digits, `_`, `-`; at most 256), reversibly: each other byte of the UTF-8 text,
 * and `_` itself, becomes `_` and two lower-case hexadecimal digits. `r1.welcome.j+7` is `r1_2ewelcome_2ej_2b7`.
 * SES gives tags back in its events as they were sent: whoever reads them decodes them.
 */
const tagMax = 256;

/** Throws RangeError when the text needs more room than a tag has. */
export function encodeTag(text: string): string {
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
export function decodeTag(tag: string): string {
  if (!/^(?:[A-Za-z0-9-]|_[0-9a-f]{2})+$/.test(tag)) throw new RangeError(`"${tag}" is not a tag of ours`);
  const bytes = tag.match(/_..|./g) ?? [];
  return Buffer.from(
    bytes.map((byte) => (byte.length === 1 ? byte.charCodeAt(0) : Number.parseInt(byte.slice(1), 16))),
  ).toString('utf8');
}
