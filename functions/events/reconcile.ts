/**
 * Once an hour: everything that an event should have told, asked for. Lost events cost at most this hour.
 * Triggered by EventBridge Scheduler. Running it twice is harmless.
 */

import * as z from 'zod';
import { closeEnded } from '#application/close-release.ts';
import { countFeedback } from '#application/feedback.ts';
import { callOpenIncidents } from '#application/incidents.ts';
import { reviewMessages } from '#application/messages.ts';
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
import { EmptyOutput } from '../contracts/identity.ts';
import { define } from '../runtime/definition.ts';

const releasesMax = 100;

export const reconcile = define({
  name: 'reconcile',
  needs: [...reviewing, ...messaging, ...reporting, 'executions', 'feedback'],
  input: z.object({}),
  output: EmptyOutput,
  run: async (_event, ports) => {
    const failures: string[] = [];
    for (const releaseId of await ports.releases.active(releasesMax)) {
      // One release in trouble must not keep the others waiting.
      await reconcileOne(ports, releaseId).catch((error: unknown) =>
        failures.push(`${releaseId}: ${String(error)}`),
      );
    }
    if (failures.length > 0)
      throw new Error(`${failures.length} releases could not be reconciled: ${failures.join('; ')}`);
    return {};
  },
});

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
  await callOpenIncidents(ports, releaseId);
  // Last: what users answered must not keep anybody from being called.
  await countFeedback(ports, releaseId);
}
