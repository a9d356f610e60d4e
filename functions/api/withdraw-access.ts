/**
 * Takes the access away that an ended release has left to its users: an abort takes nothing, and its machine is gone. Refused
 * when another release has given access since, because then the access is that one's.
 */

import { commit } from '#application/commit.ts';
import { NotAllowedNow } from '#domain/errors.ts';
import type { Release } from '#domain/ledger/records.ts';
import { Command } from '../contracts/actor.ts';
import { EmptyOutput, Words } from '../contracts/identity.ts';
import { permitted } from '../runtime/permission.ts';

export const withdrawAccess = permitted({
  name: 'withdraw-access',
  needs: ['releases', 'exposure'],
  input: Command.extend({ reason: Words }),
  output: EmptyOutput,
  run: async ({ actor, releaseId, reason }, ports) => {
    refuseWhileItCounts(await ports.releases.load(releaseId));
    if (!(await ports.exposure.withdraw(releaseId)))
      throw new NotAllowedNow({ code: 'access-of-another-release', params: { release: releaseId } });
    await commit(ports, releaseId, `user:${actor.userId}`, ({ exposure, exposing = exposure }) => {
      // An end in the middle of a change: users may have had either.
      const from = Math.max(exposure, exposing);
      return from === 0 ? [] : [{ type: 'access.withdrawn', from, reason }];
    });
    return {};
  },
});

function refuseWhileItCounts({ id, status }: Release): void {
  if (status === 'active') throw new NotAllowedNow({ code: 'release-gives-access', params: { release: id } });
  if (status === 'completed') throw new NotAllowedNow({ code: 'release-completed', params: { release: id } });
}
