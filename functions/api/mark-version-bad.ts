/**
 * Marks the version of a release as bad: no release of it starts again, and one that is under way goes no further with it.
 * Also after the end, when it is known why it was rolled back.
 */
import { commit } from '#application/commit.ts';
import { Command } from '../contracts/actor.ts';
import { EmptyOutput, FreeText } from '../contracts/identity.ts';
import { permitted } from '../runtime/permission.ts';

export const markVersionBad = permitted({
  name: 'mark-version-bad',
  needs: ['releases', 'versions'],
  input: Command.extend({ reason: FreeText }),
  output: EmptyOutput,
  run: async ({ actor, releaseId, reason }, ports) => {
    const { version } = await ports.releases.load(releaseId);
    // Before the fact: no other release may start with it in between.
    await ports.versions.markBad({ version, releaseId, by: actor.userId, reason });
    await commit(ports, releaseId, `user:${actor.userId}`, ({ badVersion }) =>
      badVersion === version ? [] : [{ type: 'version.marked-bad', version, reason }],
    );
    return {};
  },
});
