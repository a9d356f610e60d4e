/** Pauses a release, or lifts the pause: while paused nothing starts, gives access, promotes or is announced; what goes back does. */
import { commit } from '#application/commit.ts';
import { judging } from '#application/port-groups.ts';
import { reviewDecisions } from '#application/reconcile-waits.ts';
import { Command } from '../contracts/actor.ts';
import { EmptyOutput, Words } from '../contracts/identity.ts';
import { permitted, requireActive } from '../runtime/permission.ts';

const pausing = <const N extends 'pause-release' | 'unpause-release'>(name: N, paused: boolean) =>
  permitted({
    name,
    needs: judging,
    input: Command.extend({ reason: Words }),
    output: EmptyOutput,
    run: async ({ actor, releaseId, reason }, ports) => {
      await commit(ports, releaseId, `user:${actor.userId}`, (release) => {
        requireActive(release);
        if (release.paused === paused) return [];
        return [{ type: paused ? 'release.paused' : 'release.unpaused', reason }];
      });
      await reviewDecisions(ports, releaseId);
      return {};
    },
  });

export const pauseRelease = pausing('pause-release', true);
export const unpauseRelease = pausing('unpause-release', false);
