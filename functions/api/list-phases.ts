/** The phases of a release in the plan's order, with how far each is. */
import * as z from 'zod';
import { Command } from '../contracts/actor.ts';
import { PhaseSummary, phaseSummaryOf } from '../contracts/phase-view.ts';
import { permitted } from '../runtime/permission.ts';

export const listPhases = permitted({
  name: 'list-phases',
  needs: ['reader'],
  input: Command,
  output: z.strictObject({ phases: z.array(PhaseSummary) }),
  run: async ({ releaseId }, { plan, clock, reader }) => {
    const seen = { plan, release: await reader.load(releaseId), nowMs: clock.nowMs() };
    return { phases: plan.phases.map((phase) => phaseSummaryOf(seen, phase)) };
  },
});
