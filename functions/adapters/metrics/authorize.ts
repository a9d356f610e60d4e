/** Headers that say who asks, made of a secret. */
import type { Authorize } from './exchange.ts';

export type Scheme = 'bearer' | 'basic';

/** `bearer`: the secret is the token. `basic`: the secret is `user:password`. */
export function authorizeBy(scheme: Scheme, secret: () => Promise<string>): Authorize {
  return async () => {
    const text = (await secret()).trim();
    const value = scheme === 'bearer' ? text : Buffer.from(text).toString('base64');
    const password = scheme === 'basic' ? [text.slice(text.indexOf(':') + 1)] : [];
    return {
      headers: { authorization: `${scheme === 'bearer' ? 'Bearer' : 'Basic'} ${value}` },
      secrets: [text, value, ...password],
    };
  };
}
