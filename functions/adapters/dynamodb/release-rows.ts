/**
 * A release as rows: a head with what is single, and one row for each phase, item, script and whatever else has a table. A change writes the head and the rows whose objects are other ones than before.
 */
import * as z from 'zod';
import type { LedgerEntry } from '#domain/ledger/entries.ts';
import { orders } from '#domain/ledger/facts.ts';
import { releaseOutcomes } from '#domain/ledger/outcomes.ts';
import {
  headAndTables,
  type Release,
  type ReleaseHead,
  type ReleaseTables,
  type TableName,
  tableNames,
} from '#domain/ledger/records.ts';
import { rollbackLevels } from '#domain/plan/plan.ts';
import { quote } from '../../contracts/causes.ts';
import { ReleaseRows, RollbackRow } from '../../contracts/release-rows.ts';
import type { Change, StoredRow } from './table.ts';
import { activePartition, endedEdge, endedPartition, entryKey, headKey, rowKey } from './table-keys.ts';

/** The release's tables of rows, with what their keys are called. */
const kinds = {
  phases: 'PHASE',
  items: 'CHK',
  scripts: 'SCRIPT',
  gates: 'GATE',
  messages: 'MSG',
  reports: 'REPORT',
  incidents: 'INC',
  components: 'COMP',
  tasks: 'TASK',
  risks: 'RISK',
  measures: 'MEASURE',
} as const satisfies Readonly<Record<TableName, string>>;

/** Loose, as the rows are. */
const object = z.looseObject;
/** Every member, optional ones too: one that the domain gains and this does not know does not compile. */
type Members<T> = { readonly [K in keyof Required<T>]: z.ZodType };

const HeadRow = z.object({
  release: object({
    id: z.string(),
    seq: z.int(),
    hash: z.string(),
    product: z.string(),
    version: z.string(),
    planRevision: z.string(),
    launchDay: z.string(),
    startedBy: z.string(),
    startedAt: z.string(),
    executionArn: z.string(),
    status: z.enum(['active', ...releaseOutcomes]),
    closedAt: z.string().exactOptional(),
    paused: z.boolean(),
    order: object({
      phase: z.string(),
      attempt: z.int(),
      order: z.enum(orders),
      level: z.enum(rollbackLevels).exactOptional(),
      component: z.string().exactOptional(),
      by: z.string(),
      reason: quote(z.string()),
    }).exactOptional(),
    rollback: RollbackRow.exactOptional(),
    badVersion: z.string().exactOptional(),
    exposing: z.number().exactOptional(),
    overriddenFreezes: z.record(z.string(), z.string()).exactOptional(),
    exposure: z.number(),
    deployed: z.boolean(),
  } satisfies Members<ReleaseHead>) satisfies z.ZodType<ReleaseHead>,
  /** How many rows the release has. */
  rows: z.int(),
});
const ValueRow = z.object({
  kind: z.enum(tableNames),
  key: z.string(),
  /** The sequence number that wrote it. */
  seq: z.int(),
  value: z.unknown(),
});
const EntryRow = z.object({
  seq: z.int(),
  at: z.string(),
  actor: z.string(),
  fact: object({ type: z.string() }),
  previous: z.string(),
  hash: z.string(),
});

/** The head as a row; in the index with the active releases, later with those that have ended. */
export function headRow(next: Release) {
  const { head, tables } = headAndTables(next);
  const rows = Object.values(tables).reduce((sum, table) => sum + Object.keys(table).length, 0);
  return {
    ...headKey(next.id),
    seq: next.seq,
    rows,
    release: head,
    ...indexed(next),
  };
}

const indexed = ({ id, status, startedAt, closedAt }: ReleaseHead) =>
  status === 'active' || closedAt === undefined
    ? { gsi1pk: activePartition, gsi1sk: `${startedAt}#${id}` }
    : { gsi1pk: endedPartition, gsi1sk: endedEdge(closedAt, id) };

/** Writes of the rows in which two states of a release differ: by identity, as `apply` promises. */
export function rowChanges(before: Release | undefined, next: Release): readonly Change[] {
  return tableNames.flatMap((kind) => {
    const [old, now] = [before?.[kind] ?? {}, next[kind]];
    if (old === now) return [];
    const written = Object.entries(now)
      .filter(([key, value]) => old[key] !== value)
      .map(([key, value]) => ({
        put: { ...rowKey(next.id, kinds[kind], key), kind, key, seq: next.seq, value },
      }));
    const gone = Object.keys(old).filter((key) => !Object.hasOwn(now, key));
    return [...written, ...gone.map((key) => ({ remove: rowKey(next.id, kinds[kind], key) }))];
  });
}

/**
 * The release again; undefined when the rows are not those of the head. A query is no snapshot: rows written after the
 * head was read carry a later number, and rows that went or came change how many there are.
 */
export function assemble(head: StoredRow, rows: readonly StoredRow[]): Release | undefined {
  const { release, rows: expected } = HeadRow.parse(head);
  const parsed = rows.map((row) => ValueRow.parse(row));
  if (parsed.length !== expected || parsed.some(({ seq }) => seq > release.seq)) return undefined;
  const table = (kind: TableName) =>
    Object.fromEntries(
      parsed
        .filter((row) => row.kind === kind)
        .map(({ key, value }) => [key, ReleaseRows[kind].parse(value)]),
    );
  // Each row is parsed with the schema of its kind; only the pairing is beyond the compiler.
  const tables = Object.fromEntries(
    tableNames.map((kind) => [kind, table(kind)]),
  ) as unknown as ReleaseTables;
  return { ...release, ...tables };
}

export const headOf = (head: StoredRow): ReleaseHead => HeadRow.parse(head).release;
export const statusIn = (head: StoredRow): ReleaseHead['status'] => headOf(head).status;
export const seqIn = (head: StoredRow): number => headOf(head).seq;

export const entryChange = ({ releaseId, ...entry }: LedgerEntry): Change => ({
  put: { ...entryKey(releaseId, entry.seq), ...entry },
  when: 'attribute_not_exists(#pk)',
});

export function entryOf(releaseId: string, row: StoredRow): LedgerEntry {
  // The fact is what was hashed: it is read as it was written, and `firstBroken` tells whether it still is.
  return { ...EntryRow.parse(row), releaseId } as LedgerEntry;
}
