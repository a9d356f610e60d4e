/** Versions that were found to be bad: no release starts with one, and none takes the place of another with one. */
import { VersionCondemned } from '#domain/errors.ts';
import type { With } from './port-groups.ts';

/** Throws VersionCondemned. */
export async function refuseCondemned({ versions }: With<'versions'>, version: string): Promise<void> {
  const condemned = await versions.condemned(version);
  if (condemned) throw new VersionCondemned(condemned);
}
