/** Ticks an item of a phase's checklist, with evidence. Twice ticks once. */
import { commit } from '#application/commit.ts';
import { judging } from '#application/port-groups.ts';
import { reviewDecisions } from '#application/reconcile-waits.ts';
import { itemKey } from '#domain/ledger/records.ts';
import { PhaseCommand } from '../contracts/actor.ts';
import { Evidence, evidenceOf } from '../contracts/evidence.ts';
import { EmptyOutput, Name } from '../contracts/identity.ts';
import { permitted, requireOpenPhase } from '../runtime/permission.ts';

export const tickItem = permitted({
  name: 'tick-item',
  needs: judging,
  input: PhaseCommand.extend({ item: Name, evidence: Evidence }),
  output: EmptyOutput,
  run: async ({ actor, releaseId, phase, item, evidence }, ports) => {
    const by = actor.userId;
    await commit(ports, releaseId, `user:${by}`, (release) => {
      const { attempt } = requireOpenPhase(release, phase);
      if (release.items[itemKey(phase, item)]) return [];
      return [
        { type: 'item.ticked', phase, attempt, item, by, system: false, evidence: evidenceOf(evidence) },
      ];
    });
    await reviewDecisions(ports, releaseId);
    return {};
  },
});
