/**
 * The bake's memory between two ticks: one row per wait in the table `releases`, of its newest epoch; and beside it, a row
 * with the evidence of each look.
 */
import * as z from 'zod';
import type { BakeKey, BakeStore } from '#application/ports/metrics.ts';
import type { Evidence } from '#domain/judge/evidence.ts';
import type { BakeState } from '#domain/rules/bake-clock.ts';
import { change, type DynamoTable, read } from './table.ts';
import { bakeKey, lookKey } from './table-keys.ts';

/** How the clock stood is kept for a look back; what was measured, for as long as people ask why a release was rolled back. */
const keptDays = 90;
const evidenceKeptDays = 400;

const BakeRow = z.object({
  epoch: z.int(),
  // Loose: what newer code has added must survive being read by older code during a deployment.
  state: z.looseObject({
    startedMs: z.number(),
    lastTickMs: z.number(),
    healthyMinutes: z.number(),
    recent: z.record(z.string(), z.array(z.boolean())),
    breached: z.array(z.string()),
    frozenSinceMs: z.number().exactOptional(),
    lostMinutes: z.record(z.string(), z.number()).exactOptional(),
    escalated: z.boolean(),
    // The judge's own: it alone knows what is inside.
    memories: z.record(
      z.string(),
      z.custom<BakeState['memories'][string]>((value) => typeof value === 'object'),
    ),
    concluded: z
      .looseObject({
        verdict: z.enum(['healthy', 'unhealthy', 'inconclusive', 'unknown']),
        reason: z.looseObject({}),
      })
      .exactOptional(),
  } satisfies { readonly [K in keyof Required<BakeState>]: z.ZodType }) satisfies z.ZodType<BakeState>,
});

export class DynamoBakeStore implements BakeStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  async get(releaseId: string, waitId: string, epoch: number): Promise<BakeState | undefined> {
    const row = await read(this.#table, bakeKey(releaseId, waitId));
    if (!row) return undefined;
    const stored = BakeRow.parse(row);
    return stored.epoch === epoch ? stored.state : undefined;
  }

  /** The last tick tells states of one epoch apart: no two have the same. Throws ServiceUnavailable. */
  async put(
    { releaseId, waitId, epoch, phase, attempt }: BakeKey,
    before: BakeState | undefined,
    next: BakeState,
    evidence: Evidence,
  ): Promise<boolean> {
    const put = {
      ...bakeKey(releaseId, waitId),
      epoch,
      lastTickMs: next.lastTickMs,
      state: next,
      expiresAt: Math.floor(next.lastTickMs / 1000) + keptDays * 86_400,
    };
    const lost = await change(this.#table, [
      before === undefined
        ? // Of an older epoch or none: a late tick of an older epoch must not overwrite the newer one.
          { put, when: 'attribute_not_exists(#pk) OR #epoch < :epoch', values: { ':epoch': epoch } }
        : {
            put,
            when: '#epoch = :epoch AND #lastTickMs = :last',
            values: { ':epoch': epoch, ':last': before.lastTickMs },
          },
      {
        put: {
          ...lookKey(releaseId, phase, attempt, evidence.atMs),
          evidence,
          expiresAt: Math.floor(evidence.atMs / 1000) + evidenceKeptDays * 86_400,
        },
      },
    ]);
    return lost === undefined;
  }
}
