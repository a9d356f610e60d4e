/** Versions of the product that were found to be bad: a row each in the table `releases`. The first word stands, for every spelling. */
import * as z from 'zod';
import type { BadVersion, Versions } from '#application/ports/releases.ts';
import { spellingOf } from '#domain/rules/version-spelling.ts';
import { change, type DynamoTable, read } from './table.ts';
import { versionKey } from './table-keys.ts';

const VersionRow = z.object({
  version: z.string(),
  releaseId: z.string(),
  by: z.string(),
  reason: z.string(),
}) satisfies z.ZodType<BadVersion>;

export class DynamoVersions implements Versions {
  readonly #table: DynamoTable;
  readonly #product: string;

  constructor(table: DynamoTable, product: string) {
    this.#table = table;
    this.#product = product;
  }

  /** Throws ServiceUnavailable. */
  async markBad(bad: BadVersion): Promise<void> {
    await change(this.#table, [
      {
        put: { ...versionKey(this.#product, spellingOf(bad.version)), ...bad },
        when: 'attribute_not_exists(#pk)',
      },
    ]);
  }

  /** Throws ServiceUnavailable. */
  async findBad(version: string): Promise<BadVersion | undefined> {
    const row = await read(this.#table, versionKey(this.#product, spellingOf(version)));
    return row === undefined ? undefined : VersionRow.parse(row);
  }
}
