/**
 * Takes a tick or a waiver back, with the reason: the item is open again. What follows an item that was due before users got
 * access is not undone by it; its gate waits for it.
 */
import { commit } from '#application/commit.ts';
import { NotAllowedNow } from '#domain/errors.ts';
import { gateKey, itemKey } from '#domain/ledger/records.ts';
import { PhaseCommand } from '../contracts/actor.ts';
import { EmptyOutput, FreeText, Name } from '../contracts/identity.ts';
import { permitted, requireOpenPhase } from '../runtime/permission.ts';

export const untickItem = permitted({
  name: 'untick-item',
  needs: ['releases'],
  input: PhaseCommand.extend({ item: Name, reason: FreeText }),
  output: EmptyOutput,
  run: async ({ actor, releaseId, phase, item, reason }, ports) => {
    const by = actor.userId;
    await commit(ports, releaseId, `user:${by}`, (release) => {
      const { attempt } = requireOpenPhase(release, phase);
      if (release.items[itemKey(phase, item)] === undefined) return [];
      const decided = release.gates[gateKey(phase, attempt)]?.decided;
      if (decided)
        throw new NotAllowedNow({
          code: 'gate-decided-by-item',
          params: { phase, outcome: decided.outcome },
        });
      return [{ type: 'item.unticked', phase, attempt, item, by, reason }];
    });
    return {};
  },
});
