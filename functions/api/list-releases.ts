/** Releases that are under way, or those that have ended, the last one to end first. */
import * as z from 'zod';
import { Actor } from '../contracts/actor.ts';
import { Cursor, cursorOf, Limit } from '../contracts/page.ts';
import { endedSummaryOf, ReleaseSummary, summaryOf } from '../contracts/release-view.ts';
import { permitted } from '../runtime/permission.ts';

const Input = z.strictObject({
  actor: Actor,
  state: z.enum(['active', 'ended']).default('active'),
  limit: Limit.default(20),
  /** Of the releases that have ended: what an earlier answer gave as `next`. */
  after: Cursor.exactOptional(),
});

export const listReleases = permitted({
  name: 'list-releases',
  needs: ['reader'],
  input: Input,
  output: z.strictObject({ releases: z.array(ReleaseSummary).max(50), next: z.string().exactOptional() }),
  run: async ({ state, limit, after }, { reader }) => {
    if (state === 'ended') {
      const { releases, cursor } = await reader.ended(limit, after);
      const next = cursor === undefined ? {} : { next: cursorOf(cursor) };
      return { releases: releases.map(endedSummaryOf), ...next };
    }
    // Of one product, one at a time: one page holds them all.
    const loaded = await Promise.all((await reader.active(limit)).map((id) => reader.load(id)));
    return { releases: loaded.map(summaryOf) };
  },
});
