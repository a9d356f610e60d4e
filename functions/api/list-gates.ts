/** The gates of a release: what each asks, who has approved, what it decided by which values. */
import * as z from 'zod';
import { Command } from '../contracts/actor.ts';
import { GateView, gateViewOf } from '../contracts/gate-view.ts';
import { permitted } from '../runtime/permission.ts';

export const listGates = permitted({
  name: 'list-gates',
  needs: ['reader'],
  input: Command,
  output: z.strictObject({ gates: z.array(GateView) }),
  run: async ({ releaseId }, { plan, reader }) => {
    const release = await reader.load(releaseId);
    return { gates: plan.phases.map((phase) => gateViewOf(release, phase)) };
  },
});
