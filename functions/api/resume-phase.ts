/** Says how a held phase goes on: ask the gate again, observe again, give access all the same, or correct. To roll back is an order. */

import * as z from 'zod';
import { answerWait } from '#application/decisions.ts';
import { settling } from '#application/port-groups.ts';
import { InvalidInput } from '#domain/errors.ts';
import { comparesCohorts } from '#domain/judge/check.ts';
import { phaseOf } from '#domain/plan/checklist.ts';
import { PhaseCommand } from '../contracts/actor.ts';
import { EmptyOutput, Words } from '../contracts/identity.ts';
import { permitted, requireWait } from '../runtime/permission.ts';

const Input = PhaseCommand.extend({
  resolution: z.enum(['gate', 'observe', 'expose', 'correct']),
  comment: Words,
});

export const resumePhase = permitted({
  name: 'resume-phase',
  needs: settling,
  input: Input,
  output: EmptyOutput,
  run: async ({ actor, releaseId, phase: id, resolution, comment }, ports) => {
    const phase = phaseOf(ports.plan, id);
    const wait = await requireWait(ports, releaseId, 'hold', id);
    if (resolution === 'observe' && !phase.observation) {
      throw new InvalidInput({ code: 'nothing-to-observe', params: { phase: id } });
    }
    if (resolution === 'expose' && !comparesCohorts(ports.plan, phase)) {
      throw new InvalidInput({ code: 'cohorts-not-compared', params: { phase: id } });
    }
    await answerWait(ports, wait, {
      userId: actor.userId,
      answer: resolution,
      fact: { type: 'phase.resumed', phase: id, attempt: wait.attempt, resolution, comment },
    });
    return {};
  },
});
