/** Pauses a release, or lets it go on: while paused no phase starts and no gate promotes; rollback is never paused. */

import * as z from 'zod';
import { commit } from '#application/commit.ts';
import { judging } from '#application/port-groups.ts';
import { reviewDecisions } from '#application/reconcile-waits.ts';
import { Command } from '../contracts/actor.ts';
import { Nothing, Text } from '../contracts/identity.ts';
import { permitted, requireActive } from '../runtime/permission.ts';

export const pauseRelease = permitted({
  name: 'pause-release',
  needs: judging,
  input: Command.extend({ paused: z.boolean(), reason: Text }),
  output: Nothing,
  run: async ({ actor, releaseId, paused, reason }, ports) => {
    await commit(ports, releaseId, `user:${actor.userId}`, (release) => {
      requireActive(release);
      if (release.paused === paused) return [];
      return [{ type: paused ? 'release.paused' : 'release.unpaused', reason }];
    });
    await reviewDecisions(ports, releaseId);
    return {};
  },
});
