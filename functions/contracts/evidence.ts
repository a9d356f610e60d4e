/** What shows that an item is done: words, the address of a page, or where a file is kept. */
import * as z from 'zod';
import type { ItemEvidence as Shown } from '#domain/ledger/causes.ts';
import type { ValueShape } from '#domain/refusals/contract.ts';
import { Words } from './identity.ts';

const linkCharactersMax = 2000;
const fileCharactersMax = 500;

/** An address that opens for whoever may see it: no password in it, and nothing that runs. */
const Link = z
  .url({ protocol: /^https$/, error: 'https-address' satisfies ValueShape })
  .max(linkCharactersMax)
  .refine((text) => {
    // What is no address at all has been told so.
    const { username, password } = URL.parse(text) ?? { username: '', password: '' };
    return username === '' && password === '';
  }, 'address-without-user' satisfies ValueShape);

/** Names below each other, as in `reports/2025/load-test.pdf`. Nothing opens it here; whoever does must not be led astray. */
const FileReference = z
  .string()
  .max(fileCharactersMax)
  .regex(
    /^(?!\.)[\p{L}\p{N}_][\p{L}\p{N} ._-]*(?:\/(?!\.)[\p{L}\p{N}_][\p{L}\p{N} ._-]*)*$/u,
    'file-reference' satisfies ValueShape,
  );

export const Evidence = z.union([
  Words,
  z.strictObject({ link: Link }),
  z.strictObject({ file: FileReference }),
]);

/** As the ledger keeps it. */
export function evidenceOf(shown: z.output<typeof Evidence>): Shown {
  if (typeof shown === 'string') return { code: 'words', params: { words: shown } };
  return 'link' in shown ? { code: 'link', params: shown } : { code: 'file', params: shown };
}
