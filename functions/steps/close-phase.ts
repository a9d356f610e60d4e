/**
 * Closes a phase with its outcome; what it still waited for is given up, and its reports are over.
 * Triggered by the state "Close <phase>". Running it twice closes once.
 */

import { commit } from '#application/commit.ts';
import { waiting } from '#application/port-groups.ts';
import { dateReports } from '#application/reports.ts';
import { cancelWaits } from '#application/waits.ts';
import { EmptyOutput, InPhase, Outcome, Reason } from '../contracts/identity.ts';
import { defineStep } from '../runtime/definition.ts';

export const closePhase = defineStep({
  name: 'close-phase',
  needs: waiting,
  input: InPhase.extend({ outcome: Outcome, reason: Reason }),
  output: EmptyOutput,
  run: async ({ releaseId, phase, attempt, outcome, reason }, ports) => {
    await cancelWaits(ports, releaseId, (wait) => wait.phase === phase);
    await commit(ports, releaseId, 'system:close-phase', ({ phases, order }) => {
      const record = phases[phase];
      // One that never opened, or not for this attempt, is only left when somebody ordered it.
      const over = record?.attempt === attempt ? record.status === 'closed' : order?.phase !== phase;
      return over ? [] : [{ type: 'phase.closed', phase, attempt, outcome, reason }];
    });
    await dateReports(ports, releaseId);
    return {};
  },
});
