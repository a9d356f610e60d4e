/** Versions that were found to be bad, in memory. */
import type { BadVersion, Versions } from '#application/ports/releases.ts';

export class MemoryVersions implements Versions {
  readonly #bad = new Map<string, BadVersion>();

  async markBad(bad: BadVersion): Promise<void> {
    if (!this.#bad.has(bad.version)) this.#bad.set(bad.version, bad);
  }

  async findBad(version: string): Promise<BadVersion | undefined> {
    return this.#bad.get(version);
  }
}
