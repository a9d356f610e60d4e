/** Admission: the first row of a ledger, and what must be true before it. */

import { LaunchDayPast, ReleaseNotFound } from '#domain/errors.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import type { Release } from '#domain/ledger/records.ts';
import { record } from '#domain/ledger/replay.ts';
import { localDay, toInstant } from '#domain/plan/calendar.ts';
import type { Ports } from './ports/ports.ts';

type Admission = Omit<Extract<Fact, { type: 'release.admitted' }>, 'type' | 'product' | 'planRevision'> & {
  readonly releaseId: string;
};

/** The release, or nothing when there is none. */
export async function findRelease(
  { releases }: Pick<Ports, 'releases'>,
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
export function refusePastLaunch({ plan, clock }: Pick<Ports, 'plan' | 'clock'>, launchDay: string): void {
  const today = localDay(clock.nowMs(), plan.timeZone);
  if (launchDay < today) throw new LaunchDayPast(launchDay, today);
}

/** Throws LaunchDayPast, ReleaseExists, ProductBusy; then nothing was written. */
export async function admit(
  ports: Pick<Ports, 'plan' | 'clock' | 'releases'>,
  { releaseId, ...admission }: Admission,
): Promise<void> {
  const { plan, clock, releases } = ports;
  refusePastLaunch(ports, admission.launchDay);
  const { next, entries } = record(
    releaseId,
    [{ type: 'release.admitted', product: plan.product, planRevision: plan.revision.day, ...admission }],
    { at: toInstant(clock.nowMs()), actor: `user:${admission.startedBy}` },
  );
  await releases.commit(undefined, next, entries);
}
