/** The schema of a plan file. Its type is `domain/plan/plan.ts`; the compiler holds the two together at the end of this file. */
import * as z from 'zod';
import type { Form } from '#domain/lint/expected.ts';
import { sourceFaults } from '#domain/lint/source-faults.ts';
import { metricKinds, sourceKinds } from '#domain/plan/metric-sources.ts';
import { type Plan, severities, weekdays } from '#domain/plan/plan.ts';

/** What names a form in place of a message: sentences are made where a refusal is shown (`plans/schema-findings.ts`). */
const form = (name: Form): Form => name;

const idText = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, form('id'));
const itemId = z.string().regex(/^[0-9a-z][0-9a-z.-]{0,39}$/, form('item-id'));
const text = z.string().min(1).max(400);
const day = z.iso.date(form('date'));
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, form('time'));
const listMax = 200;
const list = <T extends z.ZodType>(item: T) => z.array(item).max(listMax).readonly();
const dictionary = <T extends z.ZodType>(value: T) => z.record(idText, value).readonly();
const percent = z.number().int().min(0).max(100);
const hours = z
  .number()
  .positive()
  .max(24 * 180);

const objective = z
  .strictObject({ comparison: z.enum(['<', '<=', '>', '>=']), value: z.number(), unit: text })
  .readonly();

const noData = z.union([
  z.strictObject({ action: z.enum(['hold', 'fail']) }).readonly(),
  z.strictObject({ action: z.literal('pass'), reason: text.optional() }).readonly(),
]);

/** Longer than any sensible query; a plan is read at every start of a function. */
const query = z.string().min(1).max(2000).exactOptional();

const source = z
  .strictObject({
    kind: z.enum(sourceKinds),
    api: idText.exactOptional(),
    query,
    bad: query,
    total: query,
    sum: query,
    count: query,
  })
  .readonly();

const check = z
  .strictObject({
    name: text,
    metric: z.enum(metricKinds).default('value'),
    source,
    compare: z.enum(['objective', 'control']),
    objective,
    tolerance: z.number().min(1).max(10).exactOptional(),
    certify: z.number().gt(1).max(10).exactOptional(),
    usual: z
      .strictObject({
        perMinute: z.number().positive(),
        badPercent: z.number().gt(0).lt(100).exactOptional(),
      })
      .readonly()
      .exactOptional(),
    class: z.enum(['rollback', 'pause', 'observe']),
    severity: z.enum(severities),
    window: z
      .strictObject({ breaches: z.number().int().min(1).max(60), of: z.number().int().min(1).max(60) })
      .readonly(),
    minSample: z.number().int().min(0),
    noData,
    component: idText.exactOptional(),
  })
  // The issue carries the fault as it is, under this name.
  .superRefine((given, context) => {
    for (const { at, fault } of sourceFaults(given))
      context.addIssue({ code: 'custom', path: [...at], params: { fault } });
  })
  .readonly();

const verification = z.union([
  z.literal('person'),
  z.strictObject({ script: idText }).readonly(),
  z.strictObject({ check: idText }).readonly(),
  z.strictObject({ exposure: percent }).readonly(),
  z.strictObject({ message: idText }).readonly(),
]);

const checklist = z
  .strictObject({
    section: text,
    title: text,
    heading: text.exactOptional(),
    items: list(
      z
        .strictObject({
          id: itemId,
          text,
          owner: idText,
          verified: verification.default('person'),
          due: z.enum(['checklist', 'gate']).default('checklist'),
        })
        .readonly(),
    ),
  })
  .readonly();

const otherOutcome = z.enum(['correct', 'hold', 'roll-back']);

const gate = z
  .strictObject({
    section: text.exactOptional(),
    title: text.exactOptional(),
    criteria: list(
      z
        .strictObject({
          id: itemId,
          text,
          check: idText.exactOptional(),
          approval: idText.exactOptional(),
          onFail: otherOutcome.default('hold'),
        })
        .readonly(),
    ),
    approvals: z
      .strictObject({
        roles: list(idText),
        peopleMin: z.number().int().min(0).max(10),
        fourEyes: z.boolean(),
      })
      .readonly(),
    notBefore: z.literal('end').exactOptional(),
    onReject: otherOutcome,
    timeoutHours: hours,
    onTimeout: z.enum(['escalate', 'reject', 'hold', 'correct', 'roll-back']),
  })
  .readonly();

const phase = z
  .strictObject({
    id: idText,
    name: z.string().min(1).max(28),
    section: text,
    from: day,
    to: day,
    scripts: list(
      z
        .strictObject({
          script: idText,
          when: z.enum(['always', 'resumed']).default('always'),
          onFail: z.enum(['correct', 'roll-back']).default('correct'),
        })
        .readonly(),
    ).default([]),
    checklists: list(checklist).default([]),
    exposure: percent.exactOptional(),
    observation: z
      .strictObject({
        continuousHealthHours: hours,
        deadlineHours: hours,
        tickMinutes: z.number().int().min(1).max(1440),
        checks: list(idText),
      })
      .readonly()
      .exactOptional(),
    gate,
    correction: z.union([z.literal('in-place'), z.strictObject({ phase: idText }).readonly()]),
    attemptsMax: z.number().int().min(1).max(10),
  })
  .readonly();

const message = z
  .strictObject({
    id: idText,
    step: text,
    audience: z.union([
      z.strictObject({ segment: idText }).readonly(),
      z.strictObject({ exposed: percent }).readonly(),
      z.strictObject({ told: z.literal(true) }).readonly(),
    ]),
    audienceName: text,
    subject: text,
    content: text,
    channel: text,
    timing: text.exactOptional(),
    date: z
      .strictObject({ day: z.number().int().min(-365).max(365), time })
      .readonly()
      .exactOptional(),
    guard: z
      .strictObject({
        exposureMin: percent.exactOptional(),
        phaseOpened: idText.exactOptional(),
        status: z.literal('active').exactOptional(),
      })
      .readonly(),
    invitesTo: idText.exactOptional(),
    lateDaysMax: z.number().int().min(0).max(60),
  })
  .readonly();

const page = z.url({ protocol: /^https$/, error: form('https') });

const mail = z
  .strictObject({
    product: text,
    pages: z
      .strictObject({
        product: page.exactOptional(),
        guide: page.exactOptional(),
        training: page.exactOptional(),
        support: page.exactOptional(),
      })
      .readonly()
      .default({}),
  })
  .readonly();

const feedback = z
  .strictObject({
    questions: list(
      z
        .strictObject({
          id: idText,
          text: z.strictObject({ fr: text, en: text }).readonly(),
          kind: z.enum(['scale', 'yes-no']),
          goodFrom: z.number().int().min(1).max(5).exactOptional(),
          measure: text,
          after: list(idText),
        })
        .readonly(),
    ),
    problems: z
      .strictObject({
        measure: text,
        incident: z
          .strictObject({
            percent: z.number().min(0).max(100),
            reportsMin: z.number().int().min(1).max(10_000),
            severity: z.enum(severities),
          })
          .readonly()
          .exactOptional(),
      })
      .readonly()
      .exactOptional(),
  })
  .readonly();

const bound = z.number().min(-9.9e125).max(9.9e125);
const bounds = z.strictObject({ min: bound, max: bound }).readonly();
const measure = z.strictObject({ roles: list(idText), value: bounds, samples: bounds }).readonly();

const moment = z.iso.datetime({ local: true, precision: -1, error: form('moment') });

const freeze = z
  .strictObject({
    id: idText,
    name: text,
    phases: list(idText).exactOptional(),
    announcements: z.boolean().exactOptional(),
    when: z.union([
      z.strictObject({ from: moment, to: moment }).readonly(),
      z
        .strictObject({
          days: z.array(z.enum(weekdays)).min(1).max(7).readonly(),
          from: time,
          to: time,
        })
        .readonly(),
    ]),
  })
  .readonly();

const rollbackAction = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('script'),
      script: idText,
      arguments: z.record(z.string(), z.string()).readonly().exactOptional(),
    })
    .readonly(),
  z.strictObject({ kind: z.literal('message'), message: idText }).readonly(),
  z.strictObject({ kind: z.literal('component'), state: z.enum(['off', 'limited']) }).readonly(),
  z.strictObject({ kind: z.literal('task'), owner: idText }).readonly(),
]);

const rollbackLevel = z
  .strictObject({
    name: z.string().min(1).max(30),
    level: text,
    severities: list(z.enum(severities)),
    notice: idText.exactOptional(),
    steps: list(
      z
        .strictObject({
          id: idText,
          text,
          action: rollbackAction,
          restoresData: z.literal(true).exactOptional(),
        })
        .readonly(),
    ),
    restoreData: z.enum(['ask', 'automatic']).exactOptional(),
  })
  .readonly();

/** Parses a plan; unknown keys are refused everywhere. */
const planSchema = z
  .strictObject({
    jalon: z.literal(1),
    product: idText,
    title: text,
    language: z.enum(['fr', 'en']),
    revision: z.strictObject({ day, state: text }).readonly(),
    timeZone: z.string().refine(isTimeZone, form('time-zone')),
    workday: z.strictObject({ start: time, end: time }).readonly(),
    objectives: list(text).default([]),
    launch: z.strictObject({ day, phase: idText }).readonly(),
    periods: list(
      z
        .strictObject({
          name: text,
          description: text,
          duration: text,
          from: day,
          to: day,
          phases: list(idText),
        })
        .readonly(),
    ).default([]),
    roles: dictionary(
      z
        .strictObject({
          name: text,
          holder: text,
          contact: text,
          duties: list(text),
          external: z.boolean().exactOptional(),
        })
        .readonly(),
    ),
    escalation: list(
      z
        .strictObject({
          level: z.number().int().min(1).max(10),
          name: text,
          role: idText,
          delayMinutes: z.number().int().min(1).max(1440),
          condition: text,
          severity: z.enum(severities),
        })
        .readonly(),
    ),
    components: dictionary(z.strictObject({ name: text, features: list(text) }).readonly()),
    scripts: dictionary(
      z
        .strictObject({
          path: text,
          arguments: z.record(z.string(), z.string()).readonly().default({}),
          timeoutMinutes: z.number().int().min(1).max(2880),
        })
        .readonly(),
    ),
    checks: dictionary(check),
    measures: z.record(text, measure).readonly().default({}),
    falseRollbackPercent: z.number().gt(0).max(50).exactOptional(),
    successMetrics: list(
      z
        .strictObject({
          name: text,
          objective,
          target: text,
          method: text,
          check: idText,
          fromDay: z.number().int().min(0).max(365).exactOptional(),
        })
        .readonly(),
    ).default([]),
    risks: list(
      z
        .strictObject({
          id: z.string().regex(/^R\d{1,3}$/, form('risk-id')),
          name: text,
          probability: text,
          impact: text,
          gravity: text,
          mitigation: text,
          watchedBy: z.strictObject({ checks: list(idText), phases: list(idText) }).readonly(),
        })
        .readonly(),
    ).default([]),
    phases: z.array(phase).min(1).max(30).readonly(),
    freezes: list(freeze).default([]),
    candidate: z
      .strictObject({ replaceableIn: list(idText) })
      .readonly()
      .exactOptional(),
    messages: list(message).default([]),
    mail: mail.exactOptional(),
    feedback: feedback.exactOptional(),
    segments: dictionary(text).default({}),
    reports: list(
      z
        .strictObject({
          id: idText,
          step: text,
          audience: text,
          roles: list(idText),
          content: text,
          channel: text,
          frequency: text,
          cadence: z.enum(['daily', 'twice-weekly', 'weekly', 'real-time']),
          days: z.array(z.enum(weekdays)).min(1).max(7).readonly().exactOptional(),
          at: time.exactOptional(),
          phases: list(idText),
        })
        .readonly(),
    ).default([]),
    rollback: z
      .strictObject({ full: rollbackLevel, partial: rollbackLevel, degraded: rollbackLevel })
      .readonly(),
    references: list(z.strictObject({ title: text, path: text }).readonly()).default([]),
  })
  .readonly();

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
/** Does not compile when the schema and the domain's type part ways. */
export const PlanSchema: Same<z.output<typeof planSchema>, Plan> extends true ? typeof planSchema : never =
  planSchema;
