/** Admission: the first row of a ledger, and what must be true before it. */

import { LaunchDayPast, ReleaseNotFound } from '#domain/errors.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import { ledgerFormat } from '#domain/ledger/format.ts';
import type { Release } from '#domain/ledger/records.ts';
import { record } from '#domain/ledger/replay.ts';
import { localDay, toInstant } from '#domain/plan/calendar.ts';
import type { BasePorts, With } from './port-groups.ts';

type Admission = Omit<
  Extract<Fact, { type: 'release.admitted' }>,
  'type' | 'product' | 'planRevision' | 'format'
> & {
  readonly releaseId: string;
};

/** The release, or nothing when there is none. */
export async function findRelease(
  { releases }: With<'releases'>,
  releaseId: string,
): Promise<Release | undefined> {
  try {
    return await releases.load(releaseId);
  } catch (error) {
    if (error instanceof ReleaseNotFound) return undefined;
    throw error;
  }
}

/** Throws LaunchDayPast. Calendar dates compare as text. */
export function refusePastLaunch({ plan, clock }: BasePorts, launchDay: string): void {
  const today = localDay(clock.nowMs(), plan.timeZone);
  if (launchDay < today) throw new LaunchDayPast(launchDay, today);
}

/** Throws LaunchDayPast, ReleaseExists, ProductBusy; then nothing was written. */
export async function admit(ports: With<'releases'>, { releaseId, ...admission }: Admission): Promise<void> {
  const { plan, clock, sha256, releases } = ports;
  refusePastLaunch(ports, admission.launchDay);
  const { next, entries } = record(
    sha256,
    releaseId,
    [
      {
        type: 'release.admitted',
        product: plan.product,
        planRevision: plan.revision.day,
        format: ledgerFormat,
        ...admission,
      },
    ],
    { at: toInstant(clock.nowMs()), actor: `user:${admission.startedBy}` },
  );
  await releases.commit(undefined, next, entries);
}
