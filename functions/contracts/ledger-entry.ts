/** An entry of the ledger outside of the store: an object of a file, a row of an answer. */
import * as z from 'zod';
import type { LedgerEntry } from '#domain/ledger/entries.ts';

const Hash = z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits');

/** Facts are loose: one that a later version invented is proven like any other. */
const Entry = z.strictObject({
  releaseId: z.string().min(1).max(100),
  seq: z.int().min(1),
  at: z.iso.datetime({ precision: 3 }),
  actor: z.string().min(1).max(300),
  fact: z.looseObject({ type: z.string().min(1).max(100) }),
  previous: Hash,
  hash: Hash,
});

/** The entry, or what is wrong with it. Not what the schema made of it: the hash covers what was written. */
export function entryIn(value: unknown): LedgerEntry | string {
  const { error } = Entry.safeParse(value);
  if (error === undefined) return value as LedgerEntry;
  const [issue] = error.issues;
  return `${issue?.path.join('.') || 'the row'}: ${issue?.message ?? 'not an entry'}`;
}
