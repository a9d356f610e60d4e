/** The words in which calls of stores are described: rows that are read and written, in units. */
import type { StoredRow } from '#functions/adapters/dynamodb/table.ts';
import type { Key } from '#functions/adapters/dynamodb/table-keys.ts';
import { callMs } from '../assumptions.ts';
import { itemBytes, readUnits, writeUnits } from '../capacity.ts';
import { type Request, sum } from '../rules.ts';
import type { Usage } from '../usage.ts';

export const transacted = (bytes: number) => 2 * writeUnits(bytes);

/** Bytes of rows as they were written last: over a larger one, a smaller one takes what the larger did. */
export class Sizes {
  readonly #bytes = new Map<string, number>();

  of({ pk, sk }: Key): number {
    return this.#bytes.get(`${pk} ${sk}`) ?? 0;
  }

  /** Writes it, and answers what is billed. */
  over(row: StoredRow & Key, more = 0): number {
    const bytes = itemBytes(row) + more;
    const billed = Math.max(bytes, this.of(row));
    this.#bytes.set(`${row.pk} ${row.sk}`, bytes);
    return billed;
  }

  remove({ pk, sk }: Key): void {
    this.#bytes.delete(`${pk} ${sk}`);
  }
}

type Table = NonNullable<Request['table']>;
export const read = (bytes: number, table: Table = 'releases'): Request => ({
  usage: { readUnit: readUnits(bytes) },
  ms: callMs.read,
  table,
});
export const write = (units: number, table: Table = 'releases', more: Usage = {}): Request => ({
  usage: { writeUnit: units, ...more },
  ms: callMs.transaction,
  table,
});

/** A change of a row that is read first, and so many others beside it. */
export const readAndWrite = (readUnit: number, reads: number, units: number): Request => {
  const { ms, ...one } = write(units, 'releases', { readUnit });
  return { ...one, ms: ms + reads * callMs.read };
};
/** An index that is read as it is, by its rows: half a unit. */
export const readIndex = (rows: readonly object[]): Request => ({
  usage: { readUnit: readUnits(sum(rows.map(itemBytes))) / 2 },
  ms: callMs.query,
  table: 'releases',
});

/** What is in a map of maps, empty at first. */
export function valueIn<V>(maps: Map<string, Map<string, V>>, key: string): Map<string, V> {
  const known = maps.get(key) ?? new Map<string, V>();
  maps.set(key, known);
  return known;
}
