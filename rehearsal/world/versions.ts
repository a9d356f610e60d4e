/** Versions that were found to be bad, in memory. */

import type { BadVersion, Versions } from '#application/ports/releases.ts';
import { spellingOf } from '#domain/rules/version-spelling.ts';

export class MemoryVersions implements Versions {
  readonly #bad = new Map<string, BadVersion>();

  async markBad(bad: BadVersion): Promise<void> {
    const spelling = spellingOf(bad.version);
    if (!this.#bad.has(spelling)) this.#bad.set(spelling, bad);
  }

  async findBad(version: string): Promise<BadVersion | undefined> {
    return this.#bad.get(spellingOf(version));
  }
}
