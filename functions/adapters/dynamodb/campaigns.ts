/**
 * Who was sent what, in the table `releases`: one row per (campaign, person), without name and address.
 *
 * The tally is kept in 16 shards, chosen by the person, so that senders at work side by side seldom meet on
 * a row (a counter in one row would refuse most of them; counting by query would read the whole campaign after each job).
 * A person's status and the shard's numbers move in one transaction whose condition is the status that was read:
 * repeated, it finds the status already there and counts nothing. So the sum is exact, at any time.
 */
import * as z from 'zod';
import type { AudiencePage } from '#application/ports/audience.ts';
import type { CampaignStore, Listing, Tally } from '#application/ports/mail.ts';
import { ServiceUnavailable } from '#domain/errors.ts';
import { countedAs, counts, type DeliveryStatus, inHand, isNews } from '#domain/mailing/delivery.ts';
import {
  assertLimit,
  type Change,
  change,
  type DynamoTable,
  page,
  read,
  type StoredRow,
  select,
} from './table.ts';
import {
  campaignPartition,
  claimedPartition,
  gsi1,
  intendedKey,
  type Key,
  lastOfKey,
  listingKey,
  recipientKey,
  recipientPrefix,
  shardKey,
  sortable,
  tallyPrefix,
} from './table-keys.ts';

const shardCount = 16;
/** A release ends long before. */
const keptDays = 180;
/** Epoch milliseconds have 13 digits until the year 2286. */
const msDigits = 13;
/** A status only moves up, through four ranks; more lost races than that are a fault. */
const marksMax = 8;

const StatusRow = z.object({
  status: z.enum(['claimed', 'sent', 'failed', 'declined', 'unknown', 'delivered', 'bounced', 'complained']),
});
const ListingRow = z.object({
  pages: z.int(),
  people: z.int(),
  cursor: z.string().exactOptional(),
  done: z.boolean(),
});
const IntendedRow = z.object({
  nth: z.int(),
  people: z.array(z.string()),
  cursor: z.string().exactOptional(),
});
const TallyRow = z.object({
  sent: z.int().default(0),
  failed: z.int().default(0),
  declined: z.int().default(0),
});

export class DynamoCampaignStore implements CampaignStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  async listing(campaign: string): Promise<Listing | undefined> {
    const row = await read(this.#table, listingKey(campaign));
    return row && ListingRow.parse(row);
  }

  /** A page's number is only written over the one before it, so a lister that was overtaken names nothing any more. */
  async intend(
    campaign: string,
    before: Listing | undefined,
    page: AudiencePage,
    atMs: number,
  ): Promise<AudiencePage | undefined> {
    const listed = before?.pages ?? 0;
    const lost = await change(this.#table, [
      {
        put: { ...intendedKey(campaign), ...page, nth: listed + 1, expiresAt: keptUntil(atMs) },
        // One that was begun by an older deployment has named no page.
        when: 'attribute_not_exists(#pk) OR #nth = :listed',
        values: { ':listed': listed },
      },
    ]);
    if (!lost) return page;
    const { nth, ...stands } = IntendedRow.parse(lost.get(0));
    return nth === listed + 1 ? stands : undefined;
  }

  async advance(campaign: string, before: Listing | undefined, next: Listing): Promise<boolean> {
    const lost = await change(this.#table, [
      {
        put: { ...listingKey(campaign), ...next },
        ...(before
          ? { when: '#pages = :pages AND #done = :open', values: { ':pages': before.pages, ':open': false } }
          : { when: 'attribute_not_exists(#pk)' }),
      },
    ]);
    return lost === undefined;
  }

  async claim(campaign: string, person: string, atMs: number): Promise<boolean> {
    const lost = await change(this.#table, [
      {
        put: { ...claimedRow(campaign, person, atMs), status: 'claimed', expiresAt: keptUntil(atMs) },
        when: 'attribute_not_exists(#pk)',
      },
    ]);
    return lost === undefined;
  }

  async release(campaign: string, person: string): Promise<void> {
    // Lost: it was marked since, or given back already.
    await change(this.#table, [
      {
        remove: recipientKey(campaign, person),
        when: '#status = :claimed',
        values: { ':claimed': 'claimed' },
      },
    ]);
  }

  /** Throws ServiceUnavailable. */
  async mark(campaign: string, person: string, status: DeliveryStatus): Promise<void> {
    const key = recipientKey(campaign, person);
    let row = await read(this.#table, key);
    for (let marks = 0; marks < marksMax; marks += 1) {
      if (!row) return;
      const { status: from } = StatusRow.parse(row);
      if (!isNews(status, from)) return;
      const lost = await change(this.#table, [
        {
          update: key,
          by: 'SET #status = :to REMOVE #gsi1pk, #gsi1sk',
          when: '#status = :from',
          values: { ':from': from, ':to': status },
        },
        ...countChange(campaign, key, from, status),
      ]);
      if (!lost) return;
      row = lost.get(0);
    }
    throw new ServiceUnavailable({ code: 'mail-events-contended', params: { campaign, times: marksMax } });
  }

  async tally(campaign: string): Promise<Tally> {
    const rows = await select(
      this.#table,
      {
        where: '#pk = :pk AND begins_with(#sk, :prefix)',
        values: { ':pk': campaignPartition(campaign), ':prefix': tallyPrefix },
      },
      shardCount + 1,
    );
    const parts = rows.map((row) => TallyRow.parse(row));
    const [sent = 0, failed = 0, declined = 0] = counts.map((count) =>
      parts.reduce((sum, part) => sum + part[count], 0),
    );
    const listing = rows.map((row) => ListingRow.safeParse(row).data).find((row) => row !== undefined);
    return { sent, failed, declined, ...(listing?.done ? { total: listing.people } : {}) };
  }

  /** From an index that follows the table within moments: who was heard of in that time is marked without effect. */
  async silent(campaign: string, beforeMs: number, limit: number): Promise<readonly string[]> {
    assertLimit(limit);
    const rows = await select(
      this.#table,
      {
        where: '#gsi1pk = :pk AND #gsi1sk < :before',
        values: { ':pk': claimedPartition(campaign), ':before': sortable(beforeMs, msDigits) },
        index: { name: gsi1, consistent: false },
      },
      limit,
    );
    return rows.map(personIn);
  }

  /** In the order of hashes, so that a page does not move while mails are still sent. A page may be short, even empty. */
  async reached(campaign: string, cursor: string | undefined, limit: number): Promise<AudiencePage> {
    assertLimit(limit);
    const pk = campaignPartition(campaign);
    const { rows, last } = await page(
      this.#table,
      {
        where: '#pk = :pk AND begins_with(#sk, :prefix)',
        // Who may have it in hand, and that is nearly everybody whom a campaign lists: few are filtered out.
        filter: `#status IN (${inHand.map((status) => `:${status}`).join(', ')})`,
        values: {
          ':pk': pk,
          ':prefix': recipientPrefix,
          ...Object.fromEntries(inHand.map((status) => [`:${status}`, status])),
        },
      },
      limit,
      cursor === undefined ? undefined : { ...recipientKey(campaign, cursor) },
    );
    const people = rows.map(personIn);
    return last === undefined ? { people } : { people, cursor: personIn(last) };
  }
}

/** The keys of a claim: what the index holds of it, too. */
export const claimedRow = (campaign: string, person: string, atMs: number) => {
  const key = recipientKey(campaign, person);
  return {
    ...key,
    gsi1pk: claimedPartition(campaign),
    gsi1sk: `${sortable(atMs, msDigits)}#${key.sk}`,
  };
};

/** Epoch seconds. */
const keptUntil = (atMs: number): number => Math.floor(atMs / 1000) + keptDays * 86_400;

const personIn = (row: StoredRow): string => lastOfKey(String(row['sk']));

/** The shard's change, when the recipient counts elsewhere than before. */
function countChange(
  campaign: string,
  { sk }: Key,
  from: DeliveryStatus,
  to: DeliveryStatus,
): readonly Change[] {
  const [left, entered] = [countedAs(from), countedAs(to)];
  if (left === entered) return [];
  const shard = Number.parseInt(sk.slice(-4), 16) % shardCount;
  const moves = [
    ...(left === undefined ? [] : [{ column: left, by: -1 }]),
    ...(entered === undefined ? [] : [{ column: entered, by: 1 }]),
  ];
  return [
    {
      update: shardKey(campaign, shard),
      by: `ADD ${moves.map(({ column }) => `#${column} :${column}`).join(', ')}`,
      values: Object.fromEntries(moves.map(({ column, by }) => [`:${column}`, by])),
    },
  ];
}
