/**
 * What is read of the API's answers. By the API's own contract, but members that it gained since are no reason to refuse an
 * answer: a command may be older than the API it asks.
 */
import * as z from 'zod';
import { FreezeView } from '#functions/contracts/freeze-view.ts';
import { GateView, LiveGateView } from '#functions/contracts/gate-view.ts';
import { MessageView } from '#functions/contracts/message-view.ts';
import { ExpectedView, ScoreView } from '#functions/contracts/outlook-view.ts';
import { PhaseDetail, PhaseSummary } from '#functions/contracts/phase-view.ts';
import { ReleaseDetail, ReleaseSummary } from '#functions/contracts/release-view.ts';
import { TaskView } from '#functions/contracts/task-view.ts';
import { IncidentView, RiskView } from '#functions/contracts/trouble-view.ts';
import { violationsOf } from '#functions/contracts/violations.ts';
import { violationsInEnglish } from '#presentation/messages/refusals/contract.english.ts';
import type { ApiAnswer } from './client.ts';
import type { AnswerPage } from './command-spec.ts';
import { brokenAnswer } from './problem.ts';

const list = <T extends z.ZodType>(one: T) => z.array(one);

const Reading = z.looseObject({
  kind: z.string(),
  value: z.number().optional(),
  control: z.number().optional(),
});
export const Looks = z.object({
  looks: list(
    z.object({
      atMs: z.number(),
      exposure: z.number(),
      checks: z.record(z.string(), z.object({ reading: Reading, proven: z.boolean() })),
    }),
  ),
  next: z.string().optional(),
});
export type EvaluationView = z.output<typeof Looks>['looks'][number];

export const Release = ReleaseDetail.loose();
const Entry = z.object({
  seq: z.number(),
  at: z.string(),
  actor: z.string(),
  fact: z.looseObject({ type: z.string() }),
});
export type TimelineEntry = z.output<typeof Entry>;

const Tasks = z.object({ tasks: list(TaskView.loose()) });

/** By the page that prints it. */
export const answers = {
  releases: z.object({ releases: list(ReleaseSummary.loose()), next: z.string().optional() }),
  timeline: z.object({ entries: list(Entry), next: z.number().optional() }),
  phases: z.object({ phases: list(PhaseSummary.loose()) }),
  phase: PhaseDetail.loose(),
  gates: z.object({ gates: list(GateView.loose()) }),
  gate: LiveGateView.loose(),
  incidents: z.object({ incidents: list(IncidentView.loose()) }),
  risks: z.object({ risks: list(RiskView.loose()) }),
  messages: z.object({ messages: list(MessageView.loose()) }),
  scorecard: z.object({ metrics: list(ScoreView.loose()) }),
  forecast: z.object({ dates: list(ExpectedView.loose()) }),
  tasks: Tasks,
  task: Tasks,
  freezes: z.object({ freezes: list(FreezeView.loose()) }),
  access: z.object({ userId: z.string(), exposed: z.boolean(), bucket: z.number(), percent: z.number() }),
} satisfies Record<AnswerPage, z.ZodType>;
export type AnswersByPage = { readonly [P in AnswerPage]: z.output<(typeof answers)[P]> };

/** The answer by its contract. Throws CommandFailed when it breaks it. */
export function reading<T extends z.ZodType>(schema: T, { what, value }: ApiAnswer): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const violations = violationsOf(parsed.error, value);
  throw brokenAnswer(what, violationsInEnglish(violations).slice(0, 300));
}
