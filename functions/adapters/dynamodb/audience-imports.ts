/**
 * Imports write a generation beside the one that is read; one transaction, whose condition is that a newer one is not read
 * yet, makes it the one that is. What is left behind is deleted by `audience-removal.ts`.
 */

import type { AudienceImports } from '#application/ports/audience.ts';
import type { AudienceTally } from '#domain/audience/audience-size.ts';
import type { Imported } from '#domain/audience/person.ts';
import { ServiceUnavailable } from '#domain/errors.ts';
import { present } from '#domain/present.ts';
import { type AudienceTable, type Current, currentOf, generationIn, rowsOf } from './audience-rows.ts';
import { putAll } from './batch.ts';
import { type Change, change, type StoredRow } from './table.ts';
import { currentKey, generationKey } from './table-keys.ts';

/** Other imports that end while one does; more are a fault. */
const triesMax = 8;

export class DynamoAudienceImports implements AudienceImports {
  readonly #table: AudienceTable;

  constructor(table: AudienceTable) {
    this.#table = table;
  }

  async open(generation: string, atMs: number): Promise<number | undefined> {
    const current = await currentOf(this.#table);
    if (current !== undefined && current.generation > generation) return undefined;
    // What is read already is not written to: somebody may have been erased from it since.
    if (current?.generation === generation) return Number.POSITIVE_INFINITY;
    const lost = await change(this.#table, [
      {
        put: { ...this.#key(generation), generation, written: 0, touchedAtMs: atMs },
        when: 'attribute_not_exists(#pk)',
      },
    ]);
    return lost ? this.#reopened(lost.get(0), atMs) : 0;
  }

  async #reopened(row: StoredRow = {}, atMs: number): Promise<number | undefined> {
    const { generation, written } = generationIn(row);
    return (await this.mark(generation, written, atMs)) ? written : undefined;
  }

  put(generation: string, people: readonly Imported[]): Promise<void> {
    return putAll(
      this.#table,
      people.flatMap((member) => rowsOf(this.#table, generation, member)),
    );
  }

  async mark(generation: string, written: number, atMs: number): Promise<boolean> {
    const lost = await change(this.#table, [this.#touch(generation, atMs, written)]);
    if (lost) await this.#leave(generation, atMs);
    return lost === undefined;
  }

  async publish(generation: string, tally: AudienceTally, atMs: number): Promise<boolean> {
    for (let tries = 0; tries < triesMax; tries += 1) {
      const current = await currentOf(this.#table);
      if (current?.generation === generation) return true;
      if (current !== undefined && current.generation > generation) return false;
      const lost = await change(this.#table, [
        this.#replace(current, { generation, ...tally }),
        this.#touch(generation, atMs),
        // Readers that are at work in it finish before it is deleted.
        ...(current === undefined ? [] : [this.#touch(current.generation, atMs)]),
      ]);
      if (!lost) return true;
      if (lost.has(0)) continue;
      await this.#leave(generation, atMs);
      return false;
    }
    throw new ServiceUnavailable({ code: 'import-contended', params: { times: triesMax } });
  }

  #replace(current: Current | undefined, next: AudienceTally & { readonly generation: string }): Change {
    const put = { ...currentKey(this.#table.product), ...next };
    if (current === undefined) return { put, when: 'attribute_not_exists(#pk)' };
    return { put, when: '#generation = :replaced', values: { ':replaced': current.generation } };
  }

  /** Unless it was given up. */
  #touch(generation: string, atMs: number, written?: number): Change {
    const marked = written === undefined ? '' : ', #written = :written';
    return {
      update: this.#key(generation),
      by: `SET #touchedAtMs = :at${marked}`,
      when: 'attribute_exists(#pk) AND attribute_not_exists(#sweeping)',
      values: { ':at': atMs, ...present({ ':written': written }) },
    };
  }

  /** What was still written to a generation that has been swept already is swept too. */
  async #leave(generation: string, atMs: number): Promise<void> {
    const row = { ...this.#key(generation), generation, written: 0, touchedAtMs: atMs, sweeping: true };
    await change(this.#table, [{ put: row, when: 'attribute_not_exists(#pk)' }]);
  }

  #key(generation: string) {
    return generationKey(this.#table.product, generation);
  }
}
