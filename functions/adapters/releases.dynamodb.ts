/**
 * Releases in the table `releases`. A commit is one transaction whose conditions are the transition: the head is at the
 * sequence number that was decided on, the entries are new, the product is free (or ours, to be given back).
 */
import * as z from 'zod';
import {
  LedgerConflict,
  ProductBusy,
  ReleaseExists,
  ReleaseNotFound,
  ServiceUnavailable,
} from '#domain/errors.ts';
import { entriesMax, type LedgerEntry } from '#domain/ledger.ts';
import type { ReleaseStore } from '#domain/ports.ts';
import type { Release } from '#domain/release.ts';
import {
  assemble,
  entryChange,
  entryOf,
  headRow,
  rowChanges,
  seqIn,
  statusIn,
} from './release-rows.dynamodb.ts';
import { assertLimit, type Change, change, read, select, type Table } from './table.dynamodb.ts';
import {
  activePartition,
  entryKey,
  gsi1,
  headKey,
  productKey,
  releaseIdOf,
  releasePartition,
  rowPrefix,
  seqMax,
} from './table-keys.ts';

/** A release has about a hundred rows; this bounds a read. */
const rowsMax = 5_000;
/** Loading again after a commit came between is rare; so many times in a row is a fault. */
const loadsMax = 10;

const Keyed = z.object({ pk: z.string() });
const Claim = z.object({ releaseId: z.string() });

export class DynamoReleaseStore implements ReleaseStore {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** Throws ReleaseNotFound, ServiceUnavailable. */
  async load(releaseId: string): Promise<Release> {
    for (let loads = 0; loads < loadsMax; loads += 1) {
      // The head first: whatever is committed after it shows in the rows.
      const head = await read(this.#table, headKey(releaseId));
      if (!head) throw new ReleaseNotFound(releaseId);
      const rows = await select(
        this.#table,
        {
          where: '#pk = :pk AND begins_with(#sk, :prefix)',
          values: { ':pk': releasePartition(releaseId), ':prefix': rowPrefix },
        },
        rowsMax,
      );
      const release = assemble(head, rows);
      if (release) return release;
    }
    throw new ServiceUnavailable(`release "${releaseId}" changed ${loadsMax} times while it was read`);
  }

  /** Throws LedgerConflict, ReleaseExists, ProductBusy, ServiceUnavailable; RangeError beyond the limits. */
  async commit(before: Release | undefined, next: Release, entries: readonly LedgerEntry[]): Promise<void> {
    if (entries.length > entriesMax) {
      throw new RangeError(
        `${entries.length} ledger entries in one transaction; at most ${entriesMax} are allowed`,
      );
    }
    const lost = await change(this.#table, [
      headChange(before, next),
      ...productChange(before, next),
      ...entries.map(entryChange),
      ...rowChanges(before, next),
    ]);
    if (!lost) return;
    if (lost.has(0)) throw headLost(before, next, lost.get(0));
    const claim = lost.get(1);
    // The product's claim stands second, when there is one; an entry beside an unchanged head is a broken store.
    if (claim && 'releaseId' in claim) throw new ProductBusy(next.product, Claim.parse(claim).releaseId);
    throw new RangeError(
      `release "${next.id}" has ledger entries after its sequence number ${before?.seq ?? 0}: repair it from its ledger`,
    );
  }

  async history(releaseId: string, afterSeq: number, limit: number): Promise<readonly LedgerEntry[]> {
    assertLimit(limit);
    if (afterSeq >= seqMax) return [];
    const rows = await select(
      this.#table,
      {
        where: '#pk = :pk AND #sk BETWEEN :from AND :to',
        values: {
          ':pk': releasePartition(releaseId),
          ':from': entryKey(releaseId, afterSeq + 1).sk,
          ':to': entryKey(releaseId, seqMax).sk,
        },
      },
      limit,
    );
    return rows.map((row) => entryOf(releaseId, row));
  }

  /** From an index that follows the table within moments: a look, not a lock. */
  async active(limit: number): Promise<readonly string[]> {
    assertLimit(limit);
    const rows = await select(
      this.#table,
      {
        where: '#gsi1pk = :active',
        values: { ':active': activePartition },
        index: { name: gsi1, consistent: false },
      },
      limit,
    );
    return rows.map((row) => releaseIdOf(Keyed.parse(row).pk));
  }
}

function headChange(before: Release | undefined, next: Release): Change {
  if (before === undefined) return { put: headRow(next), when: 'attribute_not_exists(#pk)' };
  return { put: headRow(next), when: '#seq = :seq', values: { ':seq': before.seq } };
}

/** Claimed by the first entry, given back by the one that closes; in between it stays as it is. */
function productChange(before: Release | undefined, next: Release): readonly Change[] {
  const key = productKey(next.product);
  const active = next.status === 'active';
  if (before === undefined) {
    const when = 'attribute_not_exists(#pk)';
    return [active ? { put: { ...key, releaseId: next.id }, when } : { check: key, when }];
  }
  if (active || before.status !== 'active') return [];
  const when = 'attribute_not_exists(#pk) OR #releaseId = :id';
  return [{ remove: key, when, values: { ':id': next.id } }];
}

function headLost(
  before: Release | undefined,
  next: Release,
  stored: Readonly<Record<string, unknown>> | undefined,
) {
  if (before === undefined) return new ReleaseExists(next.id, `is ${stored ? statusIn(stored) : 'unknown'}`);
  const conflict = new LedgerConflict(next.id, before.seq);
  conflict.cause = stored ? `it is at ${seqIn(stored)}` : 'there is none';
  return conflict;
}
