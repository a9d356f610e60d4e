/** What bakes remember, and the evidence of their looks, in memory. */

import type { BakeKey, BakeStore, EvidenceReader } from '#application/ports/metrics.ts';
import type { Evidence } from '#domain/judge/evidence.ts';
import type { BakeState } from '#domain/rules/bake-clock.ts';

const keyOf = (releaseId: string, waitId: string) => `${releaseId}/${waitId}`;
const looksOf = (releaseId: string, phase: string, attempt: number) => `${releaseId}/${phase}/${attempt}`;

export class MemoryBakeStore implements BakeStore, EvidenceReader {
  readonly #bakes = new Map<string, { readonly epoch: number; readonly state: BakeState }>();
  /** As text, with the instant of each: a rehearsal makes thousands of looks and reads few. */
  readonly #looks = new Map<string, { readonly atMs: number; readonly text: string }[]>();
  writes = 0;

  async get(releaseId: string, waitId: string, epoch: number): Promise<BakeState | undefined> {
    const stored = this.#bakes.get(keyOf(releaseId, waitId));
    return stored?.epoch === epoch ? stored.state : undefined;
  }

  async put(
    { releaseId, waitId, epoch, phase, attempt }: BakeKey,
    before: BakeState | undefined,
    next: BakeState,
    evidence: Evidence,
  ): Promise<boolean> {
    const stored = this.#bakes.get(keyOf(releaseId, waitId));
    const current = stored?.epoch === epoch ? stored.state : undefined;
    if (stored && stored.epoch > epoch) return false;
    if (current?.lastTickMs !== before?.lastTickMs) return false;
    this.writes += 2;
    this.#bakes.set(keyOf(releaseId, waitId), { epoch, state: next });
    const key = looksOf(releaseId, phase, attempt);
    const looks = this.#looks.get(key) ?? [];
    this.#looks.set(key, looks);
    looks.push({ atMs: evidence.atMs, text: JSON.stringify(evidence) });
    return true;
  }

  async looks(
    releaseId: string,
    phase: string,
    attempt: number,
    cursor: string | undefined,
    limit: number,
  ): ReturnType<EvidenceReader['looks']> {
    const all = this.#looks.get(looksOf(releaseId, phase, attempt)) ?? [];
    const rest = all.filter(({ atMs }) => atMs > Number(cursor ?? 0));
    const some = rest.slice(0, limit);
    const last = some.at(-1);
    const looks = some.map(({ text }) => JSON.parse(text) as Evidence);
    return { looks, ...(last === undefined || rest.length <= limit ? {} : { cursor: String(last.atMs) }) };
  }
}
