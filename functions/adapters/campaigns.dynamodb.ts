/**
 * Who was sent what, in the table `releases`: one row per (campaign, recipient).
 *
 * The tally is kept in 16 shards, chosen by the hash of the recipient, so that senders at work side by side seldom meet on
 * a row (a counter in one row would refuse most of them; counting by query would read the whole campaign after each job).
 * A recipient's status and the shard's numbers move in one transaction whose condition is the status that was read:
 * repeated, it finds the status already there and counts nothing. So the sum is exact, at any time.
 */
import * as z from 'zod';
import { countedAs, type DeliveryStatus, inHand, isNews } from '#domain/delivery.ts';
import { ServiceUnavailable } from '#domain/errors.ts';
import type { AudiencePage, CampaignStore, Recipient, Tally } from '#domain/ports.ts';
import { assertLimit, type Change, change, page, read, select, type Table } from './table.dynamodb.ts';
import {
  campaignPartition,
  claimedPartition,
  gsi1,
  type Key,
  listedKey,
  recipientKey,
  recipientPrefix,
  shardKey,
  sortable,
  tallyPrefix,
} from './table-keys.ts';

const shardCount = 16;
/** A release ends long before; then the addresses go. */
const keptDays = 180;
/** Epoch milliseconds have 13 digits until the year 2286. */
const msDigits = 13;
/** A status only moves up, through four ranks; more lost races than that are a fault. */
const marksMax = 8;

const StatusRow = z.object({
  status: z.enum(['claimed', 'sent', 'failed', 'unknown', 'delivered', 'bounced', 'complained']),
});
const RecipientRow = z.object({ userId: z.string(), address: z.string() });
const ClaimedRow = z.object({ userId: z.string() });
const TallyRow = z.object({
  total: z.int().exactOptional(),
  sent: z.int().default(0),
  failed: z.int().default(0),
});

export class DynamoCampaignStore implements CampaignStore {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async listed(campaign: string, total: number): Promise<void> {
    await change(this.#table, [{ put: { ...listedKey(campaign), total } }]);
  }

  async claim(campaign: string, { userId, address }: Recipient, atMs: number): Promise<boolean> {
    const key = recipientKey(campaign, userId);
    const lost = await change(this.#table, [
      {
        put: {
          ...key,
          userId,
          address,
          status: 'claimed',
          expiresAt: Math.floor(atMs / 1000) + keptDays * 86_400,
          gsi1pk: claimedPartition(campaign),
          gsi1sk: `${sortable(atMs, msDigits)}#${key.sk}`,
        },
        when: 'attribute_not_exists(#pk)',
      },
    ]);
    return lost === undefined;
  }

  async release(campaign: string, userId: string): Promise<void> {
    // Lost: it was marked since, or given back already.
    await change(this.#table, [
      {
        remove: recipientKey(campaign, userId),
        when: '#status = :claimed',
        values: { ':claimed': 'claimed' },
      },
    ]);
  }

  /** Throws ServiceUnavailable. */
  async mark(campaign: string, userId: string, status: DeliveryStatus): Promise<void> {
    const key = recipientKey(campaign, userId);
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
    throw new ServiceUnavailable(`${marksMax} events about one mail of campaign "${campaign}" came at once`);
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
    const total = parts.find((part) => part.total !== undefined)?.total;
    return {
      sent: parts.reduce((sum, part) => sum + part.sent, 0),
      failed: parts.reduce((sum, part) => sum + part.failed, 0),
      ...(total === undefined ? {} : { total }),
    };
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
    return rows.map((row) => ClaimedRow.parse(row).userId);
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
      cursor === undefined ? undefined : { pk, sk: cursor },
    );
    const recipients = rows.map((row) => RecipientRow.parse(row));
    return last === undefined ? { recipients } : { recipients, cursor: String(last['sk']) };
  }
}

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
