/** Versions that were found to be bad: no release starts with one, and none takes the place of another with one. */
import { VersionCondemned } from '#domain/errors.ts';
import type { Ports } from './ports/ports.ts';

/** Throws VersionCondemned. */
export async function refuseCondemned({ versions }: Pick<Ports, 'versions'>, version: string): Promise<void> {
  const condemned = await versions.condemned(version);
  if (condemned) throw new VersionCondemned(condemned);
}
