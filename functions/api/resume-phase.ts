/** Says how a held phase goes on: by one of the answers that can end well from where it stands. To roll back is an order. */

import * as z from 'zod';
import { answerWait } from '#application/decisions.ts';
import { settling } from '#application/port-groups.ts';
import { phaseResolutions } from '#domain/ledger/facts.ts';
import { refuseAnswer } from '#domain/rules/holds.ts';
import { PhaseCommand } from '../contracts/actor.ts';
import { EmptyOutput, Words } from '../contracts/identity.ts';
import { permitted, requireWait } from '../runtime/permission.ts';

const Input = PhaseCommand.extend({ resolution: z.enum(phaseResolutions), comment: Words });

export const resumePhase = permitted({
  name: 'resume-phase',
  needs: settling,
  input: Input,
  output: EmptyOutput,
  run: async ({ actor, releaseId, phase, resolution, comment }, ports) => {
    const wait = await requireWait(ports, releaseId, 'hold', phase);
    const nowMs = ports.clock.nowMs();
    await answerWait(ports, wait, {
      userId: actor.userId,
      answer: resolution,
      fact: { type: 'phase.resumed', phase, attempt: wait.attempt, resolution, comment },
      refuse: (release) => refuseAnswer(ports.plan, release, phase, resolution, nowMs),
    });
    return {};
  },
});
