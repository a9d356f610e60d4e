/** The end of a release, whichever it is: nothing of it may act any more. */
import type { ReleaseOutcome } from '../facts.ts';
import { commit } from './commit.ts';
import { cancelMessages } from './messages.ts';
import type { Messaging, Waiting } from './powers.ts';
import { cancelWaits } from './waits.ts';

export async function closeRelease(
  ports: Messaging & Waiting,
  releaseId: string,
  actor: string,
  outcome: ReleaseOutcome,
  reason: string,
): Promise<void> {
  // Somebody who is being called stays called: an incident outlives its release.
  await cancelWaits(ports, releaseId, ({ kind }) => kind !== 'acknowledgement');
  await cancelMessages(ports, releaseId, outcome);
  await commit(ports, releaseId, actor, ({ status }) =>
    status === 'active' ? [{ type: 'release.closed', outcome, reason }] : [],
  );
}
