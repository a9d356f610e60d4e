/**
 * The product's users in the table `releases`: a row by bucket, so that a cohort is a range of keys, and a row for each
 * segment they are in.
 */
import * as z from 'zod';
import { bucketCount, bucketOf, cohortSeed } from '#domain/cohort.ts';
import type { Audience } from '#domain/plan.ts';
import type { AudiencePage, AudienceStore, Recipient } from '#domain/ports.ts';
import { assertLimit, type Change, change, page, type Selection, type Table } from './table.dynamodb.ts';
import { audiencePartition, bucketEdge, bucketKey, segmentKey, segmentPrefix } from './table-keys.ts';

const RecipientRow = z.object({ userId: z.string(), address: z.string() });

export class DynamoAudienceStore implements AudienceStore {
  readonly #table: Table;
  readonly #product: string;

  constructor({ product, ...table }: Table & { readonly product: string }) {
    this.#table = table;
    this.#product = product;
  }

  /** Throws ServiceUnavailable. */
  async page(
    audience: Exclude<Audience, { told: true }>,
    cursor: string | undefined,
    limit: number,
  ): Promise<AudiencePage> {
    assertLimit(limit);
    const pk = audiencePartition(this.#product);
    const { rows, last } = await page(
      this.#table,
      'segment' in audience ? inSegment(pk, audience.segment) : withAccess(pk, audience.exposed),
      limit,
      cursor === undefined ? undefined : { pk, sk: cursor },
    );
    const recipients = rows.map((row) => RecipientRow.parse(row));
    return last === undefined ? { recipients } : { recipients, cursor: String(last['sk']) };
  }

  /** Adds a user, or changes the address, in at most 99 segments; repeating it is harmless. Throws ServiceUnavailable. */
  async enrol({ userId, address }: Recipient, segments: readonly string[] = []): Promise<void> {
    await change(
      this.#table,
      this.#keys(userId, segments).map((key): Change => ({ put: { ...key, userId, address } })),
    );
  }

  /** Removes a user from the product and these segments. Throws ServiceUnavailable. */
  async forget(userId: string, segments: readonly string[] = []): Promise<void> {
    await change(
      this.#table,
      this.#keys(userId, segments).map((key): Change => ({ remove: key })),
    );
  }

  #keys(userId: string, segments: readonly string[]) {
    const bucket = bucketOf(cohortSeed(this.#product), userId);
    return [
      bucketKey(this.#product, bucket, userId),
      ...segments.map((segment) => segmentKey(this.#product, segment, userId)),
    ];
  }
}

const inSegment = (pk: string, segment: string): Selection => ({
  where: '#pk = :pk AND begins_with(#sk, :prefix)',
  values: { ':pk': pk, ':prefix': segmentPrefix(segment) },
});

/** The buckets below the percentage (`isExposed`): up to the edge of the first one that has no access. */
const withAccess = (pk: string, percent: number): Selection => ({
  where: '#pk = :pk AND #sk BETWEEN :first AND :edge',
  values: {
    ':pk': pk,
    ':first': bucketEdge(0),
    ':edge': bucketEdge(Math.ceil(percent * (bucketCount / 100))),
  },
});
