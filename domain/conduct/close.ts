/** The end of a release, whichever it is: nothing of it may act any more. */
import type { ReleaseOutcome } from '../facts.ts';
import { commit } from './commit.ts';
import { cancelMessages } from './messages.ts';
import type { Waiting } from './powers.ts';
import { cancelWaits } from './waits.ts';

export async function closeRelease(
  ports: Waiting,
  releaseId: string,
  actor: string,
  outcome: ReleaseOutcome,
  reason: string,
): Promise<void> {
  const release = await ports.releases.load(releaseId);
  if (release.status === 'active') {
    await cancelMessages(ports, releaseId, outcome);
    await commit(ports, releaseId, actor, ({ status }) =>
      status === 'active' ? [{ type: 'release.closed', outcome, reason }] : [],
    );
  }
  // After the row that ends it, and again when this is tried again. Somebody who is being called stays called.
  await cancelWaits(ports, releaseId, ({ kind }) => kind !== 'acknowledgement');
}
