/** Mails to people. */
import { countedAs, type DeliveryStatus, isNews } from '#domain/mailing/delivery.ts';
import { claimedRow } from '#functions/adapters/dynamodb/campaigns.ts';
import { intendedKey, recipientKey } from '#functions/adapters/dynamodb/table-keys.ts';
import { callMs, campaignKeptMonths, itemOverheadBytes } from '../assumptions.ts';
import { itemBytes, readUnits, writeUnits } from '../capacity.ts';
import { type Rules, sum } from '../rules.ts';
import { read, readAndWrite, readIndex, Sizes, transacted, valueIn, write } from './calls.ts';

export function campaignRules(): Rules<'campaigns'>['campaigns'] {
  const campaigns = new Map<string, Map<string, DeliveryStatus>>();
  const rowsOf = (campaign: string) => valueIn(campaigns, campaign);
  const intended = new Sizes();
  return {
    listing: () => read(0),
    intend: ([campaign, before, page, atMs]) => {
      const row = { ...intendedKey(campaign), ...page, nth: before?.pages ?? 1, expiresAt: atMs };
      return write(transacted(intended.over(row)));
    },
    advance: () => write(transacted(0)),
    claim: ([campaign, person, atMs], won) => {
      if (won !== true) return write(transacted(0));
      rowsOf(campaign).set(person, 'claimed');
      const bytes = itemBytes(sentRow(campaign, person, atMs));
      const storedGbMonth = ((bytes + itemOverheadBytes) / 1e9) * campaignKeptMonths;
      // Into the index of claims of which nothing was heard.
      return write(transacted(bytes) + writeUnits(0), 'releases', { storedGbMonth });
    },
    release: ([campaign, person]) => {
      rowsOf(campaign).delete(person);
      return write(transacted(0) + writeUnits(0));
    },
    mark: ([campaign, person, status]) => {
      const before = rowsOf(campaign).get(person);
      if (before === undefined || !isNews(status, before)) return read(0);
      rowsOf(campaign).set(person, status);
      const shard = countedAs(before) === countedAs(status) ? 0 : transacted(0);
      // Out of the index of claims, where it was in it.
      const index = before === 'claimed' ? writeUnits(0) : 0;
      return readAndWrite(readUnits(0), 1, transacted(0) + shard + index);
    },
    // At most 17 rows of some 100 bytes.
    tally: () => ({ ...read(0), ms: callMs.query }),
    silent: ([campaign, beforeMs], people) =>
      readIndex((people ?? []).map((person) => claimedRow(campaign, person, beforeMs))),
    // With those few whom it did not reach: their rows are read too, and not answered.
    reached: ([campaign], page) => {
      const rows = (page?.people ?? []).map((person) => sentRow(campaign, person, 1e12));
      return { ...read(sum(rows.map(itemBytes))), ms: callMs.query };
    },
  };
}

/** A recipient's row as it stays. */
const sentRow = (campaign: string, person: string, atMs: number) => ({
  ...recipientKey(campaign, person),
  status: 'delivered',
  expiresAt: Math.floor(atMs / 1000),
});
