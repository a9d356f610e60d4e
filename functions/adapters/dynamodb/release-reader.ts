/** Reading releases in the table `releases`. */
import * as z from 'zod';
import type { Access, ReleaseReader, ReleaseStart } from '#application/ports/releases.ts';
import { ReleaseNotFound, ServiceUnavailable } from '#domain/errors.ts';
import type { LedgerEntry } from '#domain/ledger/entries.ts';
import type { Release, ReleaseHead } from '#domain/ledger/records.ts';
import type { StartRefusal } from '#domain/refusals/release.ts';
import { assemble, entryOf, headOf } from './release-rows.ts';
import { assertLimit, type DynamoTable, page, pause, read, select } from './table.ts';
import {
  accessKey,
  activePartition,
  endedEdge,
  endedPartition,
  entryKey,
  gsi1,
  headKey,
  releaseIdOf,
  releasePartition,
  seqMax,
  startKey,
} from './table-keys.ts';

/** A release has about a hundred rows; this bounds a read. */
const rowsMax = 5_000;
/** Loading again after a commit came between is rare; so many times in a row is a fault. */
const loadsMax = 10;
/** Doublings of the pause before: 160 ms at most. */
const longestPause = 4;

const AccessRow = z.object({ releaseId: z.string(), percent: z.int() });
const StartRow = z.object({
  releaseId: z.string(),
  executionArn: z.string(),
  startedBy: z.string(),
  at: z.string(),
  /** A code that only newer code knows comes back as it was. */
  refused: (
    z.object({ code: z.string(), params: z.looseObject({}) }) as unknown as z.ZodType<StartRefusal>
  ).exactOptional(),
}) satisfies z.ZodType<ReleaseStart>;
/** Each is a read of its own. */
const endedMax = 100;

const Keyed = z.object({ pk: z.string() });

export class DynamoReleaseReader implements ReleaseReader {
  protected readonly table: DynamoTable;

  constructor(table: DynamoTable) {
    this.table = table;
  }

  /** Throws ReleaseNotFound, ServiceUnavailable. */
  async load(releaseId: string): Promise<Release> {
    for (let loads = 0; loads < loadsMax; loads += 1) {
      // One query: of two, others commit between. The head comes first: whatever is committed after it shows in the rows.
      const [head, ...rows] = await select(
        this.table,
        {
          where: '#pk = :pk AND #sk >= :head',
          values: { ':pk': releasePartition(releaseId), ':head': headKey(releaseId).sk },
        },
        rowsMax,
      );
      if (!head) throw new ReleaseNotFound(releaseId);
      const release = assemble(head, rows);
      if (release) return release;
      await pause(Math.min(loads + 1, longestPause));
    }
    throw new ServiceUnavailable({
      code: 'release-contended',
      params: { release: releaseId, times: loadsMax },
    });
  }

  async history(releaseId: string, afterSeq: number, limit: number): Promise<readonly LedgerEntry[]> {
    assertLimit(limit);
    if (afterSeq >= seqMax) return [];
    const rows = await select(
      this.table,
      {
        where: '#pk = :pk AND #sk BETWEEN :from AND :to',
        values: {
          ':pk': releasePartition(releaseId),
          ':from': entryKey(releaseId, afterSeq + 1).sk,
          ':to': entryKey(releaseId, seqMax).sk,
        },
      },
      limit,
    );
    return rows.map((row) => entryOf(releaseId, row));
  }

  /** From an index that follows the table within moments: a look, not a lock. */
  async active(limit: number): Promise<readonly string[]> {
    assertLimit(limit);
    const rows = await select(
      this.table,
      {
        where: '#gsi1pk = :active',
        values: { ':active': activePartition },
        index: { name: gsi1, consistent: false },
      },
      limit,
    );
    return rows.map((row) => releaseIdOf(Keyed.parse(row).pk));
  }

  /** Throws ServiceUnavailable. */
  async start(releaseId: string): Promise<ReleaseStart | undefined> {
    const row = await read(this.table, startKey(releaseId));
    return row && StartRow.parse(row);
  }

  /** Throws ServiceUnavailable. */
  async access(product: string): Promise<Access | undefined> {
    const row = await read(this.table, accessKey(product));
    return row && AccessRow.parse(row);
  }

  /** From the same index. Each head is read by its key, so that what an index need not hold is not in it. */
  async ended(limit: number, cursor: string | undefined): ReturnType<ReleaseReader['ended']> {
    assertLimit(limit, endedMax);
    const found = await page(
      this.table,
      {
        where: '#gsi1pk = :ended AND #gsi1sk < :before',
        values: { ':ended': endedPartition, ':before': cursor ?? latest },
        index: { name: gsi1, consistent: false },
        lastFirst: true,
      },
      limit,
    );
    const heads = await Promise.all(
      found.rows.map((row) => read(this.table, headKey(releaseIdOf(Keyed.parse(row).pk)))),
    );
    const releases = heads.flatMap((head) => (head === undefined ? [] : [headOf(head)]));
    return { releases, ...(found.last === undefined ? {} : cursorAfter(releases)) };
  }
}

/** After every instant that begins with a digit. */
const latest = '~';

const cursorAfter = (releases: readonly ReleaseHead[]) => {
  const last = releases.at(-1);
  return last?.closedAt === undefined ? {} : { cursor: endedEdge(last.closedAt, last.id) };
};
