/** Reports that a phase has been corrected: it is entered again. */

import { answerWait } from '#application/decisions.ts';
import { settling } from '#application/port-groups.ts';
import { PhaseCommand } from '../contracts/actor.ts';
import { EmptyOutput, Words } from '../contracts/identity.ts';
import { permitted, requireWait } from '../runtime/permission.ts';

export const reportCorrection = permitted({
  name: 'report-correction',
  needs: settling,
  input: PhaseCommand.extend({ comment: Words }),
  output: EmptyOutput,
  run: async ({ actor, releaseId, phase, comment }, ports) => {
    const wait = await requireWait(ports, releaseId, 'correction', phase);
    await answerWait(ports, wait, {
      userId: actor.userId,
      answer: 'corrected',
      fact: { type: 'phase.corrected', phase, attempt: wait.attempt, comment },
    });
    return {};
  },
});
