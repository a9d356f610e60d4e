/**
 * Rows of the audience in the table `releases`. A generation has a partition of its own: a row per person, one by bucket, so
 * that a cohort is a range of keys, and one for each segment they are in; only the person's own row says who they are. The
 * product's partition says which generation is read, and which there are.
 */
import * as z from 'zod';
import type { Imported } from '#domain/audience/person.ts';
import { personOf } from '#domain/audience/person.ts';
import { locales } from '#domain/mailing/template.ts';
import { bucketOf, cohortSeed } from '#domain/plan/exposure-buckets.ts';
import type { Sha256 } from '#domain/sha256.ts';
import { type DynamoTable, read, type StoredRow, select } from './table.ts';
import {
  audiencePartition,
  bucketKey,
  currentKey,
  generationPrefix,
  type Key,
  memberKey,
  segmentKey,
} from './table-keys.ts';

/** Of one product. */
export interface AudienceTable extends DynamoTable {
  readonly product: string;
  readonly sha256: Sha256;
}

export const MemberRow = z.object({
  userId: z.string(),
  address: z.string(),
  locale: z.enum(locales).exactOptional(),
  segments: z.array(z.string()).exactOptional(),
});

const CurrentRow = z.object({
  generation: z.string(),
  total: z.int(),
  segments: z.record(z.string(), z.int()),
  hundredths: z.array(z.int()),
});
export type Current = z.output<typeof CurrentRow>;

/** The generation that is read, and its tally; nothing before the first import. */
export async function currentOf(table: AudienceTable): Promise<Current | undefined> {
  const row = await read(table, currentKey(table.product));
  return row && CurrentRow.parse(row);
}

const GenerationRow = z.object({
  generation: z.string(),
  /** People who were marked as written. */
  written: z.int(),
  /** When an import last worked on it, or when it was replaced. */
  touchedAtMs: z.int(),
  /** It is being deleted: nobody may go on with it. */
  sweeping: z.boolean().default(false),
});
export type GenerationRow = z.output<typeof GenerationRow>;
export const generationIn = (row: StoredRow): GenerationRow => GenerationRow.parse(row);

/** More were never under way or left by broken imports at a time. */
const generationsMax = 100;

export async function generationsOf(table: AudienceTable): Promise<readonly GenerationRow[]> {
  const rows = await select(
    table,
    {
      where: '#pk = :pk AND begins_with(#sk, :prefix)',
      values: { ':pk': audiencePartition(table.product), ':prefix': generationPrefix },
    },
    generationsMax,
  );
  return rows.map(generationIn);
}

/** All rows of a person: their own first. */
export function rowsOf(
  table: AudienceTable,
  generation: string,
  member: Imported,
): readonly (StoredRow & Key)[] {
  const { userId, address, locale, segments } = member;
  const [own, ...listed] = keysOf(table, generation, userId, segments);
  return [{ ...own, userId, address, locale, segments }, ...listed.map((key) => ({ ...key }))];
}

export function keysOf(
  { product, sha256 }: AudienceTable,
  generation: string,
  userId: string,
  segments: readonly string[] = [],
): readonly [Key, ...Key[]] {
  const person = personOf(sha256, userId);
  const bucket = bucketOf(sha256, cohortSeed(product), userId);
  return [
    memberKey(product, generation, person),
    bucketKey(product, generation, bucket, person),
    ...segments.map((segment) => segmentKey(product, generation, segment, person)),
  ];
}
