/** How a release does, as the API shows it: its success metrics, and the dates that are still to come. */
import * as z from 'zod';
import type { ForecastDate } from '#domain/rules/forecast.ts';
import type { Score } from '#domain/rules/scorecard.ts';
import { Verdict } from './identity.ts';

export const ScoreView = z.strictObject({
  name: z.string(),
  /** As the plan words it. */
  target: z.string(),
  objective: z.strictObject({
    comparison: z.enum(['<', '<=', '>', '>=']),
    value: z.number(),
    unit: z.string(),
  }),
  method: z.string(),
  check: z.string(),
  /** The last one recorded, in the unit of the objective. */
  value: z.number().exactOptional(),
  /** `unknown` without a value, `inconclusive` before the day from which it counts. */
  verdict: Verdict,
  from: z.string().exactOptional(),
});

export function scoreViewOf({ metric, ...score }: Score): z.input<typeof ScoreView> {
  const { name, target, objective, method, check } = metric;
  return { name, target, objective, method, check, ...score };
}

export const ExpectedView = z.strictObject({
  /** When it is expected now, and what the plan says. */
  at: z.string(),
  planned: z.string(),
  what: z.enum(['phase-opens', 'phase-ends', 'message-goes', 'release-ends', 'machine-ends']),
  /** Of the phase or the message. */
  id: z.string().exactOptional(),
}) satisfies z.ZodType<ForecastDate>;
