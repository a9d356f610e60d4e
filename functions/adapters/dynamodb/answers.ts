/** What keyed commands were answered: one row per caller and key in the table `releases`, whose condition is the claim. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { KeptAnswer, KeptAnswers, KeyClaim, KeyedRequest } from '#application/ports/idempotency.ts';
import { dayMs, minuteMs } from '#domain/time.ts';
import { change, type DynamoTable } from './table.ts';
import { answerKey } from './table-keys.ts';

const keptMs = dayMs;
/** Longer than a function may run: whoever held the key has stopped. */
const heldMs = minuteMs;

const AnswerRow = z.object({
  digest: z.string(),
  answer: z
    .object({ statusCode: z.int(), headers: z.record(z.string(), z.string()), body: z.string() })
    .exactOptional(),
}) satisfies z.ZodType<{ answer?: KeptAnswer }>;

export class DynamoAnswers implements KeptAnswers {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  /** Throws ServiceUnavailable. */
  async claim(request: KeyedRequest, atMs: number): Promise<KeyClaim> {
    const lost = await change(this.#table, [
      {
        put: rowOf(request, atMs),
        // A row outlives its date by up to days, so its age is looked at.
        when: 'attribute_not_exists(#pk) OR #claimedAtMs <= :old OR (attribute_not_exists(#answer) AND #digest = :digest AND #claimedAtMs <= :lapsed)',
        values: { ':old': atMs - keptMs, ':lapsed': atMs - heldMs, ':digest': request.digest },
      },
    ]);
    if (!lost) return { status: 'yours' };
    const { digest, answer } = AnswerRow.parse(lost.get(0));
    if (digest !== request.digest) return { status: 'other' };
    return answer === undefined ? { status: 'under-way' } : { status: 'answered', answer };
  }

  /** Throws ServiceUnavailable. */
  async keep(request: KeyedRequest, claimedAtMs: number, answer: KeptAnswer): Promise<void> {
    const put = { ...rowOf(request, claimedAtMs), answer };
    await change(this.#table, [{ put, when: mine, values: { ':mine': claimedAtMs } }]);
  }

  /** Throws ServiceUnavailable. */
  async giveBack(request: KeyedRequest, claimedAtMs: number): Promise<void> {
    await change(this.#table, [{ remove: keyOf(request), when: mine, values: { ':mine': claimedAtMs } }]);
  }
}

const mine = '#claimedAtMs = :mine AND attribute_not_exists(#answer)';

/** Hashed: both are texts of any form. */
const keyOf = ({ caller, key }: KeyedRequest) =>
  answerKey(
    createHash('sha256')
      .update(JSON.stringify([caller, key]))
      .digest('hex'),
  );

const rowOf = (request: KeyedRequest, claimedAtMs: number) => ({
  ...keyOf(request),
  digest: request.digest,
  claimedAtMs,
  expiresAt: Math.ceil((claimedAtMs + keptMs) / 1000),
});
