/** Builders with sensible defaults: a test states only what differs. */

import type { Reading } from '#domain/judge/check.ts';
import type { Judgement } from '#domain/judge/judge.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import { ledgerFormat } from '#domain/ledger/format.ts';
import type { Release } from '#domain/ledger/records.ts';
import type { Check, Gate, Observation } from '#domain/plan/plan.ts';
import { quoted } from '#domain/quoted.ts';
import { record } from '#test/support/hashed.ts';

export const at = '2025-03-10T09:00:00.000Z';
export const atMs = Date.parse(at);

/** Less than 1 %, of at least 10 samples; one bad reading is a breach. */
export const check = (changes: Partial<Check> = {}): Check => ({
  name: 'Errors',
  metric: 'value',
  source: { kind: 'prometheus', query: 'errors' },
  compare: 'objective',
  objective: { comparison: '<', value: 1, unit: '%' },
  class: 'rollback',
  severity: 'critical',
  window: { breaches: 1, of: 1 },
  minSample: 10,
  noData: { action: 'hold' },
  ...changes,
});

/** What the judge makes of a reading that no test looks behind. */
export const judged = (reading: Reading, changes: Partial<Judgement> = {}): Judgement => ({
  reading,
  proven: false,
  tested: false,
  uncertified: false,
  fresh: [],
  ...changes,
});

export const gate = (changes: Partial<Gate> = {}): Gate => ({
  criteria: [],
  approvals: { roles: [], peopleMin: 0, fourEyes: false },
  onReject: 'correct',
  timeoutHours: 48,
  onTimeout: 'escalate',
  ...changes,
});

export const observation = (changes: Partial<Observation> = {}): Observation => ({
  continuousHealthHours: 1,
  deadlineHours: 3,
  tickMinutes: 10,
  checks: ['errors'],
  ...changes,
});

export const admitted: Fact = {
  type: 'release.admitted',
  product: 'demo',
  version: '2.0.0',
  launchDay: '2025-03-10',
  startedBy: 'ada',
  executionArn: 'arn:aws:states:eu-west-3:123456789012:execution:release:r1',
  format: ledgerFormat,
  planRevision: '2025-01-01',
};

/** A release that was admitted and to which these facts happened. */
export const releaseAfter = (...facts: readonly Fact[]): Release =>
  record('r1', [admitted, ...facts], { at, actor: 'user:ada' }).next;

/** The same facts in a phase's first attempt. */
export const inBuild = { phase: 'build', attempt: 1 } as const;

const inTest = { phase: 'test', attempt: 1 } as const;

/** A release with two rows in every table, so that each fact has a row to change and one to leave alone. */
export const rich = releaseAfter(
  { type: 'phase.opened', ...inBuild },
  { type: 'phase.opened', ...inTest },
  {
    type: 'item.ticked',
    ...inBuild,
    item: 'a',
    by: 'ada',
    system: false,
    evidence: { code: 'words', params: { words: quoted('seen') } },
  },
  {
    type: 'item.ticked',
    ...inTest,
    item: 'a',
    by: 'bob',
    system: false,
    evidence: { code: 'words', params: { words: quoted('seen') } },
  },
  { type: 'script.started', ...inBuild, script: 'deploy', command: 'c1', installs: false },
  { type: 'script.started', ...inTest, script: 'test', command: 'c2', installs: false },
  { type: 'gate.opened', ...inBuild },
  { type: 'gate.opened', ...inTest },
  { type: 'message.planned', message: 'm1', dueAt: at, epoch: 1 },
  { type: 'message.planned', message: 'm2', dueAt: at, epoch: 1 },
  { type: 'report.planned', report: 'daily', dueAt: at, epoch: 1 },
  { type: 'report.planned', report: 'begun', dueAt: at, epoch: 1 },
  { type: 'report.sending', report: 'begun', dueAt: at },
  {
    type: 'incident.opened',
    ...inBuild,
    incident: 'i1',
    severity: 'user',
    title: { code: 'reported', params: { words: quoted('one') } },
  },
  {
    type: 'incident.opened',
    ...inTest,
    incident: 'i2',
    severity: 'major',
    title: { code: 'reported', params: { words: quoted('two') } },
  },
  { type: 'component.switched', component: 'ocr', state: 'off' },
  { type: 'component.switched', component: 'chatbot', state: 'limited' },
  { type: 'task.opened', task: 't1', title: { code: 'step', params: { text: 'Look' } }, owner: 'qa' },
  { type: 'task.opened', task: 't2', title: { code: 'step', params: { text: 'Look again' } }, owner: 'qa' },
  { type: 'risk.changed', risk: 'R1', state: 'threatening', check: 'errors' },
  { type: 'risk.changed', risk: 'R2', state: 'quiet', check: 'errors' },
  { type: 'measure.recorded', measure: 'm1', value: 1, samples: 10 },
  { type: 'measure.recorded', measure: 'm2', value: 2, samples: 20 },
);

export const later = '2025-03-11T09:00:00.000Z';
/** What a release becomes when these facts happen a day later. */
export const following = (release: Release, ...facts: readonly Fact[]) =>
  record(release, facts, { at: later, actor: 'user:bob' }).next;
