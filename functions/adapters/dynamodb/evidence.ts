/** The evidence of the looks of a bake, as `bakes.ts` keeps it in the table `releases`. */
import * as z from 'zod';
import type { EvidenceReader } from '#application/ports/metrics.ts';
import type { Evidence } from '#domain/judge/evidence.ts';
import { type DynamoTable, page } from './table.ts';
import { looksPartition } from './table-keys.ts';

const LookRow = z.object({
  sk: z.string(),
  evidence: z.custom<Evidence>((value) => typeof value === 'object'),
});

export class DynamoEvidenceReader implements EvidenceReader {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  /** Throws ServiceUnavailable. */
  async looks(
    releaseId: string,
    phase: string,
    attempt: number,
    cursor: string | undefined,
    limit: number,
  ): ReturnType<EvidenceReader['looks']> {
    const found = await page(
      this.#table,
      {
        where: '#pk = :pk AND #sk > :after',
        values: { ':pk': looksPartition(releaseId, phase, attempt), ':after': cursor ?? '0' },
      },
      limit,
    );
    const rows = found.rows.map((row) => LookRow.parse(row));
    const last = rows.at(-1)?.sk;
    return {
      looks: rows.map(({ evidence }) => evidence),
      ...(found.last === undefined || last === undefined ? {} : { cursor: last }),
    };
  }
}
