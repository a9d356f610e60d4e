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
  run: async ({ releaseId }, { reader }) => {
    const { incidents } = await reader.load(releaseId);
    const listed = Object.entries(incidents).map(([id, record]) => incidentViewOf(id, record));
    return { incidents: listed.toSorted((a, b) => b.openedAt.localeCompare(a.openedAt)) };
  },
});
