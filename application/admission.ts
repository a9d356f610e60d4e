/** Admission: the first row of a ledger, and what must be true before it. */

import {
  LaunchDayImpossible,
  LaunchDayPast,
  ProductBusy,
  ReleaseExists,
  ReleaseNotFound,
  VersionMarkedBad,
} from '#domain/errors.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import { ledgerFormat } from '#domain/ledger/format.ts';
import type { Release } from '#domain/ledger/records.ts';
import { record } from '#domain/ledger/replay.ts';
import { toInstant } from '#domain/plan/calendar.ts';
import type { StartEnded, StartRefusal } from '#domain/refusals/release.ts';
import { refuseImpossibleLaunch } from '#domain/rules/launch-day.ts';
import type { BasePorts, With } from './port-groups.ts';
import type { ReleaseStart } from './ports/releases.ts';

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

/** Throws ReleaseNotFound, which says what became of a start that was asked for. */
export async function loadAskedFor({ reader }: With<'reader'>, releaseId: string): Promise<Release> {
  try {
    return await reader.load(releaseId);
  } catch (error) {
    const start = error instanceof ReleaseNotFound ? await reader.start(releaseId) : undefined;
    if (!start) throw error;
    const asked = { release: releaseId, by: start.startedBy, at: start.at };
    throw new ReleaseNotFound(
      releaseId,
      start.refused
        ? { code: 'release-not-started', params: { ...asked, because: start.refused } }
        : { code: 'release-starting', params: asked },
    );
  }
}

/** Admits a release that was asked for; a refusal is kept, for whoever asks what became of it. Throws what `admitting` throws. */
export async function keepingRefusal(
  { releases, clock }: With<'releases'>,
  start: Pick<ReleaseStart, 'releaseId' | 'executionArn' | 'startedBy'>,
  admitting: () => Promise<void>,
): Promise<void> {
  try {
    await admitting();
  } catch (error) {
    const refused = refusalOf(error);
    if (refused) await releases.keepStart({ ...start, at: toInstant(clock.nowMs()), refused });
    throw error;
  }
}

/** The execution of a start has ended, and its release was not admitted. A reason that is known stays. */
export async function keepEnd(
  { releases, clock }: With<'releases'>,
  start: Pick<ReleaseStart, 'releaseId' | 'executionArn' | 'startedBy'>,
  status: StartEnded['start-ended']['status'],
): Promise<void> {
  const known = await releases.start(start.releaseId);
  if (known && (known.executionArn !== start.executionArn || known.refused)) return;
  const refused = { code: 'start-ended', params: { status } } as const;
  await releases.keepStart({ ...start, at: toInstant(clock.nowMs()), refused });
}

function refusalOf(error: unknown): StartRefusal | undefined {
  const refuses =
    error instanceof ReleaseExists ||
    error instanceof ProductBusy ||
    error instanceof VersionMarkedBad ||
    error instanceof LaunchDayPast ||
    error instanceof LaunchDayImpossible;
  return refuses ? error.refusal : undefined;
}

/** Of a release that begins now. Throws LaunchDayPast, LaunchDayImpossible. */
export function refuseLaunch({ plan, clock }: BasePorts, launchDay: string): void {
  const nowMs = clock.nowMs();
  refuseImpossibleLaunch(plan, { nowMs, startedMs: nowMs, phases: {} }, launchDay);
}

/** Throws LaunchDayPast, LaunchDayImpossible, ReleaseExists, ProductBusy; then nothing was written. */
export async function admit(ports: With<'releases'>, { releaseId, ...admission }: Admission): Promise<void> {
  const { plan, clock, sha256, releases } = ports;
  refuseLaunch(ports, admission.launchDay);
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
