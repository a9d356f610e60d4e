/** The incidents of a release, the newest first. */
import * as z from 'zod';
import { Command } from '../contracts/actor.ts';
import { IncidentView, incidentViewOf } from '../contracts/trouble-view.ts';
import { permitted } from '../runtime/permission.ts';

export const listIncidents = permitted({
  name: 'list-incidents',
  needs: ['reader'],
  input: Command,
  output: z.strictObject({ incidents: z.array(IncidentView) }),
  run: async ({ releaseId }, { plan, reader }) => {
    const release = await reader.load(releaseId);
    const listed = Object.entries(release.incidents).map((one) => incidentViewOf(plan, release, one));
    return { incidents: listed.toSorted((a, b) => b.openedAt.localeCompare(a.openedAt)) };
  },
});
