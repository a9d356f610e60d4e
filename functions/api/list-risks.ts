/** The risks of the plan, and which of them is coming true. */
import * as z from 'zod';
import { Command } from '../contracts/actor.ts';
import { RiskView, riskViewOf } from '../contracts/trouble-view.ts';
import { permitted } from '../runtime/permission.ts';

export const listRisks = permitted({
  name: 'list-risks',
  needs: ['reader'],
  input: Command,
  output: z.strictObject({ risks: z.array(RiskView) }),
  run: async ({ releaseId }, { plan, reader }) => {
    const release = await reader.load(releaseId);
    return { risks: plan.risks.map((risk) => riskViewOf(release, risk)) };
  },
});
