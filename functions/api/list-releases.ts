/** Releases that are under way, newest state first: what operations look at. */
import * as z from 'zod';
import { Actor } from '../contracts/actor.ts';
import { ReleaseSummary, summaryOf } from '../contracts/release-view.ts';
import { permitted } from '../runtime/permission.ts';

const releasesMax = 50;

export const listReleases = permitted({
  name: 'list-releases',
  needs: ['reader'],
  input: z.strictObject({ actor: Actor }),
  output: z.strictObject({ releases: z.array(ReleaseSummary).max(releasesMax) }),
  run: async (_input, { reader }) => {
    const ids = await reader.active(releasesMax);
    const loaded = await Promise.all(ids.map((id) => reader.load(id)));
    return { releases: loaded.map(summaryOf) };
  },
});
