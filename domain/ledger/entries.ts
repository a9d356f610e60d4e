/**
 * The ledger: append-only, hash chained. Each entry's hash covers the entry and the hash before it, so a history that was
 * edited names its first broken row.
 */
import type { Sha256 } from '../sha256.ts';
import type { Fact } from './facts.ts';

export interface LedgerEntry {
  readonly releaseId: string;
  /** From 1, without gaps. */
  readonly seq: number;
  /** Instant, ISO 8601 in UTC. */
  readonly at: string;
  /** Who did it: `user:<id>`, `system:<handler>`, `world:<what>`. */
  readonly actor: string;
  readonly fact: Fact;
  /** Hash of the entry before; of the first, 64 zeros. */
  readonly previous: string;
  readonly hash: string;
}

/** As many entries as one transaction of the store has room for beside the rows that they change. */
export const entriesMax = 20;

export const genesis = '0'.repeat(64);

/** Canonical JSON: keys sorted at every depth, absent members left out. */
export function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`);
  return `{${members.join(',')}}`;
}

export function chain(
  sha256: Sha256,
  previous: { readonly seq: number; readonly hash: string },
  entry: Pick<LedgerEntry, 'releaseId' | 'at' | 'actor' | 'fact'>,
): LedgerEntry {
  const body = { ...entry, seq: previous.seq + 1, previous: previous.hash };
  return { ...body, hash: sha256(canonical(body)) };
}

/** The first entry that does not follow from the one before it, or nothing when the history is whole. */
export function firstBroken(sha256: Sha256, entries: Iterable<LedgerEntry>): LedgerEntry | undefined {
  let previous = { seq: 0, hash: genesis };
  for (const entry of entries) {
    const { hash, seq: _seq, previous: _previous, ...rest } = entry;
    const expected = chain(sha256, previous, rest);
    if (expected.hash !== hash || expected.seq !== entry.seq || entry.previous !== previous.hash)
      return entry;
    previous = entry;
  }
  return undefined;
}

/** The entry as one line of a file (JSON Lines): canonical, so that an entry has exactly one line. Without the newline. */
export const lineOf = (entry: LedgerEntry): string => canonical(entry);
