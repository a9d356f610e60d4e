/** The dates that are still to come if nothing goes wrong any more. */
import * as z from 'zod';
import { forecast } from '#domain/rules/forecast.ts';
import { Command } from '../contracts/actor.ts';
import { ExpectedView } from '../contracts/outlook-view.ts';
import { permitted } from '../runtime/permission.ts';

export const readForecast = permitted({
  name: 'read-forecast',
  needs: ['reader'],
  input: Command,
  output: z.strictObject({ dates: z.array(ExpectedView) }),
  run: async ({ releaseId }, { plan, clock, reader }) => ({
    dates: [...forecast(plan, await reader.load(releaseId), clock.nowMs())],
  }),
});
