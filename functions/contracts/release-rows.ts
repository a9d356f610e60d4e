/** The rows of a release, one of each kind: as the store keeps them and as the API shows them. */
import * as z from 'zod';
import type { Blocker, IncidentTitle, ItemEvidence, TaskTitle } from '#domain/ledger/causes.ts';
import { rollbackCourses } from '#domain/ledger/outcomes.ts';
import type { Release, RollbackRecord, TableName } from '#domain/ledger/records.ts';
import { severities } from '#domain/plan/plan.ts';
import { quote } from './causes.ts';
import { Outcome, Verdict } from './identity.ts';

/** Loose: what newer code has added must survive being read and written by older code during a deployment. */
const object = z.looseObject;
/** Every member, optional ones too: one that the domain gains and this does not know does not compile. */
type Members<T> = { readonly [K in keyof Required<T>]: z.ZodType };
const Reason = object({});
const words = quote(z.string());
/** A code that only newer code knows comes back as it was. */
const coded = <T>() => object({ code: z.string(), params: object({}) }) as unknown as z.ZodType<T>;
const Reading = object({ criterion: z.string(), verdict: Verdict, value: z.number().exactOptional() });
const Override = object({ askedBy: z.string(), comment: words, grantedBy: z.string().exactOptional() });
/** Of the head: what became of the phase that could not go on. */
export const RollbackRow = object({
  phase: z.string(),
  attempt: z.int(),
  course: z.enum([...rollbackCourses, 'abandon']),
  component: z.string(),
  reason: Reason,
  chosenAt: z.string(),
  people: z.array(z.string()),
  agreedAt: z.string().exactOptional(),
  failed: z.string().exactOptional(),
  failures: z.int().exactOptional(),
  abortAskedBy: z.string().exactOptional(),
} satisfies Members<RollbackRecord>);
/** By the member of a release that holds them. */
export const ReleaseRows = {
  phases: object({
    attempt: z.int(),
    status: z.enum(['open', 'held', 'closed']),
    openedAt: z.string(),
    exposedAt: z.string().exactOptional(),
    closedAt: z.string().exactOptional(),
    outcome: Outcome.exactOptional(),
    observed: object({
      verdict: Verdict,
      reason: Reason,
    }).exactOptional(),
    heldBy: coded<Blocker>().exactOptional(),
    late: z.boolean(),
    answers: object({
      hold: z.string().exactOptional(),
      correction: z.string().exactOptional(),
      decision: z.string().exactOptional(),
    }).exactOptional(),
    overrides: z.record(z.string(), Override).exactOptional(),
    runs: z.array(z.string()).exactOptional(),
  } satisfies Members<Release['phases'][string]>),
  items: object({
    status: z.enum(['done', 'waived']),
    by: z.string(),
    at: z.string(),
    evidence: coded<ItemEvidence>(),
  } satisfies Members<Release['items'][string]>),
  scripts: object({
    status: z.enum(['running', 'succeeded', 'failed']),
    exitCode: z.number(),
    summary: words,
    startedAt: z.string().exactOptional(),
  } satisfies Members<Release['scripts'][string]>),
  gates: object({
    openedAt: z.string(),
    approvals: z.array(
      object({
        role: z.string(),
        by: z.string(),
        at: z.string(),
        approved: z.boolean(),
        comment: words,
      }),
    ),
    escalated: z.boolean(),
    reminded: z.boolean().exactOptional(),
    decided: object({
      outcome: Outcome,
      reason: Reason,
      readings: z.array(Reading).exactOptional(),
      at: z.string().exactOptional(),
      rules: z.int().exactOptional(),
      overridden: z.array(z.string()).exactOptional(),
    }).exactOptional(),
  } satisfies Members<Release['gates'][string]>),
  messages: object({
    status: z.enum(['planned', 'held', 'sending', 'sent', 'skipped', 'cancelled']),
    dueAt: z.string().exactOptional(),
    epoch: z.int(),
    campaign: z.string().exactOptional(),
    earlier: z.array(z.string()).exactOptional(),
    sent: z.int(),
    failed: z.int().exactOptional(),
  } satisfies Members<Release['messages'][string]>),
  reports: object({
    status: z.enum(['planned', 'over']),
    dueAt: z.string(),
    epoch: z.int(),
    toldAt: z.string(),
    sendingAt: z.string().exactOptional(),
  } satisfies Members<Release['reports'][string]>),
  incidents: object({
    severity: z.enum(severities),
    title: coded<IncidentTitle>(),
    phase: z.string(),
    status: z.enum(['open', 'acknowledged', 'unanswered', 'resolved']),
    by: z.string().exactOptional(),
    groupedWith: z.string().exactOptional(),
    openedAt: z.string(),
    resolvedAt: z.string().exactOptional(),
    falseAlarm: z.boolean().exactOptional(),
    override: Override.exactOptional(),
    reopened: z.int().exactOptional(),
  } satisfies Members<Release['incidents'][string]>),
  components: z.enum(['on', 'limited', 'off']),
  tasks: object({
    title: coded<TaskTitle>(),
    owner: z.string(),
    openedAt: z.string(),
    incident: z.string().exactOptional(),
    closed: object({ by: z.string(), at: z.string(), note: words }).exactOptional(),
  } satisfies Members<Release['tasks'][string]>),
  measures: object({
    value: z.number(),
    samples: z.number(),
    at: z.string(),
  } satisfies Members<Release['measures'][string]>),
  risks: object({
    state: z.enum(['quiet', 'threatening']),
    check: z.string(),
    at: z.string(),
  } satisfies Members<Release['risks'][string]>),
} satisfies { readonly [K in TableName]: z.ZodType<Release[K][string]> };
