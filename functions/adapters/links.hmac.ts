/**
 * Links signed with HMAC-SHA256. The secret is JSON: `current` names the key that signs, and each key has its name: one can be
 * added and made current while links of the older are still read. IAM: secretsmanager:GetSecretValue on it.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { type LinkPurpose, linkOfText, textOfLink } from '#domain/links.ts';
import type { Links } from '#domain/ports.ts';

export interface LinkSettings {
  /** The text of the secret. */
  readonly secret: () => Promise<string>;
  /** Where the pages begin, without a slash at the end. */
  readonly pagesUrl: string;
}

/** Keys by a name of one lower-case letter. */
const Keys = z.object({ current: z.string().regex(/^[a-z]$/) }).catchall(z.string().min(32));
const pathOf: Readonly<Record<LinkPurpose, string>> = { survey: 's', problem: 'p', unsubscribe: 'u' };
/** Half of the MAC's bytes are more than anybody can guess, and keep the address short. */
const macCharacters = 22;
const tokenCharactersMax = 300;

export function hmacLinks({ secret, pagesUrl }: LinkSettings): Links {
  const keys = async () => Keys.parse(JSON.parse(await secret()));
  return {
    async make(link) {
      const { current, ...named } = await keys();
      const key = named[current];
      if (key === undefined) throw new TypeError(`the secret of the links has no key "${current}"`);
      const text = `${current}.${textOfLink(link)}`;
      return `${pagesUrl}/${pathOf[link.purpose]}?t=${text}.${macOf(key, text)}`;
    },
    async read(token) {
      const cut = token.lastIndexOf('.');
      if (token.length > tokenCharactersMax || cut < 0) return undefined;
      const text = token.slice(0, cut);
      const { current: _, ...named } = await keys();
      const key = Object.hasOwn(named, text.slice(0, 1)) ? named[text.slice(0, 1)] : undefined;
      if (key === undefined || !isSame(macOf(key, text), token.slice(cut + 1))) return undefined;
      return linkOfText(text.slice(2));
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
