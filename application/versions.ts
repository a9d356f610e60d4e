/** Versions that were found to be bad: no release starts with one, and none takes the place of another with one. */
import { VersionMarkedBad } from '#domain/errors.ts';
import type { With } from './port-groups.ts';

/** Throws VersionMarkedBad. */
export async function refuseBadVersion({ versions }: With<'versions'>, version: string): Promise<void> {
  const bad = await versions.findBad(version);
  if (bad) throw new VersionMarkedBad(bad);
}
