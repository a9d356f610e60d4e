/** The freeze windows of the plan, and which of them hold this release now. */
import * as z from 'zod';
import { toInstant } from '#domain/plan/calendar.ts';
import { isOverridden, occurrenceAt } from '#domain/plan/freeze-windows.ts';
import { Command } from '../contracts/actor.ts';
import { FreezeView } from '../contracts/freeze-view.ts';
import { permitted } from '../runtime/permission.ts';

export const listFreezes = permitted({
  name: 'list-freezes',
  needs: ['reader'],
  input: Command,
  output: z.strictObject({ freezes: z.array(FreezeView) }),
  run: async ({ releaseId }, { plan, clock, reader }) => {
    const release = await reader.load(releaseId);
    const freezes = plan.freezes.map((window) => {
      const now = occurrenceAt(plan, window, clock.nowMs());
      return {
        id: window.id,
        name: window.name,
        ...(window.phases === undefined ? {} : { phases: [...window.phases] }),
        announcements: window.announcements === true,
        ...(now === undefined ? {} : { until: toInstant(now.toMs) }),
        overridden: now !== undefined && isOverridden(release, now),
      };
    });
    return { freezes };
  },
});
