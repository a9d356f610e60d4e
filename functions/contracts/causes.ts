/** Causes, titles and evidence as they cross the edges: each code with its parameters, as `domain/ledger/causes.ts` has them. */
import * as z from 'zod';
import type { Coded } from '#domain/coded.ts';
import type { SourceFault } from '#domain/judge/source-faults.ts';
import type * as causes from '#domain/ledger/causes.ts';
import { irrevocables, releaseOutcomes } from '#domain/ledger/outcomes.ts';
import { severities } from '#domain/plan/plan.ts';
import type { Quoted } from '#domain/quoted.ts';

type NoParams = Readonly<Record<never, never>>;

/** Somebody's words, as they are. */
export const quote = (text: z.ZodString): z.ZodType<Quoted, string> =>
  text as unknown as z.ZodType<Quoted, string>;

/** One of a set of codes, with the parameters that it has in `M`. */
const coded = <M>(params: { readonly [C in keyof M & string]: z.ZodType<M[C]> }): z.ZodType<Coded<M>> => {
  const [first, ...others] = Object.entries<z.ZodType>(params).map(([code, shape]) =>
    z.strictObject({ code: z.literal(code), params: shape }),
  );
  if (!first) throw new RangeError('a set of codes needs a member');
  return z.discriminatedUnion('code', [first, ...others]) as unknown as z.ZodType<Coded<M>>;
};

const nothing: z.ZodType<NoParams> = z.strictObject({});
const object = z.strictObject;
/** Of a phase, a check, a role, a message, a script. */
const id = z.string().max(200);
/** An error as a service names it. */
const error = z.string().max(300);
const said = quote(z.string().max(4000));
const count = z.int().min(0);
const number = z.number();

/** By code; its parameters are the adapters' own, and bounded by them. */
const Fault = object({
  code: id,
  params: z.record(z.string(), z.unknown()),
}) as unknown as z.ZodType<SourceFault>;

const ended = z.enum(releaseOutcomes);

const blockers = {
  paused: nothing,
  'bad-version': object({ version: id }),
  incident: object({ incident: id, severity: z.enum(severities) }),
  freeze: object({ freeze: id, until: id }),
};
export const Blocker = coded<causes.Blockers>(blockers);

export const GateNeed = coded<causes.GateNeeds>({
  ...blockers,
  'last-day': nothing,
  items: object({ open: count }),
  criterion: object({ criterion: id }),
  approvals: object({ roles: z.array(id).max(100) }),
  people: object({ more: count }),
  'second-person': nothing,
});

const CheckAnswer = coded<causes.CheckAnswers>({
  value: object({ value: number, control: number.exactOptional() }),
  'no-data': nothing,
  'no-traffic': nothing,
  unreadable: object({ fault: Fault }),
});

const ofCheck = object({ check: id, answer: CheckAnswer });

export const Cause = coded<causes.Causes>({
  check: ofCheck,
  'not-proven': object({ hours: number }),
  script: object({ script: id, said: said.exactOptional() }),
  rejected: object({ role: id, by: id, comment: said }),
  criterion: object({ criterion: id, value: number.exactOptional() }),
  'gate-late': object({ need: GateNeed }),
  'held-too-often': object({ holds: count }),
  'corrected-after-hold': nothing,
  ordered: object({ by: id, reason: said }),
  'no-correction': object({ error }),
  fault: object({ error, said: said.exactOptional() }),
});

export const IncidentTitle = coded<causes.IncidentTitles>({
  reported: object({ words: said }),
  blind: ofCheck,
  'no-look': nothing,
  objective: object({ check: id }),
  'gate-late': object({ phase: id }),
  'checklist-late': object({ phase: id, open: count }),
  alarm: object({ phase: id, alarm: z.string().max(500) }),
  problems: object({ phase: id, reports: count }),
  'phase-failed': object({ cause: Cause.exactOptional() }),
  'rollback-failed': object({ phase: id, error }),
  'machine-ends': object({ day: id }),
  'agreement-late': object({ phase: id, level: z.enum(irrevocables), minutes: count }),
});

export const TaskTitle = coded<causes.TaskTitles>({
  step: object({ text: z.string().max(2000) }),
  'post-incident': object({ title: IncidentTitle }),
});

export const Shown = coded<causes.ItemEvidences>({
  words: object({ words: said }),
  link: object({ link: z.string().max(2000) }),
  file: object({ file: z.string().max(500) }),
  check: object({ check: id, value: number.exactOptional() }),
  message: object({ message: id, recipients: count }),
  script: object({ script: id, command: z.string().max(300) }),
  exposure: object({ percent: number }),
});

export const MessageDelay = coded<causes.MessageDelays>({
  ...blockers,
  'release-ended': object({ status: ended }),
  exposure: object({ exposure: number, exposureMin: number }),
  'phase-not-opened': object({ phase: id }),
  quota: object({ recipients: count, mailsLeft: number }),
});
