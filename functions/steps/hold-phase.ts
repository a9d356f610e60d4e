/**
 * Holds a phase as it is until a person says how it goes on.
 * Triggered by the state "Hold <phase>". Running it twice replaces the token.
 */

import * as z from 'zod';
import { commit } from '#application/commit.ts';
import { notify } from '#application/notify.ts';
import { park } from '#application/waits.ts';
import { answerWanted } from '#presentation/alerts.ts';
import { EmptyOutput, TokenInput } from '../contracts/identity.ts';
import { defineStep } from '../runtime/definition.ts';

const Input = TokenInput.extend({ from: z.enum(['gate', 'observation', 'exposure']) });

export const holdPhase = defineStep({
  name: 'hold-phase',
  needs: ['releases', 'waits', 'notifier'],
  input: Input,
  output: EmptyOutput,
  run: async ({ from, ...input }, ports) => {
    const { releaseId, phase: id, attempt } = input;
    await commit(ports, releaseId, 'system:hold-phase', ({ phases }) =>
      phases[id]?.status === 'held' ? [] : [{ type: 'phase.held', phase: id, attempt, from }],
    );
    await park(ports, { ...input, kind: 'hold' });
    await notify(ports, answerWanted(ports.plan, { releaseId, phase: id }, 'hold'));
    return {};
  },
});
