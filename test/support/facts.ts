/** Arbitrary facts. Few names, so that facts meet in the same rows. */
import * as fc from 'fast-check';
import { type Fact, orders, type Reason } from '#domain/ledger/facts.ts';
import { ledgerFormat } from '#domain/ledger/format.ts';
import { irrevocables, rollbackCourses } from '#domain/ledger/outcomes.ts';
import { rollbackLevels, severities } from '#domain/plan/plan.ts';
import { quoted } from '#domain/quoted.ts';
import { causesOf } from './causes.ts';

const name = fc.constantFrom('a', 'b', 'a-1');
const text = fc.string({ maxLength: 20 });
const words = text.map(quoted);
const count = fc.integer({ min: 0, max: 1000 });
const inPhase = { phase: name, attempt: fc.integer({ min: 1, max: 3 }) };
const percent = fc.constantFrom(0, 10, 50, 100);
const day = fc.constantFrom('2025-03-10', '2025-03-17');
const instant = fc.constantFrom('2025-03-10T09:00:00.000Z', '2025-03-30T08:00:00.000Z');
const verdict = fc.constantFrom('healthy', 'unhealthy', 'inconclusive', 'unknown');
const outcome = fc.constantFrom('promote', 'correct', 'hold', 'roll-back');
const some = causesOf(name, text);
/** Objects as JSON has them: what comes from a store has a prototype, and is compared with what went in. */
const plain = { noNullPrototype: true } as const;
const reason: fc.Arbitrary<Reason> = fc.record(
  {
    cause: some.cause,
    severity: fc.constantFrom(...severities),
    level: fc.constantFrom(...rollbackLevels),
    component: name,
  },
  { ...plain, requiredKeys: [] },
);
const releaseOutcome = fc.constantFrom('completed', 'rolled-back', 'abandoned', 'rollback-failed', 'aborted');

type Members<T extends Fact['type']> = {
  [K in keyof Omit<Extract<Fact, { type: T }>, 'type'>]-?: fc.Arbitrary<Extract<Fact, { type: T }>[K]>;
};

/** The members of every type of fact; one that is missing here does not compile. */
const members: { readonly [T in Fact['type']]: Members<T> } = {
  'release.admitted': {
    product: name,
    version: text,
    launchDay: day,
    startedBy: name,
    executionArn: text,
    format: fc.constant(ledgerFormat),
    planRevision: day,
  },
  'release.paused': { reason: words },
  'release.unpaused': { reason: words },
  'version.marked-bad': { version: text, reason: words },
  'candidate.replaced': { from: text, to: text, reason: words },
  'freeze.overridden': { freeze: name, until: instant, reason: words },
  'launch.moved': { from: day, to: day, reason: words },
  'release.abort-asked': { by: name, reason: words },
  'release.closed': { outcome: releaseOutcome, reason: some.closing },
  'phase.opened': inPhase,
  'phase.held': {
    ...inPhase,
    from: fc.constantFrom('gate', 'observation', 'exposure'),
    because: some.blocker,
  },
  'phase.unblocked': { ...inPhase, blocker: some.blocker },
  'phase.resumed': {
    ...inPhase,
    resolution: fc.constantFrom('gate', 'observe', 'expose', 'correct'),
    comment: words,
  },
  'phase.closed': { ...inPhase, outcome, reason },
  'phase.late': { ...inPhase, open: count },
  'phase.ordered': {
    ...inPhase,
    order: fc.constantFrom(...orders),
    level: fc.constantFrom(...rollbackLevels),
    component: name,
    by: name,
    reason: words,
  },
  'phase.corrected': { ...inPhase, comment: words },
  'script.starting': { ...inPhase, script: name, run: name },
  'exposure.changing': { ...inPhase, from: count, to: count },
  'script.started': { ...inPhase, script: name, command: name, installs: fc.boolean() },
  'script.finished': {
    ...inPhase,
    script: name,
    command: name,
    status: fc.constantFrom('succeeded', 'failed'),
    exitCode: count,
    summary: words,
  },
  'item.ticked': {
    ...inPhase,
    item: name,
    by: name,
    system: fc.boolean(),
    evidence: some.evidence,
  },
  'item.unticked': { ...inPhase, item: name, by: name, reason: words },
  'item.waived': { ...inPhase, item: name, by: name, reason: words },
  'exposure.changed': { ...inPhase, from: percent, to: percent },
  'access.withdrawn': { from: percent, reason: words },
  'observation.started': { ...inPhase, hours: count },
  'observation.breached': {
    ...inPhase,
    check: name,
    value: count,
    control: count,
    reset: fc.boolean(),
    blame: fc.constantFrom('release', 'environment'),
  },
  'observation.recovered': { ...inPhase, check: name },
  'observation.foreseen': {
    ...inPhase,
    sights: fc.array(fc.record({ check: name, ratio: count }, { requiredKeys: ['check'] }), { maxLength: 2 }),
  },
  'cohorts.compared': { ...inPhase, verdict, checks: fc.array(name, { maxLength: 2 }) },
  'risk.changed': { risk: name, state: fc.constantFrom('quiet', 'threatening'), check: name },
  'observation.frozen': { ...inPhase, blind: some.blind },
  'observation.unfrozen': { ...inPhase, minutes: count },
  'observation.concluded': { ...inPhase, verdict, reason, healthyMinutes: count },
  'gate.opened': inPhase,
  'gate.approved': { ...inPhase, role: name, by: name, comment: words },
  'gate.rejected': { ...inPhase, role: name, by: name, comment: words },
  'gate.override-asked': { ...inPhase, criterion: name, by: name, comment: words },
  'gate.overridden': { ...inPhase, criterion: name, by: name, comment: words },
  'gate.late': { ...inPhase, waitsFor: some.need },
  'gate.decided': {
    ...inPhase,
    outcome,
    readings: fc.array(fc.record({ criterion: name, verdict, value: count }, plain), { maxLength: 2 }),
    reason,
    rules: count,
    overridden: fc.array(name, { maxLength: 2 }),
  },
  'rollback.chosen': {
    ...inPhase,
    level: fc.constantFrom(...rollbackCourses),
    component: name,
    reason,
  },
  'rollback.agreed': { ...inPhase, level: fc.constantFrom(...irrevocables), by: name, comment: words },
  'rollback.declined': { ...inPhase, level: fc.constantFrom(...irrevocables), by: name, comment: words },
  'rollback.failed': { ...inPhase, error: name },
  'component.switched': { component: name, state: fc.constantFrom('on', 'limited', 'off') },
  'message.planned': { message: name, dueAt: instant, epoch: count, campaign: name },
  'message.replanned': { message: name, dueAt: instant, epoch: count },
  'message.held': { message: name, reason: some.delay },
  'message.sending': { message: name, campaign: name },
  'message.sent': { message: name, campaign: name, sent: count, failed: count, declined: count },
  'message.recounted': { message: name, campaign: name, sent: count, failed: count, declined: count },
  'message.skipped': { message: name, reason: some.omission },
  'message.cancelled': { message: name, reason: some.omission },
  'gate.reminded': inPhase,
  'report.planned': { report: name, dueAt: instant, epoch: count },
  'report.sending': { report: name, dueAt: instant, again: fc.constant(true) },
  'report.sent': { report: name, dueAt: instant, told: fc.array(name, { maxLength: 2 }) },
  'report.skipped': { report: name, dueAt: instant, reason: some.omission },
  'report.cancelled': { report: name, reason: some.omission },
  'incident.opened': {
    ...inPhase,
    incident: name,
    severity: fc.constantFrom(...severities),
    title: some.title,
    by: name,
    groupedWith: name,
  },
  'incident.called': { incident: name, level: count, role: name },
  'incident.acknowledged': { incident: name, by: name },
  'incident.unanswered': { incident: name },
  'incident.resolved': { incident: name, by: name, falseAlarm: fc.constant(true), comment: words },
  'incident.override-asked': { incident: name, by: name, comment: words },
  'incident.overridden': { incident: name, by: name, comment: words },
  'incident.reopened': { incident: name, by: name, reason: words },
  'task.opened': { task: name, title: some.task, owner: name, incident: name },
  'task.closed': { task: name, by: name, note: words },
  'decision.taken': { ...inPhase, decision: text, by: name, comment: words },
  'measure.recorded': { measure: name, value: count, samples: count },
};

type Model = Readonly<Record<string, fc.Arbitrary<unknown>>>;
/** Any fact. Each type is as likely as any other. */
export const anyFact: fc.Arbitrary<Fact> = fc.oneof(
  ...Object.entries<Model>(members).map(
    // The table above ties each type to its members; the pair is put together again here.
    ([type, model]) =>
      fc.record({ type: fc.constant(type), ...model }) as fc.Arbitrary<unknown> as fc.Arbitrary<Fact>,
  ),
);
