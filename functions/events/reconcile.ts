/**
 * Once an hour: everything that an event should have told, asked for. Lost events cost at most this hour. Releases that ended in
 * the last fortnight are followed until their mails are accounted for.
 * Triggered by EventBridge Scheduler. Running it twice is harmless.
 */

import * as z from 'zod';
import { closeEnded } from '#application/close-release.ts';
import { countFeedback } from '#application/feedback.ts';
import { callBeforeEnd, callOpenIncidents } from '#application/incidents.ts';
import { followCampaigns, reviewMessages } from '#application/messages.ts';
import {
  type Messaging,
  messaging,
  type Reporting,
  type Reviewing,
  reporting,
  reviewing,
  type With,
} from '#application/port-groups.ts';
import { reviewWaits } from '#application/reconcile-waits.ts';
import { reviewReports } from '#application/reports.ts';
import { dayMs } from '#domain/time.ts';
import { EmptyOutput } from '../contracts/identity.ts';
import { define } from '../runtime/definition.ts';

const releasesMax = 100;
/** So long, and so many at most, a release is followed after its end. */
const followedMs = 14 * dayMs;
const endedMax = 20;

export const reconcile = define({
  name: 'reconcile',
  needs: [...reviewing, ...messaging, ...reporting, 'executions', 'feedback'],
  input: z.object({}),
  output: EmptyOutput,
  run: async (_event, ports) => {
    const failures: string[] = [];
    // One release in trouble must not keep the others waiting.
    const visit = (releaseId: string, visited: Promise<void>) =>
      visited.catch((error: unknown) => void failures.push(`${releaseId}: ${String(error)}`));
    for (const releaseId of await ports.releases.active(releasesMax))
      await visit(releaseId, reconcileOne(ports, releaseId));
    for (const releaseId of await justEnded(ports)) await visit(releaseId, seeOut(ports, releaseId));
    if (failures.length > 0)
      throw new Error(`${failures.length} releases could not be reconciled: ${failures.join('; ')}`);
    return {};
  },
});

/** Those that ended last: mails that go or come back then go and come back within days. */
async function justEnded({ releases, clock }: With<'releases'>): Promise<readonly string[]> {
  const sinceMs = clock.nowMs() - followedMs;
  const { releases: ended } = await releases.ended(endedMax, undefined);
  return ended.filter(({ closedAt = '' }) => Date.parse(closedAt) > sinceMs).map(({ id }) => id);
}

async function seeOut(ports: Messaging, releaseId: string): Promise<void> {
  await followCampaigns(ports, await ports.releases.load(releaseId));
}

async function reconcileOne(
  ports: Reviewing & Messaging & Reporting & With<'executions' | 'feedback'>,
  releaseId: string,
): Promise<void> {
  const { executionArn } = await ports.releases.load(releaseId);
  const status = await ports.executions.status(executionArn);
  if (status !== 'running') {
    await closeEnded(ports, releaseId, 'system:reconcile', status);
    return;
  }
  await reviewWaits(ports, releaseId);
  await reviewMessages(ports, releaseId);
  await reviewReports(ports, releaseId);
  await callBeforeEnd(ports, releaseId);
  await callOpenIncidents(ports, releaseId);
  // Last: what users answered must not keep anybody from being called.
  await countFeedback(ports, releaseId);
}
