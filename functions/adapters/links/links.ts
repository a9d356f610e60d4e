/**
 * Links signed with HMAC-SHA256. The secret is JSON: `current` names the key that signs, and each key has its name: one can be
 * added and made current while links of the older are still read. Of the keys below `retired` only links that end announcements
 * are read, for as long as somebody has a mail with one (ADR 0016). IAM: secretsmanager:GetSecretValue on it.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { Links } from '#application/ports/mail.ts';
import { addressOf, linkOfText, textOfLink, tokenParts } from '#domain/mailing/links.ts';

export interface LinkSettings {
  /** The text of the secret. */
  readonly secret: () => Promise<string>;
  /** Where the pages begin, without a slash at the end. */
  readonly pagesUrl: string;
}

/** Keys by a name of one lower-case letter. */
const Key = z.string().min(32);
const Keys = z
  .object({
    current: z.string().regex(/^[a-z]$/),
    retired: z.record(z.string().regex(/^[a-z]$/), Key).default({}),
  })
  .catchall(Key);
/** Half of the MAC's bytes are more than anybody can guess, and keep the address short. */
const macCharacters = 22;

export function hmacLinks({ secret, pagesUrl }: LinkSettings): Links {
  let read: { readonly text: string; readonly keys: z.output<typeof Keys> } | undefined;
  // Every mail has three links, and the secret is seldom another one.
  const keys = async () => {
    const text = await secret();
    if (read?.text !== text) read = { text, keys: Keys.parse(JSON.parse(text)) };
    return read.keys;
  };
  return {
    async make(link) {
      const { current, retired: _, ...named } = await keys();
      const key = named[current];
      if (key === undefined) throw new TypeError(`the secret of the links has no key "${current}"`);
      const text = `${current}.${textOfLink(link)}`;
      return addressOf(pagesUrl, link, text, macOf(key, text));
    },
    async read(token) {
      const parts = tokenParts(token);
      if (!parts) return undefined;
      const { text, signature } = parts;
      const { current: _, retired, ...named } = await keys();
      const name = text.slice(0, 1);
      const link = linkOfText(text.slice(2));
      const rings = link?.purpose === 'unsubscribe' ? [named, retired] : [named];
      const signed = rings.some((ring) => {
        const key = Object.hasOwn(ring, name) ? ring[name] : undefined;
        return key !== undefined && isSame(macOf(key, text), signature);
      });
      return signed ? link : undefined;
    },
  };
}

const macOf = (key: string, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url').slice(0, macCharacters);

/** Lengths are compared in bytes: a character may be several, and what is compared in constant time must be of one length. */
function isSame(mac: string, given: string): boolean {
  const [ours, theirs] = [Buffer.from(mac), Buffer.from(given)];
  return ours.length === theirs.length && timingSafeEqual(ours, theirs);
}
