/** Versions that were found to be bad, in memory. */
import type { CondemnedVersion, Versions } from '#application/ports/releases.ts';

export class MemoryVersions implements Versions {
  readonly #condemned = new Map<string, CondemnedVersion>();

  async condemn(condemned: CondemnedVersion): Promise<void> {
    if (!this.#condemned.has(condemned.version)) this.#condemned.set(condemned.version, condemned);
  }

  async condemned(version: string): Promise<CondemnedVersion | undefined> {
    return this.#condemned.get(version);
  }
}
