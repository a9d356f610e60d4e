/**
 * Holds a phase as it is until a person says how it goes on, or until nothing keeps it from giving access any more.
 * Triggered by the state "Hold <phase>". Running it twice replaces the token.
 */

import * as z from 'zod';
import { commit } from '#application/commit.ts';
import { reviewHold } from '#application/hold.ts';
import { notify } from '#application/notify.ts';
import { settling } from '#application/port-groups.ts';
import { park } from '#application/waits.ts';
import { answersTo } from '#domain/rules/holds.ts';
import { phaseHeld } from '#presentation/alerts.ts';
import { EmptyOutput, TokenInput } from '../contracts/identity.ts';
import { defineStep } from '../runtime/definition.ts';

const Input = TokenInput.extend({ from: z.enum(['gate', 'observation', 'exposure']) });

export const holdPhase = defineStep({
  name: 'hold-phase',
  needs: [...settling, 'notifier'],
  input: Input,
  output: EmptyOutput,
  run: async ({ from, ...input }, ports) => {
    const { releaseId, phase: id, attempt } = input;
    // What keeps a phase from giving access has been recorded with it (`expose-users`).
    const release = await commit(ports, releaseId, 'system:hold-phase', ({ phases }) =>
      phases[id]?.status === 'held' ? [] : [{ type: 'phase.held', phase: id, attempt, from }],
    );
    const wait = await park(ports, { ...input, kind: 'hold' });
    const { plan, clock } = ports;
    const answers = answersTo(plan, release, id, clock.nowMs());
    await notify(ports, phaseHeld(plan, { releaseId, phase: id }, answers, release.phases[id]?.heldBy));
    await reviewHold(ports, { ...wait, kind: 'hold' });
    return {};
  },
});
