/** Releases as rows of the store, written in bulk: one that was rehearsed, and as many as wanted that have ended. */

import type { LedgerEntry } from '#domain/ledger/entries.ts';
import type { Release } from '#domain/ledger/records.ts';
import { quoted } from '#domain/quoted.ts';
import { hourMs } from '#domain/time.ts';
import { putAll } from '#functions/adapters/dynamodb/batch.ts';
import { entryChange, headRow, rowChanges } from '#functions/adapters/dynamodb/release-rows.ts';
import type { Change, DynamoTable } from '#functions/adapters/dynamodb/table.ts';
import { admitted } from '#test/support/builders.ts';
import { record } from '#test/support/hashed.ts';

/** Rows held in memory at a time. */
const releasesAtOnce = 1_000;
const firstMs = Date.parse('2020-01-01T09:00:00Z');

const putsOf = (changes: readonly Change[]) => changes.flatMap((one) => ('put' in one ? [one.put] : []));

/** What the store itself would have written of a release. */
const rowsOf = (release: Release, entries: readonly LedgerEntry[]) => [
  headRow(release),
  ...putsOf(rowChanges(undefined, release)),
  ...putsOf(entries.map(entryChange)),
];

export const writeRelease = (table: DynamoTable, release: Release, entries: readonly LedgerEntry[]) =>
  putAll(table, rowsOf(release, entries));

/** Short, and all of different instants: what a table grows by is their number, and each is one entry of the index. */
function endedRelease(nth: number): ReturnType<typeof record> {
  const at = new Date(firstMs + nth * hourMs).toISOString();
  const ended = {
    type: 'release.closed',
    outcome: 'aborted',
    reason: { code: 'ordered', params: { reason: quoted('enough') } },
  } as const;
  return record(`past-${nth}`, [admitted, ended], { at, actor: 'user:ada' });
}

/** Adds the releases `from` to `to` - 1. */
export async function writePast(table: DynamoTable, from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += releasesAtOnce) {
    const some = Array.from({ length: Math.min(releasesAtOnce, to - at) }, (_, index) =>
      endedRelease(at + index),
    );
    await putAll(
      table,
      some.flatMap(({ next, entries }) => rowsOf(next, entries)),
    );
  }
}
