/** The table `waits` in memory. */
import type { WaitStore } from '#application/ports/workflow.ts';
import type { Wait } from '#domain/rules/wait.ts';

export class MemoryWaitStore implements WaitStore {
  /** By release, then by wait: a release has few. */
  readonly #waits = new Map<string, Map<string, Wait>>();
  reads = 0;
  writes = 0;

  #of(releaseId: string): Map<string, Wait> {
    const waits = this.#waits.get(releaseId) ?? new Map<string, Wait>();
    this.#waits.set(releaseId, waits);
    return waits;
  }

  async arm(wanted: Omit<Wait, 'epoch' | 'status' | 'answer'>): Promise<Wait> {
    this.writes += 1;
    const waits = this.#of(wanted.releaseId);
    const wait: Wait = { ...wanted, status: 'armed', epoch: (waits.get(wanted.waitId)?.epoch ?? 0) + 1 };
    waits.set(wait.waitId, wait);
    return wait;
  }

  async get(releaseId: string, waitId: string): Promise<Wait | undefined> {
    this.reads += 1;
    return this.#waits.get(releaseId)?.get(waitId);
  }

  async open(releaseId: string): Promise<readonly Wait[]> {
    this.reads += 1;
    return [...this.#of(releaseId).values()].filter(
      ({ status }) => status === 'armed' || status === 'settling',
    );
  }

  async settle(wait: Wait, answer: Readonly<Record<string, unknown>>) {
    this.writes += 1;
    const waits = this.#of(wait.releaseId);
    const stored = waits.get(wait.waitId);
    if (stored?.status !== 'armed' || stored.epoch !== wait.epoch) return { won: false, wait: stored };
    const settling: Wait = { ...stored, status: 'settling', answer };
    waits.set(wait.waitId, settling);
    return { won: true, wait: settling };
  }

  async close(wait: Wait, status: 'settled' | 'cancelled'): Promise<void> {
    this.writes += 1;
    const waits = this.#of(wait.releaseId);
    const stored = waits.get(wait.waitId);
    if (stored?.epoch !== wait.epoch) return;
    if (stored.status === 'settled' || stored.status === 'cancelled') return;
    waits.set(wait.waitId, { ...stored, status });
  }
}
