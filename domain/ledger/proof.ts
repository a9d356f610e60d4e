/**
 * Proves a history entry by entry: every row must follow from the one before it. What the rows cannot know is whether more
 * came after the last one; who remembers the head of the chain can say so (`endsAt`).
 */

import type { Sha256 } from '../sha256.ts';
import { chain, genesis, type LedgerEntry } from './entries.ts';
import { ledgerFormat, nameOfFormat } from './format.ts';
import { mayFollowEnd } from './lifecycle.ts';
import { emptyRelease, type Release } from './records.ts';
import { applied } from './replay.ts';

/** What is wrong with a row, the first that holds. */
type Fault =
  | 'release'
  | 'sequence'
  | 'previous'
  | 'hash'
  | 'time'
  /** It does not begin with the admission. */
  | 'beginning'
  /** Another version of the program wrote it, in a form that this one would misread. */
  | 'format'
  /** It happened although the release had ended. */
  | 'end'
  /** The release that the rows add up to cannot take it. */
  | 'fold'
  /** The last row is not the head that somebody remembers. */
  | 'head';

export interface Broken {
  readonly fault: Fault;
  /** Of the row in the history, from 1. */
  readonly row: number;
  /** The number that the row itself says. */
  readonly seq: number;
  readonly expected: string;
  readonly found: string;
}

/** How far a history is proven. */
export interface Proof {
  readonly rows: number;
  /** What the rows add up to; before the first one nothing. */
  readonly release: Release | undefined;
  /** Instants of the first row and the latest one. */
  readonly firstAt: string;
  readonly latestAt: string;
}

/** Functions have clocks of their own: a later row may be this much earlier. */
export const clockSkewMsMax = 1000;

export const begin: Proof = { rows: 0, release: undefined, firstAt: '', latestAt: '' };

export const isBroken = (proof: Proof | Broken): proof is Broken => 'fault' in proof;

/** The history with one more row, or what is wrong with that row. */
export function next(sha256: Sha256, proof: Proof, entry: LedgerEntry): Proof | Broken {
  const row = proof.rows + 1;
  const wrong = wrongIn(sha256, proof, entry);
  if (wrong) return { ...wrong, row, seq: entry.seq };
  const release = folded(proof.release ?? emptyRelease(entry.releaseId), entry);
  if (!release) return { fault: 'fold', row, seq: entry.seq, expected: 'a fact', found: entry.fact.type };
  return {
    rows: row,
    release,
    firstAt: proof.firstAt || entry.at,
    latestAt: entry.at > proof.latestAt ? entry.at : proof.latestAt,
  };
}

/** Nothing for a chain that somebody made up of what are no facts. */
function folded(release: Release, entry: LedgerEntry): Release | undefined {
  try {
    return applied(release, entry);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** The first form did not say that it was one. */
const firstFormat = 1;

type Wrong = Pick<Broken, 'fault' | 'expected' | 'found'>;

function wrongIn(sha256: Sha256, { release, latestAt }: Proof, entry: LedgerEntry): Wrong | undefined {
  const before = release ?? { id: entry.releaseId, seq: 0, hash: genesis, status: 'active' };
  const { hash, seq, previous, ...body } = entry;
  if (body.releaseId !== before.id) return wrong('release', before.id, body.releaseId);
  if (seq !== before.seq + 1) return wrong('sequence', `${before.seq + 1}`, `${seq}`);
  if (previous !== before.hash) return wrong('previous', before.hash, previous);
  const whole = chain(sha256, before, body);
  if (hash !== whole.hash) return wrong('hash', whole.hash, hash);
  if (latestAt !== '' && Date.parse(entry.at) < Date.parse(latestAt) - clockSkewMsMax)
    return wrong('time', latestAt, entry.at);
  const { type } = entry.fact;
  if ((type === 'release.admitted') !== (seq === 1))
    return wrong('beginning', 'release.admitted first', type);
  const format = entry.fact.type === 'release.admitted' ? (entry.fact.format ?? firstFormat) : ledgerFormat;
  if (format !== ledgerFormat) return wrong('format', nameOfFormat(ledgerFormat), nameOfFormat(format));
  if (before.status !== 'active' && !mayFollowEnd(type)) return wrong('end', before.status, type);
  return undefined;
}

const wrong = (fault: Fault, expected: string, found: string): Wrong => ({ fault, expected, found });

/** What somebody else remembers of the last row. */
export interface Head {
  readonly seq?: number;
  readonly hash?: string;
}

/** The proof again when its last row is the head; otherwise what differs. A history without rows has the head 0. */
export function endsAt(proof: Proof, head: Head): Proof | Broken {
  const last = { seq: proof.release?.seq ?? 0, hash: proof.release?.hash ?? genesis };
  const differs = (['seq', 'hash'] as const).find(
    (member) => head[member] !== undefined && head[member] !== last[member],
  );
  if (differs === undefined) return proof;
  return {
    fault: 'head',
    row: proof.rows,
    seq: last.seq,
    expected: `${head[differs]}`,
    found: `${last[differs]}`,
  };
}
