/** The waits that one look settles: for a phase's first day, and for somebody who acknowledges. */

import { phaseOf } from '#domain/plan/checklist.ts';
import { phaseStartMs } from '#domain/plan/message-dates.ts';
import { startBlocking } from '#domain/rules/blockers.ts';
import { orderFor } from '#domain/rules/interventions.ts';
import type { Wait } from '#domain/rules/wait.ts';
import type { Settling } from './port-groups.ts';
import { settle, settleUnlessBlocked } from './waits.ts';

/** A phase starts on its first day, or at once when it is entered again or somebody skips the wait; never while something blocks it. */
export async function reviewStart(ports: Settling, wait: Wait): Promise<void> {
  const { plan, clock, releases } = ports;
  const release = await releases.load(wait.releaseId);
  const nowMs = clock.nowMs();
  const startMs = phaseStartMs(plan, release.launchDay, phaseOf(plan, wait.phase));
  if (nowMs < startMs && !orderFor(release, wait, 'skip-wait')) return;
  await settleUnlessBlocked(ports, wait, startBlocking(plan, release, wait.phase, nowMs), {
    outcome: 'started',
  });
}

export async function reviewAcknowledgement(ports: Settling, wait: Wait): Promise<void> {
  const release = await ports.releases.load(wait.releaseId);
  const status = release.incidents[wait.reference ?? '']?.status;
  if (status === 'acknowledged' || status === 'resolved')
    await settle(ports, wait, { outcome: 'acknowledged' });
}
