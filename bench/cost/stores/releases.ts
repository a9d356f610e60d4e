/** Releases: what a commit writes is asked of the adapter. */
import type { Release } from '#domain/ledger/records.ts';
import { headRow, rowChanges } from '#functions/adapters/dynamodb/release-rows.ts';
import { commitChanges } from '#functions/adapters/dynamodb/releases.ts';
import type { Change } from '#functions/adapters/dynamodb/table.ts';
import {
  activePartition,
  endedEdge,
  endedPartition,
  headKey,
  type Key,
} from '#functions/adapters/dynamodb/table-keys.ts';
import { callMs } from '../assumptions.ts';
import { itemBytes, readUnits, writeUnits } from '../capacity.ts';
import { type Rules, sum } from '../rules.ts';
import { read, readIndex, transacted, write } from './calls.ts';

export function readerRules(): Rules<'reader'>['reader'] {
  const loads = new WeakMap<Release, number>();
  const loadUnits = (release: Release): number => {
    const known = loads.get(release);
    if (known !== undefined) return known;
    const rows = rowChanges(undefined, release).map((one) => ('put' in one ? itemBytes(one.put) : 0));
    const units = readUnits(itemBytes(headRow(release)) + sum(rows));
    loads.set(release, units);
    return units;
  };
  return {
    load: (_given, release) => ({
      usage: { readUnit: release ? loadUnits(release) : 1 },
      ms: callMs.query,
      table: 'releases',
    }),
    history: (_given, entries) => ({
      ...read(sum((entries ?? []).map((entry) => itemBytes(entry)))),
      ms: callMs.query,
    }),
    access: () => read(0),
    start: () => read(0),
    active: (_given, ids) =>
      readIndex(
        (ids ?? []).map((id) => ({ ...headKey(id), gsi1pk: activePartition, gsi1sk: `${at}#${id}` })),
      ),
    ended: (_given, answer) => {
      const heads = answer?.releases ?? [];
      const index = readIndex(
        heads.map(({ id }) => ({ ...headKey(id), gsi1pk: endedPartition, gsi1sk: endedEdge(at, id) })),
      );
      const readUnit = sum(heads.map((head) => readUnits(itemBytes({ ...headKey(head.id), release: head }))));
      return {
        usage: { readUnit: readUnit + (index.usage.readUnit ?? 0) },
        ms: index.ms + callMs.read,
        table: 'releases',
      };
    },
  };
}

/** Instants have one length. */
const at = '2025-05-18T08:00:00.000Z';
export const commitRules: Omit<Rules<'releases'>['releases'], keyof Rules<'reader'>['reader']> = {
  commit: ([before, next, entries]) => {
    // What the rows were, as if all of the release had been written at once.
    const old = before === undefined ? [] : commitChanges(undefined, before, []);
    const bytes = new Map(old.map((change) => [keyOf(change).sk, change]));
    const changed = commitChanges(before, next, entries).map((change) => {
      const was = bytes.get(keyOf(change).sk);
      return transacted(Math.max(changeBytes(change), was === undefined ? 0 : changeBytes(was)));
    });
    return write(sum(changed) + writeUnits(0) * moves(before, next));
  },
  keepStart: ([start]) => write(transacted(itemBytes(start))),
  giveWay: () => ({ usage: {}, ms: 0 }),
};

/** The head comes into the index when the release begins and moves in it when it ends; nothing else of it is projected. */
function moves(before: Release | undefined, next: Release): number {
  if (before === undefined) return 1;
  return headRow(before).gsi1pk === headRow(next).gsi1pk ? 0 : 2;
}
const keyOf = (change: Change): Key => {
  if ('put' in change) return change.put;
  if ('remove' in change) return change.remove;
  return 'update' in change ? change.update : change.check;
};
const changeBytes = (change: Change) => ('put' in change ? itemBytes(change.put) : 0);
