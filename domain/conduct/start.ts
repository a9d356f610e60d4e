/** The waits that one look settles: for a phase's first day, and for somebody who acknowledges. */
import { phaseOf } from '../checklist.ts';
import { phaseStartMs } from '../communications.ts';
import type { Wait } from '../wait.ts';
import type { Settling } from './powers.ts';
import { settle } from './waits.ts';

/** A phase starts on its first day, or at once when it is entered again; never while the release is paused. */
export async function reviewStart(ports: Settling, wait: Wait): Promise<void> {
  const release = await ports.releases.load(wait.releaseId);
  const startMs = phaseStartMs(ports.plan, release.launchDay, phaseOf(ports.plan, wait.phase));
  if (release.paused || ports.clock.nowMs() < startMs) return;
  await settle(ports, wait, { outcome: 'started' });
}

export async function reviewAcknowledgement(ports: Settling, wait: Wait): Promise<void> {
  const release = await ports.releases.load(wait.releaseId);
  const status = release.incidents[wait.reference ?? '']?.status;
  if (status === 'acknowledged' || status === 'resolved')
    await settle(ports, wait, { outcome: 'acknowledged' });
}
