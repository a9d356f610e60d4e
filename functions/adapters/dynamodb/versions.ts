/** Versions of the product that were found to be bad: a row each in the table `releases`. The first word stands. */
import * as z from 'zod';
import type { CondemnedVersion, Versions } from '#application/ports/releases.ts';
import { change, type DynamoTable, read } from './table.ts';
import { versionKey } from './table-keys.ts';

const VersionRow = z.object({
  version: z.string(),
  releaseId: z.string(),
  by: z.string(),
  reason: z.string(),
}) satisfies z.ZodType<CondemnedVersion>;

export class DynamoVersions implements Versions {
  readonly #table: DynamoTable;
  readonly #product: string;

  constructor(table: DynamoTable, product: string) {
    this.#table = table;
    this.#product = product;
  }

  /** Throws ServiceUnavailable. */
  async condemn(condemned: CondemnedVersion): Promise<void> {
    await change(this.#table, [
      {
        put: { ...versionKey(this.#product, condemned.version), ...condemned },
        when: 'attribute_not_exists(#pk)',
      },
    ]);
  }

  /** Throws ServiceUnavailable. */
  async condemned(version: string): Promise<CondemnedVersion | undefined> {
    const row = await read(this.#table, versionKey(this.#product, version));
    return row === undefined ? undefined : VersionRow.parse(row);
  }
}
