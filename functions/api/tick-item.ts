/** Ticks an item of a phase's checklist with evidence, or waives it with a reason. Twice ticks once. */

import * as z from 'zod';
import { commit } from '#domain/conduct/commit.ts';
import { judging } from '#domain/conduct/powers.ts';
import { reviewDecisions } from '#domain/conduct/review.ts';
import { NotAllowedNow } from '#domain/errors.ts';
import type { Fact } from '#domain/facts.ts';
import { itemKey } from '#domain/release.ts';
import { PhaseCommand } from '../contracts/actor.ts';
import { Name, Nothing, Text } from '../contracts/identity.ts';
import { permitted, requireActive } from '../runtime/permission.ts';

const Input = PhaseCommand.extend({
  item: Name,
  /** What shows that it is done; for a waiver, why it need not be. */
  evidence: Text,
  waive: z.boolean().default(false),
});

export const tickItem = permitted({
  name: 'tick-item',
  needs: judging,
  input: Input,
  output: Nothing,
  run: async ({ actor, releaseId, phase: phaseId, item: itemId, evidence, waive }, ports) => {
    const by = actor.userId;
    await commit(ports, releaseId, `user:${by}`, (release): readonly Fact[] => {
      requireActive(release);
      const state = release.phases[phaseId];
      if (!state || state.status === 'closed') throw new NotAllowedNow(`phase "${phaseId}" is not open`);
      if (release.items[itemKey(phaseId, itemId)]) return [];
      const { attempt } = state;
      return [
        waive
          ? { type: 'item.waived', phase: phaseId, attempt, item: itemId, by, reason: evidence }
          : { type: 'item.ticked', phase: phaseId, attempt, item: itemId, by, system: false, evidence },
      ];
    });
    await reviewDecisions(ports, releaseId);
    return {};
  },
});
