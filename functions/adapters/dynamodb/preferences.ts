/** What is known about writing to people: a row per person, in a partition that imports do not touch. */

import type { Preferences } from '#application/ports/audience.ts';
import type { Unreachable } from '#domain/audience/person.ts';
import { mailboxOf } from '#domain/audience/person.ts';
import { type AudienceTable, currentOf, MemberRow } from './audience-rows.ts';
import { change, read } from './table.ts';
import { memberKey, preferenceKey } from './table-keys.ts';

export class DynamoPreferences implements Preferences {
  readonly #table: AudienceTable;

  constructor(table: AudienceTable) {
    this.#table = table;
  }

  optOut(person: string, atMs: number): Promise<void> {
    return this.#says(person, true, atMs);
  }

  optIn(person: string, atMs: number): Promise<void> {
    return this.#says(person, false, atMs);
  }

  async #says(person: string, optOut: boolean, atMs: number): Promise<void> {
    // Lost: there is a newer word.
    await change(this.#table, [
      {
        update: preferenceKey(this.#table.product, person),
        by: 'SET #optOut = :optOut, #saidAtMs = :at',
        when: 'attribute_not_exists(#saidAtMs) OR #saidAtMs <= :at',
        values: { ':optOut': optOut, ':at': atMs },
      },
    ]);
  }

  async unreachable(person: string, why: Unreachable, address: string, atMs: number): Promise<void> {
    const current = await currentOf(this.#table);
    const { product, sha256 } = this.#table;
    const row = current && (await read(this.#table, memberKey(product, current.generation, person)));
    if (!row) return;
    const mailbox = mailboxOf(sha256, address);
    if (why === 'bounced' && mailbox !== mailboxOf(sha256, MemberRow.parse(row).address)) return;
    // Lost: the person has complained before.
    await change(this.#table, [
      {
        update: preferenceKey(product, person),
        by: 'SET #unreachable = :why, #mailbox = :mailbox, #unreachableSinceMs = :at',
        when: 'attribute_not_exists(#unreachable) OR #unreachable <> :complained',
        values: {
          ':why': why,
          ':mailbox': mailbox,
          ':at': atMs,
          ':complained': 'complained',
        },
      },
    ]);
  }
}
