/**
 * Opens a phase in the ledger; messages that waited for it may go, its reports are dated.
 * Triggered by the state "Open <phase>". Running it twice opens once.
 */

import { commit } from '#application/commit.ts';
import { reviewMessages } from '#application/messages.ts';
import { messaging } from '#application/port-groups.ts';
import { dateReports } from '#application/reports.ts';
import { EmptyOutput, InPhase } from '../contracts/identity.ts';
import { defineStep } from '../runtime/definition.ts';

export const openPhase = defineStep({
  name: 'open-phase',
  needs: messaging,
  input: InPhase,
  output: EmptyOutput,
  run: async ({ releaseId, phase, attempt }, ports) => {
    await commit(ports, releaseId, 'system:open-phase', ({ phases }) =>
      phases[phase]?.attempt === attempt ? [] : [{ type: 'phase.opened', phase, attempt }],
    );
    await dateReports(ports, releaseId);
    await reviewMessages(ports, releaseId);
    return {};
  },
});
