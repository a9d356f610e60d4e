/** What each fact changes in a release, and that it changes nothing else. */

import { describe, expect, it } from 'vitest';
import type { Fact } from '#domain/ledger/facts.ts';
import { type Release, tableNames } from '#domain/ledger/records.ts';
import { quoted } from '#domain/quoted.ts';
import { at, following, inBuild, later, rich } from '#test/support/builders.ts';

const fields = [
  'product',
  'version',
  'planRevision',
  'launchDay',
  'startedBy',
  'startedAt',
  'executionArn',
  'status',
  'closedAt',
  'paused',
  'exposure',
  'deployed',
  'order',
  'rollback',
  'badVersion',
  'overriddenFreezes',
  'exposing',
] as const satisfies readonly (keyof Release)[];

const weekly = { dueAt: '2025-03-14T16:30:00.000Z', epoch: 2 } as const;
const reason = { severity: 'major', cause: { code: 'not-proven', params: { hours: 4 } } } as const;
const opening = { openedAt: at, status: 'open', attempt: 1, late: false } as const;

/** A fact, and every row or field that it changes with what is there afterwards; an absent row is `undefined`. */
const effects: readonly (readonly [Fact, Readonly<Record<string, unknown>>])[] = [
  [{ type: 'release.paused', reason: quoted('x') }, { paused: true }],
  [
    { type: 'launch.moved', from: '2025-03-10', to: '2025-03-17', reason: quoted('') },
    { launchDay: '2025-03-17' },
  ],
  [
    { type: 'release.closed', outcome: 'rolled-back', reason: { code: 'run-through', params: {} } },
    { status: 'rolled-back', closedAt: later },
  ],
  [{ type: 'version.marked-bad', version: '2.0.0', reason: quoted('x') }, { badVersion: '2.0.0' }],
  [{ type: 'candidate.replaced', from: '2.0.0', to: '2.0.1', reason: quoted('x') }, { version: '2.0.1' }],
  [
    { type: 'freeze.overridden', freeze: 'nights', until: later, reason: quoted('x') },
    { overriddenFreezes: { nights: later } },
  ],
  [
    { type: 'phase.ordered', ...inBuild, order: 'hold', by: 'ada', reason: quoted('x') },
    { order: { ...inBuild, order: 'hold', by: 'ada', reason: 'x' } },
  ],
  [
    { type: 'item.unticked', ...inBuild, item: 'a', by: 'ada', reason: quoted('x') },
    { 'items.build/a': undefined },
  ],
  [
    { type: 'gate.override-asked', ...inBuild, criterion: 'c', by: 'ada', comment: quoted('x') },
    { 'phases.build': { ...opening, overrides: { c: { askedBy: 'ada', comment: 'x' } } } },
  ],
  [
    { type: 'gate.overridden', ...inBuild, criterion: 'c', by: 'bob', comment: quoted('x') },
    { 'phases.build': { ...opening, overrides: { c: { askedBy: '', comment: '', grantedBy: 'bob' } } } },
  ],
  [
    { type: 'phase.opened', phase: 'launch', attempt: 1 },
    { 'phases.launch': { ...opening, openedAt: later } },
  ],
  [
    { type: 'phase.opened', phase: 'build', attempt: 2 },
    { 'phases.build': { ...opening, attempt: 2, openedAt: later }, 'items.build/a': undefined },
  ],
  [{ type: 'phase.held', ...inBuild, from: 'gate' }, { 'phases.build': { ...opening, status: 'held' } }],
  [
    { type: 'phase.held', ...inBuild, from: 'exposure', because: { code: 'paused', params: {} } },
    { 'phases.build': { ...opening, status: 'held', heldBy: { code: 'paused', params: {} } } },
  ],
  [
    { type: 'phase.unblocked', ...inBuild, blocker: { code: 'paused', params: {} } },
    { 'phases.build': { ...opening, answers: { hold: 'unblocked' } } },
  ],
  [
    { type: 'phase.closed', ...inBuild, outcome: 'correct', reason },
    { 'phases.build': { ...opening, status: 'closed', closedAt: later, outcome: 'correct' } },
  ],
  [
    { type: 'report.planned', report: 'weekly', ...weekly },
    { 'reports.weekly': { status: 'planned', ...weekly, toldAt: later } },
  ],
  [
    { type: 'report.sending', report: 'daily', dueAt: at },
    { 'reports.daily': { status: 'planned', dueAt: at, epoch: 1, toldAt: at, sendingAt: later } },
  ],
  [
    { type: 'report.sent', report: 'begun', dueAt: at, told: ['qa'] },
    { 'reports.begun': { status: 'over', dueAt: at, epoch: 1, toldAt: later } },
  ],
  [
    { type: 'report.skipped', report: 'begun', dueAt: at, reason: { code: 'phases-over', params: {} } },
    { 'reports.begun': { status: 'over', dueAt: at, epoch: 1, toldAt: at } },
  ],
  [{ type: 'gate.reminded', phase: 'other', attempt: 1 }, {}],
  [{ type: 'phase.late', ...inBuild, open: 2 }, { 'phases.build': { ...opening, late: true } }],
  [
    { type: 'observation.concluded', ...inBuild, verdict: 'unhealthy', reason, healthyMinutes: 3 },
    { 'phases.build': { ...opening, observed: { verdict: 'unhealthy', reason } } },
  ],
  [
    { type: 'script.starting', ...inBuild, script: 'deploy', run: 'full.undo.deploy' },
    { 'phases.build': { ...opening, runs: ['full.undo.deploy'] } },
  ],
  [{ type: 'script.starting', phase: 'other', attempt: 1, script: 'deploy', run: 'deploy' }, {}],
  [
    { type: 'exposure.changing', ...inBuild, from: 0, to: 10 },
    { exposing: 10, deployed: true },
  ],
  [{ type: 'exposure.changing', ...inBuild, from: 0, to: 0 }, { exposing: 0 }],
  [
    { type: 'script.started', ...inBuild, script: 'deploy', command: 'c3', installs: false },
    { 'scripts.c3': { status: 'running', exitCode: -1, summary: '', startedAt: later } },
  ],
  [
    { type: 'script.started', ...inBuild, script: 'deploy', command: 'c3', installs: true },
    { 'scripts.c3': { status: 'running', exitCode: -1, summary: '', startedAt: later }, deployed: true },
  ],
  [
    {
      type: 'script.finished',
      ...inBuild,
      script: 'deploy',
      command: 'c1',
      status: 'succeeded',
      exitCode: 0,
      summary: quoted('ok'),
    },
    {
      'scripts.c1': { status: 'succeeded', exitCode: 0, summary: 'ok', startedAt: at },
      'measures.scripts.deploy.failures': { value: 0, samples: 1, at: later },
      'measures.scripts.deploy.minutes': { value: 1440, samples: 1, at: later },
    },
  ],
  [
    {
      type: 'script.finished',
      ...inBuild,
      script: 'deploy',
      command: 'c1',
      status: 'failed',
      exitCode: 3,
      summary: quoted('no'),
    },
    {
      'scripts.c1': { status: 'failed', exitCode: 3, summary: 'no', startedAt: at },
      'measures.scripts.deploy.failures': { value: 1, samples: 1, at: later },
    },
  ],
  [
    {
      type: 'item.ticked',
      ...inBuild,
      item: 'b',
      by: 'jalon',
      system: true,
      evidence: { code: 'words', params: { words: quoted('c1') } },
    },
    {
      'items.build/b': {
        status: 'done',
        by: 'jalon',
        at: later,
        evidence: { code: 'words', params: { words: 'c1' } },
      },
    },
  ],
  [
    { type: 'item.waived', ...inBuild, item: 'b', by: 'ada', reason: quoted('none here') },
    {
      'items.build/b': {
        status: 'waived',
        by: 'ada',
        at: later,
        evidence: { code: 'words', params: { words: 'none here' } },
      },
    },
  ],
  [
    { type: 'exposure.changed', ...inBuild, from: 0, to: 10 },
    { exposure: 10, deployed: true, 'phases.build': { ...opening, exposedAt: later } },
  ],
  [{ type: 'access.withdrawn', from: 10, reason: quoted('aborted') }, { exposure: 0 }],
  [
    { type: 'gate.opened', phase: 'build', attempt: 2 },
    { 'gates.build#2': { openedAt: later, approvals: [], escalated: false } },
  ],
  [
    { type: 'gate.approved', ...inBuild, role: 'qa', by: 'bob', comment: quoted('fine') },
    {
      'gates.build#1': {
        openedAt: at,
        escalated: false,
        approvals: [{ role: 'qa', by: 'bob', at: later, approved: true, comment: 'fine' }],
      },
    },
  ],
  [
    { type: 'gate.rejected', ...inBuild, role: 'qa', by: 'bob', comment: quoted('slow') },
    {
      'gates.build#1': {
        openedAt: at,
        escalated: false,
        approvals: [{ role: 'qa', by: 'bob', at: later, approved: false, comment: 'slow' }],
      },
    },
  ],
  [
    { type: 'gate.late', ...inBuild, waitsFor: { code: 'second-person', params: {} } },
    { 'gates.build#1': { openedAt: at, approvals: [], escalated: true } },
  ],
  [
    { type: 'gate.decided', ...inBuild, outcome: 'hold', readings: [], reason },
    {
      'gates.build#1': {
        openedAt: at,
        approvals: [],
        escalated: false,
        decided: { outcome: 'hold', reason, readings: [], at: later },
      },
    },
  ],
  [{ type: 'component.switched', component: 'ocr', state: 'on' }, { 'components.ocr': 'on' }],
  [
    { type: 'message.planned', message: 'm3', dueAt: later, epoch: 1 },
    { 'messages.m3': { status: 'planned', dueAt: later, epoch: 1, sent: 0 } },
  ],
  [
    { type: 'message.replanned', message: 'm1', dueAt: later, epoch: 2 },
    { 'messages.m1': { status: 'planned', dueAt: later, epoch: 2, sent: 0 } },
  ],
  [
    { type: 'message.held', message: 'm1', reason: { code: 'phase-not-opened', params: { phase: '' } } },
    { 'messages.m1': { status: 'held', dueAt: at, epoch: 1, sent: 0 } },
  ],
  [
    { type: 'message.sending', message: 'm1', campaign: 'c' },
    { 'messages.m1': { status: 'sending', dueAt: at, epoch: 1, sent: 0, campaign: 'c' } },
  ],
  [
    { type: 'message.sending', message: 'emergency', campaign: 'c' },
    { 'messages.emergency': { status: 'sending', epoch: 1, sent: 0, campaign: 'c' } },
  ],
  [
    { type: 'message.sent', message: 'm1', campaign: 'c', sent: 7, failed: 1, declined: 0 },
    { 'messages.m1': { status: 'sent', dueAt: at, epoch: 1, sent: 7, failed: 1 } },
  ],
  [
    { type: 'message.recounted', message: 'm1', campaign: 'c', sent: 8, failed: 0, declined: 0 },
    { 'messages.m1': { status: 'sent', dueAt: at, epoch: 1, sent: 8, failed: 0 } },
  ],
  [
    { type: 'message.skipped', message: 'm1', reason: { code: 'phases-over', params: {} } },
    { 'messages.m1': { status: 'skipped', dueAt: at, epoch: 1, sent: 0 } },
  ],
  [
    { type: 'message.cancelled', message: 'm1', reason: { code: 'phases-over', params: {} } },
    { 'messages.m1': { status: 'cancelled', dueAt: at, epoch: 1, sent: 0 } },
  ],
  [
    {
      type: 'incident.opened',
      ...inBuild,
      incident: 'i3',
      severity: 'critical',
      title: { code: 'reported', params: { words: quoted('three') } },
    },
    {
      'incidents.i3': {
        severity: 'critical',
        title: { code: 'reported', params: { words: 'three' } },
        phase: 'build',
        status: 'open',
        openedAt: later,
      },
    },
  ],
  [
    { type: 'incident.acknowledged', incident: 'i1', by: 'ada' },
    { 'incidents.i1': { ...incident('acknowledged') } },
  ],
  [{ type: 'incident.unanswered', incident: 'i1' }, { 'incidents.i1': { ...incident('unanswered') } }],
  [
    { type: 'incident.resolved', incident: 'i1', by: 'ada' },
    { 'incidents.i1': { ...incident('resolved'), resolvedAt: later } },
  ],
  [
    { type: 'task.opened', task: 't3', title: { code: 'step', params: { text: 'Fix' } }, owner: 'devops' },
    { 'tasks.t3': { title: { code: 'step', params: { text: 'Fix' } }, owner: 'devops', openedAt: later } },
  ],
  [
    { type: 'measure.recorded', measure: 'm1', value: 3, samples: 30 },
    { 'measures.m1': { value: 3, samples: 30, at: later } },
  ],
  [
    { type: 'rollback.chosen', ...inBuild, level: 'full', component: '', reason },
    {
      rollback: {
        ...inBuild,
        course: 'full',
        component: '',
        reason,
        chosenAt: later,
        people: [],
      },
    },
  ],
  [
    { type: 'phase.corrected', ...inBuild, comment: quoted('') },
    { 'phases.build': { ...opening, answers: { correction: 'corrected' } } },
  ],
  [
    { type: 'risk.changed', risk: 'R1', state: 'quiet', check: 'errors' },
    { 'risks.R1': { state: 'quiet', check: 'errors', at: later } },
  ],
  [
    { type: 'risk.changed', risk: 'R3', state: 'threatening', check: 'errors' },
    { 'risks.R3': { state: 'threatening', check: 'errors', at: later } },
  ],
  [
    { type: 'observation.breached', ...inBuild, check: 'errors', value: 2, reset: true, blame: 'release' },
    {},
  ],
  [{ type: 'observation.recovered', ...inBuild, check: 'errors' }, {}],
  [{ type: 'observation.foreseen', ...inBuild, sights: [] }, {}],
  [{ type: 'cohorts.compared', ...inBuild, verdict: 'healthy', checks: [] }, {}],
  [{ type: 'observation.frozen', ...inBuild, blind: { code: 'no-look', params: {} } }, {}],
  [{ type: 'observation.unfrozen', ...inBuild, minutes: 3 }, {}],
  [{ type: 'incident.called', incident: 'i1', level: 2, role: 'qa' }, {}],
  [
    { type: 'decision.taken', ...inBuild, decision: 'retry', by: 'ada', comment: quoted('') },
    { 'phases.build': { ...opening, answers: { decision: 'retry' } } },
  ],
  // About something that is not there: nothing.
  [
    { type: 'message.held', message: 'nobody', reason: { code: 'phase-not-opened', params: { phase: '' } } },
    {},
  ],
  [{ type: 'gate.approved', phase: 'build', attempt: 9, role: 'qa', by: 'bob', comment: quoted('') }, {}],
  [{ type: 'phase.closed', phase: 'nowhere', attempt: 1, outcome: 'promote', reason: {} }, {}],
  [{ type: 'incident.resolved', incident: 'nothing', by: 'ada' }, {}],
];

function incident(status: string) {
  return {
    severity: 'user',
    title: { code: 'reported', params: { words: 'one' } },
    phase: 'build',
    status,
    openedAt: at,
  };
}

/** Every field and every row of a release, by the names that `effects` uses. */
function parts(release: Release): Readonly<Record<string, unknown>> {
  const rows = tableNames.flatMap((table) =>
    Object.entries(release[table]).map(([key, row]) => [`${table}.${key}`, row] as const),
  );
  return Object.fromEntries([...fields.map((field) => [field, release[field]] as const), ...rows]);
}

describe('a fact', () => {
  it.each(effects)('$type changes what it is about; every other row keeps its identity', (fact, changed) => {
    const before = parts(rich);
    const now = parts(following(rich, fact));
    for (const key of new Set([...Object.keys(before), ...Object.keys(now), ...Object.keys(changed)])) {
      if (key in changed) expect(now[key], key).toEqual(changed[key]);
      else expect(now[key], key).toBe(before[key]);
    }
  });

  it.each(effects)('$type leaves tables without a changed row as they are', (fact, changed) => {
    const next = following(rich, fact);
    for (const table of tableNames) {
      const touched = Object.keys(changed).some((key) => key.startsWith(`${table}.`));
      if (!touched) expect(next[table], table).toBe(rich[table]);
    }
  });

  it('counts and chains', () => {
    const next = following(rich, { type: 'release.paused', reason: quoted('') });
    expect(next.seq).toBe(rich.seq + 1);
    expect(next.hash).not.toBe(rich.hash);
  });
});

describe('the tables of this test', () => {
  it('name every field of a release', () => {
    const sometimes: readonly string[] = [
      ...['closedAt', 'order', 'rollback', 'badVersion', 'overriddenFreezes', 'exposing'],
    ];
    const known = [...tableNames, ...fields, 'id', 'seq', 'hash'].filter((name) => !sometimes.includes(name));
    expect(Object.keys(rich).sort()).toEqual(known.sort());
  });
});
