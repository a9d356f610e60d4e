/** One phase with its checklist: done, open, waived or late, and by whom. */
import { phaseOf } from '#domain/plan/checklist.ts';
import { PhaseCommand } from '../contracts/actor.ts';
import { PhaseDetail, phaseDetailOf } from '../contracts/phase-view.ts';
import { permitted } from '../runtime/permission.ts';

export const readPhase = permitted({
  name: 'read-phase',
  needs: ['reader'],
  input: PhaseCommand,
  output: PhaseDetail,
  run: async ({ releaseId, phase }, { plan, clock, reader }) =>
    phaseDetailOf(
      { plan, release: await reader.load(releaseId), nowMs: clock.nowMs() },
      phaseOf(plan, phase),
    ),
});
