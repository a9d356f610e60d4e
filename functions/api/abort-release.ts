/** Aborts a release: the ledger is closed first, then the execution is stopped; nothing of it acts any more. */

import { closeRelease } from '#application/close-release.ts';
import { waiting } from '#application/port-groups.ts';
import { Command } from '../contracts/actor.ts';
import { EmptyOutput, Words } from '../contracts/identity.ts';
import { permitted, requireActive } from '../runtime/permission.ts';

export const abortRelease = permitted({
  name: 'abort-release',
  needs: [...waiting, 'machine'],
  input: Command.extend({ reason: Words }),
  output: EmptyOutput,
  run: async ({ actor, releaseId, reason }, ports) => {
    const release = await ports.releases.load(releaseId);
    // Aborted already: the stop may have been lost, so it is sent again.
    if (release.status !== 'aborted') requireActive(release);
    await closeRelease(ports, releaseId, `user:${actor.userId}`, 'aborted', {
      code: 'ordered',
      params: { reason },
    });
    await ports.machine.stop(release.executionArn, reason);
    return {};
  },
});
