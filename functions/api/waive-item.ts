/** Says that an item need not be done, and why. What is done stays done. */
import { commit } from '#application/commit.ts';
import { judging } from '#application/port-groups.ts';
import { reviewDecisions } from '#application/reconcile-waits.ts';
import { itemKey } from '#domain/ledger/records.ts';
import { PhaseCommand } from '../contracts/actor.ts';
import { EmptyOutput, FreeText, Name } from '../contracts/identity.ts';
import { permitted, requireOpenPhase } from '../runtime/permission.ts';

export const waiveItem = permitted({
  name: 'waive-item',
  needs: judging,
  input: PhaseCommand.extend({ item: Name, reason: FreeText }),
  output: EmptyOutput,
  run: async ({ actor, releaseId, phase, item, reason }, ports) => {
    const by = actor.userId;
    await commit(ports, releaseId, `user:${by}`, (release) => {
      const { attempt } = requireOpenPhase(release, phase);
      if (release.items[itemKey(phase, item)]) return [];
      return [{ type: 'item.waived', phase, attempt, item, by, reason }];
    });
    await reviewDecisions(ports, releaseId);
    return {};
  },
});
