/**
 * Aborts a release: the ledger is closed first, then the execution is stopped; nothing of it acts any more. In the middle of a
 * rollback that failed or stands still it takes two people, and the ledger says what is left undone.
 */

import { closeRelease } from '#application/close-release.ts';
import { commit } from '#application/commit.ts';
import { waiting } from '#application/port-groups.ts';
import { askAbort, closingOf, mayAbort } from '#domain/rules/abort.ts';
import { Command } from '../contracts/actor.ts';
import { EmptyOutput, Words } from '../contracts/identity.ts';
import { permitted, requireActive } from '../runtime/permission.ts';

export const abortRelease = permitted({
  name: 'abort-release',
  needs: [...waiting, 'machine'],
  input: Command.extend({ reason: Words }),
  output: EmptyOutput,
  run: async ({ actor, releaseId, reason }, ports) => {
    const { plan, clock } = ports;
    const by = actor.userId;
    const release = await commit(ports, releaseId, `user:${by}`, (current) => {
      // Aborted already: the stop may have been lost, so it is sent again.
      if (current.status !== 'aborted') requireActive(current);
      return askAbort(plan, current, { by, reason, nowMs: clock.nowMs() });
    });
    if (!mayAbort(plan, release, by)) return {};
    await closeRelease(ports, releaseId, `user:${by}`, 'aborted', closingOf(plan, release, reason));
    await ports.machine.stop(release.executionArn, reason);
    return {};
  },
});
