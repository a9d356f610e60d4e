/** The table `releases` in memory: conditional on the sequence number, one winner, one release per product. */

import type { Access, ReleaseStart, ReleaseStore } from '#application/ports/releases.ts';
import { LedgerConflict, ProductBusy, ReleaseExists, ReleaseNotFound } from '#domain/errors.ts';
import { entriesMax, type LedgerEntry } from '#domain/ledger/entries.ts';
import { headAndTables, type Release, type ReleaseHead } from '#domain/ledger/records.ts';
import { withinPage } from './page.ts';

const endedMax = 100;

export class MemoryReleaseStore implements ReleaseStore {
  readonly #releases = new Map<string, Release>();
  readonly #ledgers = new Map<string, LedgerEntry[]>();
  readonly #productOf = new Map<string, string>();
  readonly #access = new Map<string, Access>();
  readonly #starts = new Map<string, ReleaseStart>();
  readonly #listeners: ((entry: LedgerEntry, release: Release) => void)[] = [];
  reads = 0;
  writes = 0;

  /** Told of every entry after it was committed. */
  onEntry(listener: (entry: LedgerEntry, release: Release) => void): void {
    this.#listeners.push(listener);
  }

  async load(releaseId: string): Promise<Release> {
    this.reads += 1;
    const release = this.#releases.get(releaseId);
    if (!release) throw new ReleaseNotFound(releaseId);
    return release;
  }

  async commit(before: Release | undefined, next: Release, entries: readonly LedgerEntry[]): Promise<void> {
    if (entries.length > entriesMax) {
      throw new RangeError(
        `${entries.length} ledger entries in one transaction; at most ${entriesMax} are allowed`,
      );
    }
    const stored = this.#releases.get(next.id);
    if (before === undefined) this.#claim(stored, next);
    else if (stored?.seq !== before.seq) throw new LedgerConflict(next.id, before.seq);
    this.writes += 1 + entries.length;
    this.#releases.set(next.id, next);
    const ledger = this.#ledgers.get(next.id) ?? [];
    ledger.push(...entries);
    this.#ledgers.set(next.id, ledger);
    if (next.exposure !== (before?.exposure ?? 0))
      this.#access.set(next.product, { releaseId: next.id, percent: next.exposure });
    // Only the release that ends now gives the product back: a newer one may hold it when an older is still written to.
    if (before?.status === 'active' && next.status !== 'active') this.#productOf.delete(next.product);
    for (const entry of entries) for (const listener of this.#listeners) listener(entry, next);
  }

  /** Whoever was faster has finished. */
  async giveWay(): Promise<void> {}

  #claim(stored: Release | undefined, next: Release): void {
    if (stored)
      throw new ReleaseExists({
        code: 'release-exists',
        params: { release: next.id, status: stored.status },
      });
    const holder = this.#productOf.get(next.product);
    if (holder !== undefined) throw new ProductBusy(next.product, holder);
    this.#productOf.set(next.product, next.id);
  }

  async history(releaseId: string, afterSeq: number, limit: number): Promise<readonly LedgerEntry[]> {
    this.reads += 1;
    return (this.#ledgers.get(releaseId) ?? []).slice(afterSeq, afterSeq + withinPage(limit));
  }

  async active(limit: number): Promise<readonly string[]> {
    this.reads += 1;
    return [...this.#productOf.values()].slice(0, withinPage(limit));
  }

  async start(releaseId: string): Promise<ReleaseStart | undefined> {
    this.reads += 1;
    return this.#starts.get(releaseId);
  }

  async keepStart(start: ReleaseStart): Promise<void> {
    const { executionArn } = this.#starts.get(start.releaseId) ?? {};
    if (!start.refused && executionArn === start.executionArn) return;
    this.writes += 1;
    this.#starts.set(start.releaseId, start);
  }

  async access(product: string): Promise<Access | undefined> {
    this.reads += 1;
    return this.#access.get(product);
  }

  async ended(limit: number, cursor = '~'): ReturnType<ReleaseStore['ended']> {
    this.reads += 1;
    const place = ({ closedAt = '', id }: ReleaseHead) => `${closedAt}#${id}`;
    const rest = [...this.#releases.values()]
      .filter((one) => one.status !== 'active' && place(one) < cursor)
      .toSorted((a, b) => (place(a) < place(b) ? 1 : -1));
    const some = rest.slice(0, withinPage(limit, endedMax)).map((one) => headAndTables(one).head);
    const last = some.at(-1);
    return { releases: some, ...(last === undefined || rest.length <= limit ? {} : { cursor: place(last) }) };
  }

  /** The whole ledger, for those who look at the world from outside. */
  ledger(releaseId: string): readonly LedgerEntry[] {
    return this.#ledgers.get(releaseId) ?? [];
  }
  peek(releaseId: string): Release | undefined {
    return this.#releases.get(releaseId);
  }
}
