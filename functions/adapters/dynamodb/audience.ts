/**
 * Reading the product's users: the generation that an import has published last. A person's place is the same in every
 * generation, so a listing that was begun in one goes on in the next, and meets nobody twice and everybody who is in both.
 */
import * as z from 'zod';
import type { AudiencePage, AudienceStore } from '#application/ports/audience.ts';
import { countIn, emptyTally } from '#domain/audience/audience-size.ts';
import type { AudienceSelection, Member } from '#domain/audience/person.ts';
import { flagsOf } from '#domain/audience/preference.ts';
import { bucketCount } from '#domain/plan/exposure-buckets.ts';
import { type AudienceTable, currentOf, MemberRow } from './audience-rows.ts';
import { assertLimit, page, type RowSelection as Rows, readAll } from './table.ts';
import {
  bucketEdge,
  generationPartition,
  lastOfKey,
  memberKey,
  preferenceKey,
  segmentPrefix,
} from './table-keys.ts';

const PreferenceRow = z.object({
  optOut: z.boolean().exactOptional(),
  unreachable: z.enum(['bounced', 'complained']).exactOptional(),
  mailbox: z.string().exactOptional(),
});
const membersMax = 100;

/** Every call throws ServiceUnavailable. */
export class DynamoAudienceStore implements AudienceStore {
  readonly #table: AudienceTable;

  constructor(table: AudienceTable) {
    this.#table = table;
  }

  async page(audience: AudienceSelection, cursor: string | undefined, limit: number): Promise<AudiencePage> {
    assertLimit(limit);
    const current = await currentOf(this.#table);
    if (!current) return { people: [] };
    const pk = generationPartition(this.#table.product, current.generation);
    const { rows, last } = await page(
      this.#table,
      'segment' in audience ? inSegment(pk, audience.segment) : withAccess(pk, audience.exposed),
      limit,
      cursor === undefined ? undefined : { pk, sk: cursor },
    );
    const people = rows.map((row) => lastOfKey(String(row['sk'])));
    return last === undefined ? { people } : { people, cursor: String(last['sk']) };
  }

  async count(audience: AudienceSelection): Promise<number> {
    return countIn((await currentOf(this.#table)) ?? emptyTally, audience);
  }

  /** Throws RangeError for more than 100 people. */
  async members(people: readonly string[]): Promise<ReadonlyMap<string, Member>> {
    if (people.length > membersMax)
      throw new RangeError(`${people.length} people at once; at most ${membersMax} are allowed`);
    const current = await currentOf(this.#table);
    if (!current) return new Map();
    const { product, sha256 } = this.#table;
    const own = people.map((person) => memberKey(product, current.generation, person));
    const [members, preferences] = await Promise.all([
      readAll(this.#table, own),
      readAll(
        this.#table,
        people.map((person) => preferenceKey(product, person)),
      ),
    ]);
    const known = new Map(preferences.map((row) => [String(row['sk']), PreferenceRow.parse(row)]));
    return new Map(
      members.map((row) => {
        const person = lastOfKey(String(row['sk']));
        const member = MemberRow.parse(row);
        return [person, { ...member, ...flagsOf(sha256, known.get(person) ?? {}, member.address) }];
      }),
    );
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
