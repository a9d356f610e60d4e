/** A proof of rows as they are read, and what it says in a sentence. */
import type { LedgerEntry } from '#domain/ledger/entries.ts';
import { type Broken, begin, endsAt, type Head, isBroken, next, type Proof } from '#domain/ledger/proof.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import type { LedgerRow } from './rows.ts';

/** A row that is no entry at all, by its number. */
interface Unreadable {
  readonly row: number;
  readonly problem: string;
}
export type ProofResult = Proof | Broken | Unreadable;

/** Reads to the end or the first broken row; `hear` gets each entry that is proven. */
export async function prove(
  rows: AsyncIterable<LedgerRow>,
  head: Head,
  hear: (entry: LedgerEntry) => void = () => {},
): Promise<ProofResult> {
  let proof: Proof = begin;
  for await (const row of rows) {
    if ('problem' in row) return { row: proof.rows + 1, problem: row.problem };
    const grown = next(sha256, proof, row.entry);
    if (isBroken(grown)) return grown;
    proof = grown;
    hear(row.entry);
  }
  return proof.rows === 0
    ? { row: 1, problem: 'there is none: a ledger has at least one row' }
    : endsAt(proof, head);
}

export const isWhole = (ended: ProofResult): ended is Proof => !('problem' in ended || isBroken(ended));

const faults: Readonly<Record<Exclude<Broken['fault'], 'format'>, string>> = {
  release: 'it belongs to another release',
  sequence: 'its sequence number does not follow',
  previous: 'it does not point to the hash of the row before it',
  hash: 'it is not what was hashed',
  time: 'it is earlier than a row before it',
  beginning: 'a release is admitted in its first row and in no other',
  end: 'it cannot happen after the end of the release',
  fold: 'the release cannot take it: it is no fact',
  head: 'it is the last one, and not the head: rows are missing after it, or the head is of another history',
};

function brokenSentence(name: string, { fault, row, seq, expected, found }: Broken): string {
  if (fault === 'format')
    return `${name}: the ledger was written in format ${found}, and this version of Jalon reads format ${expected}: read it with the version that wrote it\n`;
  return [
    `${name}: row ${row} (sequence number ${seq}) is broken: ${faults[fault]}`,
    `  expected  ${expected}`,
    `  found     ${found}`,
    '',
  ].join('\n');
}

/** Lines for people. */
export function sentenceOf(name: string, ended: ProofResult, head: Head): string {
  if ('problem' in ended) return `${name}: row ${ended.row} is broken: ${ended.problem}\n`;
  if (isBroken(ended)) return brokenSentence(name, ended);
  const { release, rows, firstAt, latestAt } = ended;
  const remembered = head.seq !== undefined || head.hash !== undefined;
  return [
    `${name}: the ledger of ${release?.id} is whole: ${rows} rows, from ${firstAt} to ${latestAt}`,
    `  head  ${release?.hash}`,
    remembered
      ? '  It ends where you said: nothing is missing.'
      : `  This proves the rows up to ${rows}. Whether more came after, or all was written anew, only --head can tell.`,
    '',
  ].join('\n');
}
