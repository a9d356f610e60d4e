/**
 * Decides about a phase that cannot go on: retry it, or give the release up, to which a second person must agree. To roll back is
 * an order, with its level.
 */

import * as z from 'zod';
import { answerWait } from '#application/decisions.ts';
import { settling } from '#application/port-groups.ts';
import { NotAllowedNow } from '#domain/errors.ts';
import { phaseOf } from '#domain/plan/checklist.ts';
import { PhaseCommand } from '../contracts/actor.ts';
import { EmptyOutput, Words } from '../contracts/identity.ts';
import { permitted, requireWait } from '../runtime/permission.ts';

const Input = PhaseCommand.extend({ decision: z.enum(['retry', 'abandon']), comment: Words });

export const decidePhase = permitted({
  name: 'decide-phase',
  needs: settling,
  input: Input,
  output: EmptyOutput,
  run: async ({ actor, releaseId, phase, decision, comment }, ports) => {
    const { attemptsMax } = phaseOf(ports.plan, phase);
    const wait = await requireWait(ports, releaseId, 'decision', phase);
    if (decision === 'retry' && wait.attempt >= attemptsMax) {
      throw new NotAllowedNow({ code: 'no-retry-left', params: { phase, attemptsMax } });
    }
    await answerWait(ports, wait, {
      userId: actor.userId,
      answer: decision,
      fact: { type: 'decision.taken', phase, attempt: wait.attempt, decision, by: actor.userId, comment },
    });
    return {};
  },
});
