/** Where a ledger is kept: its entries page after page, and the last one as the keeper knows it. */
import type { LedgerEntry } from '#domain/ledger/entries.ts';
import type { Head } from '#domain/ledger/proof.ts';

export interface LedgerSource {
  readonly head: Head;
  readonly pages: AsyncIterable<readonly LedgerEntry[]>;
}
