/** Takes people out of the audience, and generations that nobody reads out of the table. */

import type { AudienceRemoval } from '#application/ports/audience.ts';
import { tallied } from '#domain/audience/audience-size.ts';
import type { Imported } from '#domain/audience/person.ts';
import { personOf } from '#domain/audience/person.ts';
import { ServiceUnavailable } from '#domain/errors.ts';
import {
  type AudienceTable,
  type Current,
  currentOf,
  type GenerationRow,
  generationsOf,
  keysOf,
  MemberRow,
} from './audience-rows.ts';
import { removeAll } from './batch.ts';
import { type Change, change, page, read } from './table.ts';
import {
  currentKey,
  generationKey,
  generationPartition,
  type Key,
  memberKey,
  preferenceKey,
} from './table-keys.ts';

const pageRows = 500;
/** Others that change the tally while one person is taken out of it; more are a fault. */
const triesMax = 8;

export class DynamoAudienceRemoval implements AudienceRemoval {
  readonly #table: AudienceTable;

  constructor(table: AudienceTable) {
    this.#table = table;
  }

  async sweep(untouchedSinceMs: number, rowsMax: number): Promise<{ rows: number; more: boolean }> {
    const current = await currentOf(this.#table);
    let rows = 0;
    for (const one of await generationsOf(this.#table)) {
      if (one.generation === current?.generation) continue;
      if (!(one.sweeping || (await this.#giveUp(one, untouchedSinceMs)))) continue;
      for (;;) {
        if (rows >= rowsMax) return { rows, more: true };
        const removed = await this.#removePage(one.generation);
        if (removed === 0) break;
        rows += removed;
      }
      await change(this.#table, [{ remove: generationKey(this.#table.product, one.generation) }]);
    }
    return { rows, more: false };
  }

  /** From now on nobody goes on with it, or reads it. False when somebody has touched it, or reads it. */
  async #giveUp({ generation, touchedAtMs }: GenerationRow, untouchedSinceMs: number): Promise<boolean> {
    if (touchedAtMs > untouchedSinceMs) return false;
    const lost = await change(this.#table, [
      {
        update: generationKey(this.#table.product, generation),
        by: 'SET #sweeping = :yes',
        when: '#touchedAtMs = :touched',
        values: { ':yes': true, ':touched': touchedAtMs },
      },
    ]);
    return lost === undefined;
  }

  async #removePage(generation: string): Promise<number> {
    const { rows } = await page(
      this.#table,
      { where: '#pk = :pk', values: { ':pk': generationPartition(this.#table.product, generation) } },
      pageRows,
    );
    await removeAll(
      this.#table,
      rows.map((row): Key => ({ pk: String(row['pk']), sk: String(row['sk']) })),
    );
    return rows.length;
  }

  async erase(userId: string): Promise<void> {
    for (const { generation } of await generationsOf(this.#table)) await this.#eraseFrom(generation, userId);
    const { product, sha256 } = this.#table;
    const preference = preferenceKey(product, personOf(sha256, userId));
    // A word against announcements stays, under the hash: it counts when the person is imported again.
    await change(this.#table, [
      {
        update: preference,
        by: 'REMOVE #unreachable, #mailbox, #unreachableSinceMs',
        when: 'attribute_exists(#pk)',
      },
    ]);
  }

  async #eraseFrom(generation: string, userId: string): Promise<void> {
    const { product, sha256 } = this.#table;
    for (let tries = 0; tries < triesMax; tries += 1) {
      const current = await currentOf(this.#table);
      const row = await read(this.#table, memberKey(product, generation, personOf(sha256, userId)));
      const member = row && MemberRow.parse(row);
      const keys = keysOf(this.#table, generation, userId, member?.segments);
      const counts = current?.generation === generation && member !== undefined;
      const lost = await change(this.#table, [
        ...keys.map((key): Change => ({ remove: key })),
        ...(counts ? [this.#withoutOne(current, member)] : []),
      ]);
      if (!lost) return;
    }
    throw new ServiceUnavailable({ code: 'erasure-contended', params: { times: triesMax } });
  }

  /** The tally without one person, unless it has changed since. */
  #withoutOne(current: Current, member: Imported): Change {
    const { product, sha256 } = this.#table;
    return {
      put: {
        ...currentKey(product),
        generation: current.generation,
        ...tallied(sha256, current, product, [member], -1),
      },
      when: '#generation = :generation AND #total = :total',
      values: { ':generation': current.generation, ':total': current.total },
    };
  }
}
