/** A scenario: what goes wrong in the world, and what must come of it. One YAML file each in `rehearsal/scenarios/`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { orders } from '#domain/ledger/facts.ts';
import { releaseOutcomes } from '#domain/ledger/outcomes.ts';
import { rollbackLevels, severities } from '#domain/plan/plan.ts';

const Name = z.string().min(1).max(60);
const positive = z.number().positive().max(10_000);

/** A moment of the release: hours after a phase was opened, or a day counted from launch. */
const Moment = z.union([
  z.strictObject({
    phase: Name,
    attempt: z.number().int().min(1).max(10).default(1),
    afterHours: z.number().min(0).max(2000),
  }),
  z.strictObject({ day: z.number().int().min(-365).max(365), time: z.string().regex(/^\d\d:\d\d$/) }),
]);
export type Moment = z.output<typeof Moment>;

/** A check reads this value, for so many hours or until its phase is left. */
const metric = {
  kind: z.literal('metric'),
  check: Name,
  value: z.number(),
  hours: positive.optional(),
  /** Users without the new version suffer as well: the release is not to blame. */
  shared: z.boolean().default(false),
};
/** Nobody uses the product. */
const nobody = { kind: z.literal('nobody'), hours: positive };
/** The metrics' provider answers nothing but errors. */
const outage = { kind: z.literal('outage'), hours: positive };
/** Troubles that wait for what they befall. */
const befalling = [
  /** The first runs of a script, in a phase, fail. */
  z.strictObject({
    kind: z.literal('script'),
    script: Name,
    phase: Name,
    times: z.number().int().min(1),
    summary: Name,
  }),
  /** A measure that people report stays at this value until the phase has been held. */
  z.strictObject({ kind: z.literal('survey'), measure: Name, value: z.number(), untilHeld: Name }),
  /** Nobody approves the gate, and nobody answers a call, for so many days after it opened. */
  z.strictObject({ kind: z.literal('absent'), gate: Name, days: positive }),
  /** What cannot be undone in the phase is agreed to only so many hours after it was chosen, or is declined then. */
  z.strictObject({
    kind: z.literal('agreement'),
    phase: Name,
    hours: positive,
    declined: z.boolean().default(false),
  }),
  /** The gate is rejected by the first role, so many times. */
  z.strictObject({ kind: z.literal('reject'), gate: Name, times: z.number().int().min(1), comment: Name }),
] as const;

const Trouble = z.discriminatedUnion('kind', [
  z.strictObject({ ...metric, from: Moment }),
  z.strictObject({ ...nobody, from: Moment }),
  z.strictObject({ ...outage, from: Moment }),
  ...befalling,
]);
export type Trouble = z.output<typeof Trouble>;

/** A trouble that begins now. */
export const TroubleNow = z.discriminatedUnion('kind', [
  z.strictObject(metric),
  z.strictObject(nobody),
  z.strictObject(outage),
  ...befalling,
]);
export type TroubleNow = z.output<typeof TroubleNow>;

const Intervention = z.discriminatedUnion('command', [
  z.strictObject({
    at: Moment,
    command: z.literal('move-launch-day'),
    days: z.number().int().min(-60).max(60),
  }),
  z.strictObject({ at: Moment, command: z.literal('stop-execution') }),
  z.strictObject({ at: Moment, command: z.literal('abort-release') }),
  z.strictObject({ at: Moment, command: z.literal('pause-release'), hours: positive }),
  z.strictObject({
    at: Moment,
    command: z.literal('open-incident'),
    severity: z.enum(severities),
    title: Name,
    /** So long after it was opened who answers for the gate closes it as a false alarm. */
    falseAlarmAfterHours: positive.optional(),
  }),
  z.strictObject({
    at: Moment,
    command: z.literal('order-phase'),
    phase: Name,
    order: z.enum(orders),
    level: z.enum(rollbackLevels).optional(),
    component: Name.optional(),
    reason: z.string().min(1).max(200),
  }),
]);
export type Intervention = z.output<typeof Intervention>;

/** Facts, partly described: members that are named must be equal. */
const PartialFact = z.looseObject({ type: Name });

const Scenario = z.strictObject({
  name: Name,
  title: z.strictObject({ fr: z.string().max(200), en: z.string().max(200) }),
  troubles: z.array(Trouble).max(20).default([]),
  interventions: z.array(Intervention).max(20).default([]),
  expect: z.strictObject({
    outcome: z.enum(releaseOutcomes),
    execution: z.enum(['SUCCEEDED', 'FAILED', 'ABORTED']),
    /** Happen, in this order, others between. */
    facts: z.array(PartialFact).max(60).default([]),
    /** Never happen. */
    never: z.array(PartialFact).max(20).default([]),
  }),
});
export type Scenario = z.output<typeof Scenario>;

const folder = join(import.meta.dirname, 'scenarios');

export const scenarioNames = (): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .toSorted();

/** Throws an Error that names the known scenarios. */
export function readScenario(name: string): Scenario {
  if (!scenarioNames().includes(name)) {
    throw new Error(`there is no scenario "${name}": choose one of ${scenarioNames().join(', ')}`);
  }
  return Scenario.parse(parse(readFileSync(join(folder, `${name}.yaml`), 'utf8')));
}
