/**
 * The product's users in the table `releases`: a row per person, one by bucket, so that a cohort is a range of keys, and one
 * for each segment they are in. Only the person's own row says who they are.
 */
import * as z from 'zod';
import { personOf } from '#domain/audience.ts';
import { bucketCount, bucketOf, cohortSeed } from '#domain/cohort.ts';
import { locales } from '#domain/mail/template.ts';
import type { AudiencePage, AudienceStore, Member, Selection } from '#domain/ports.ts';
import {
  assertLimit,
  type Change,
  change,
  page,
  type Selection as Rows,
  readAll,
  type Table,
} from './table.dynamodb.ts';
import {
  audiencePartition,
  bucketEdge,
  bucketKey,
  memberKey,
  personOfKey,
  segmentKey,
  segmentPrefix,
} from './table-keys.ts';

const MemberRow = z.object({
  userId: z.string(),
  address: z.string(),
  locale: z.enum(locales).exactOptional(),
});
const pageSize = 1000;
const membersMax = 100;

export class DynamoAudienceStore implements AudienceStore {
  readonly #table: Table;
  readonly #product: string;

  constructor({ product, ...table }: Table & { readonly product: string }) {
    this.#table = table;
    this.#product = product;
  }

  /** Throws ServiceUnavailable. */
  async page(audience: Selection, cursor: string | undefined, limit: number): Promise<AudiencePage> {
    assertLimit(limit);
    const pk = audiencePartition(this.#product);
    const { rows, last } = await page(
      this.#table,
      'segment' in audience ? inSegment(pk, audience.segment) : withAccess(pk, audience.exposed),
      limit,
      cursor === undefined ? undefined : { pk, sk: cursor },
    );
    const people = rows.map((row) => personOfKey(String(row['sk'])));
    return last === undefined ? { people } : { people, cursor: String(last['sk']) };
  }

  /** Throws ServiceUnavailable. */
  async count(audience: Selection): Promise<number> {
    let count = 0;
    let cursor: string | undefined;
    do {
      const listed = await this.page(audience, cursor, pageSize);
      count += listed.people.length;
      cursor = listed.cursor;
    } while (cursor !== undefined);
    return count;
  }

  /** Throws RangeError for more than 100 people, ServiceUnavailable. */
  async members(people: readonly string[]): Promise<ReadonlyMap<string, Member>> {
    if (people.length > membersMax)
      throw new RangeError(`${people.length} people at once; at most ${membersMax} are allowed`);
    const rows = await readAll(
      this.#table,
      people.map((person) => memberKey(this.#product, person)),
    );
    return new Map(rows.map((row) => [personOfKey(String(row['sk'])), MemberRow.parse(row)]));
  }

  /** Adds a user, or changes what is known of them, in at most 98 segments; repeating it is harmless. Throws ServiceUnavailable. */
  async enrol(member: Member, segments: readonly string[] = []): Promise<void> {
    const person = personOf(member.userId);
    await change(this.#table, [
      { put: { ...memberKey(this.#product, person), ...member } },
      ...this.#listed(member.userId, segments).map((key): Change => ({ put: { ...key } })),
    ]);
  }

  /** Removes a user from the product and these segments. Throws ServiceUnavailable. */
  async forget(userId: string, segments: readonly string[] = []): Promise<void> {
    const keys = [memberKey(this.#product, personOf(userId)), ...this.#listed(userId, segments)];
    await change(
      this.#table,
      keys.map((key): Change => ({ remove: key })),
    );
  }

  #listed(userId: string, segments: readonly string[]) {
    const person = personOf(userId);
    const bucket = bucketOf(cohortSeed(this.#product), userId);
    return [
      bucketKey(this.#product, bucket, person),
      ...segments.map((segment) => segmentKey(this.#product, segment, person)),
    ];
  }
}

const inSegment = (pk: string, segment: string): Rows => ({
  where: '#pk = :pk AND begins_with(#sk, :prefix)',
  values: { ':pk': pk, ':prefix': segmentPrefix(segment) },
});

/** The buckets below the percentage (`isExposed`): up to the edge of the first one that has no access. */
const withAccess = (pk: string, percent: number): Rows => ({
  where: '#pk = :pk AND #sk BETWEEN :first AND :edge',
  values: {
    ':pk': pk,
    ':first': bucketEdge(0),
    ':edge': bucketEdge(Math.ceil(percent * (bucketCount / 100))),
  },
});
