/**
 * Releases in the table `releases`. A commit is one transaction whose conditions are the transition: the head is at the
 * sequence number that was decided on, the entries are new, the product is free (or ours, to be given back).
 */
import * as z from 'zod';
import type { ReleaseStart, ReleaseStore } from '#application/ports/releases.ts';
import { LedgerConflict, ProductBusy, ReleaseExists } from '#domain/errors.ts';
import { entriesMax, type LedgerEntry } from '#domain/ledger/entries.ts';
import type { Release } from '#domain/ledger/records.ts';
import { dayMs } from '#domain/time.ts';
import { DynamoReleaseReader } from './release-reader.ts';
import { entryChange, headRow, rowChanges, seqIn, statusIn } from './release-rows.ts';
import { type Change, change, pause } from './table.ts';
import { accessKey, productKey, startKey } from './table-keys.ts';

/** Doublings of the pause: as long as fifty take to write one after another. */
const longestPause = 6;

/** As long as Step Functions keeps the name of an execution that has ended. */
const startKeptMs = 90 * dayMs;

const Claim = z.object({ releaseId: z.string() });

export class DynamoReleaseStore extends DynamoReleaseReader implements ReleaseStore {
  /** Throws LedgerConflict, ReleaseExists, ProductBusy, ServiceUnavailable; RangeError beyond the limits. */
  async commit(before: Release | undefined, next: Release, entries: readonly LedgerEntry[]): Promise<void> {
    if (entries.length > entriesMax) {
      throw new RangeError(
        `${entries.length} ledger entries in one transaction; at most ${entriesMax} are allowed`,
      );
    }
    const lost = await change(this.table, commitChanges(before, next, entries));
    if (!lost) return;
    if (lost.has(0)) throw headLost(before, next, lost.get(0));
    const claim = lost.get(1);
    // An entry beside an unchanged head is a broken store.
    if (claim && 'releaseId' in claim) throw new ProductBusy(next.product, Claim.parse(claim).releaseId);
    throw new RangeError(
      `release "${next.id}" has ledger entries after its sequence number ${before?.seq ?? 0}: repair it from its ledger`,
    );
  }

  /** Throws ServiceUnavailable. */
  async keepStart(start: ReleaseStart): Promise<void> {
    const expiresAt = Math.ceil((Date.parse(start.at) + startKeptMs) / 1000);
    await change(this.table, [
      {
        put: { ...startKey(start.releaseId), ...start, expiresAt },
        // Lost: it was refused before whoever asked for it came to say so.
        ...(start.refused
          ? {}
          : {
              when: 'attribute_not_exists(#pk) OR #executionArn <> :mine',
              values: { ':mine': start.executionArn },
            }),
      },
    ]);
  }

  async giveWay(conflicts: number): Promise<void> {
    await pause(Math.min(conflicts, longestPause));
  }
}

/** The head stands first, and second the product's claim when there is one. */
export const commitChanges = (
  before: Release | undefined,
  next: Release,
  entries: readonly LedgerEntry[],
): readonly Change[] => [
  headChange(before, next),
  ...productChange(before, next),
  ...entries.map(entryChange),
  ...rowChanges(before, next),
  ...accessChange(before, next),
];

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

/** Stays when the release ends: its users keep what they have until another one decides. */
function accessChange(before: Release | undefined, { id, product, exposure }: Release): readonly Change[] {
  if (exposure === (before?.exposure ?? 0)) return [];
  return [{ put: { ...accessKey(product), releaseId: id, percent: exposure } }];
}

function headLost(
  before: Release | undefined,
  next: Release,
  stored: Readonly<Record<string, unknown>> | undefined,
) {
  if (before === undefined)
    return new ReleaseExists({
      code: 'release-exists',
      params: { release: next.id, status: stored ? statusIn(stored) : 'unknown' },
    });
  const conflict = new LedgerConflict(next.id, before.seq);
  conflict.cause = stored ? `it is at ${seqIn(stored)}` : 'there is none';
  return conflict;
}
