/** The success metrics of the plan: target, value, verdict. */
import * as z from 'zod';
import { localDay } from '#domain/plan/calendar.ts';
import { scorecard } from '#domain/rules/scorecard.ts';
import { Command } from '../contracts/actor.ts';
import { ScoreView, scoreViewOf } from '../contracts/outlook-view.ts';
import { permitted } from '../runtime/permission.ts';

export const readScorecard = permitted({
  name: 'read-scorecard',
  needs: ['reader'],
  input: Command,
  output: z.strictObject({ metrics: z.array(ScoreView) }),
  run: async ({ releaseId }, { plan, clock, reader }) => {
    const today = localDay(clock.nowMs(), plan.timeZone);
    return { metrics: scorecard(plan, await reader.load(releaseId), today).map(scoreViewOf) };
  },
});
