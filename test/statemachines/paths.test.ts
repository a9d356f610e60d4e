/** The ways through a release, on the real definition: what is answered, and what is called from there on. */
import { describe, expect, it } from 'vitest';
import { check, gate, observation } from '#test/support/builders.ts';
import { checklist, item, phase, smallPlan } from '#test/support/plans.ts';
import { type Answers, walk } from '#test/support/walk.ts';

const plan = smallPlan({
  scripts: { deploy: { path: 'deploy.ps1', arguments: {}, timeoutMinutes: 5 } },
  phases: [
    phase('build', { attemptsMax: 2 }),
    phase('pilot'),
    phase('launch', {
      scripts: [{ script: 'deploy', when: 'resumed', onFail: 'correct' }],
      checklists: [checklist(item('a'))],
      exposure: 10,
      observation: observation(),
      gate: gate(),
      correction: { phase: 'build' },
      attemptsMax: 2,
    }),
  ],
});

/** Corrections enough, so that it is the corrected phase that has no attempt left. */
const correcting = {
  ...plan,
  phases: plan.phases.map((one) => (one.id === 'build' ? { ...one, attemptsMax: 9 } : one)),
};

const entered = (id: string, attempt = 1) =>
  ['await-start', 'open-phase', 'pass-gate', 'close-phase'].map((step) => `${step} ${id}#${attempt}`);
const built = ['admit-release', ...entered('build')];
const start = [...built, ...entered('pilot')];
const upTo = (...steps: readonly string[]) => steps.map((step) => `${step} launch#1`);
const toBake = upTo('await-start', 'open-phase', 'complete-checklist', 'expose-users', 'observe');
const toGate = [...toBake, ...upTo('pass-gate')];
const end = ['finish-follow-up', 'close-release', 'SUCCEEDED'];
const full = [
  ...upTo('expose-users', 'await-agreement', 'open-task'),
  ...['close-release', 'Release.RolledBack'],
];
const ordered = { ordered: { outcome: 'roll-back', reason: { level: 'full' } } };
const retry = { decision: 'retry' };
const unhealthy = { verdict: 'unhealthy', reason: { severity: 'technical', component: 'ocr' } };

describe('a release', () => {
  it.each<[string, Answers, readonly string[]]>([
    ['where all goes well', {}, [...start, ...toGate, 'close-phase launch#1', ...end]],
    ['that is not admitted', { 'admit-release': 'ProductBusy' }, ['admit-release', 'Release.Refused']],
    [
      'whose bake is unhealthy, rolled back in full',
      { observe: unhealthy, 'choose-rollback': { level: 'full', component: '' } },
      [...start, ...toBake, 'close-phase launch#1', 'choose-rollback launch#1', ...full],
    ],
    [
      'whose bake is unhealthy, rolled back in part: corrected, then the same phase again',
      { 'observe launch#1': unhealthy, 'choose-rollback': { level: 'partial', component: 'ocr' } },
      [
        ...[...start, ...toBake, 'close-phase launch#1', 'choose-rollback launch#1', 'open-task launch#1'],
        ...entered('build', 2),
        ...['await-start', 'open-phase', 'run-script', 'complete-checklist'].map(
          (step) => `${step} launch#2`,
        ),
        ...['expose-users', 'observe', 'pass-gate', 'close-phase'].map((step) => `${step} launch#2`),
        ...end,
      ],
    ],
    [
      'whose bake tells nothing: a person decides',
      { observe: { verdict: 'inconclusive', reason: {} }, 'hold-phase': { resolution: 'gate' } },
      [
        ...start,
        ...toBake,
        'hold-phase launch#1 from observation',
        ...upTo('pass-gate', 'close-phase'),
        ...end,
      ],
    ],
    [
      'whose bake falls silent: diagnosed, then held',
      {
        observe: 'silent',
        'diagnose-silence': { action: 'hold' },
        'hold-phase': { ...ordered, resolution: 'roll-back' },
        'choose-rollback': { level: 'full', component: '' },
      },
      [
        ...[...start, ...toBake, 'diagnose-silence launch#1 after 0 rearms'],
        ...['hold-phase launch#1 from observation', 'close-phase launch#1'],
        ...['choose-rollback launch#1', ...full],
      ],
    ],
    [
      'whose bake falls silent again and again: each diagnosis is told how often it was observed again',
      {
        observe: 'silent',
        'diagnose-silence': { action: 'observe' },
        'diagnose-silence launch#1 after 2 rearms': { action: 'hold' },
        'hold-phase': { resolution: 'gate' },
      },
      [
        ...[...start, ...toBake, 'diagnose-silence launch#1 after 0 rearms'],
        ...['observe launch#1', 'diagnose-silence launch#1 after 1 rearms'],
        ...['observe launch#1', 'diagnose-silence launch#1 after 2 rearms'],
        ...['hold-phase launch#1 from observation', ...upTo('pass-gate', 'close-phase'), ...end],
      ],
    ],
    [
      'whose gate holds: held from the gate, also after a bake',
      {
        'pass-gate launch#1': { outcome: 'hold', reason: {} },
        'hold-phase': { ...ordered, resolution: 'roll-back' },
        'choose-rollback': { level: 'full', component: '' },
      },
      [
        ...[...start, ...toGate, 'hold-phase launch#1 from gate', 'close-phase launch#1'],
        ...['choose-rollback launch#1', ...full],
      ],
    ],
    [
      'rolled back in part when no correction is left: a person decides',
      {
        'pass-gate build#1': { outcome: 'correct', reason: {} },
        'observe launch#1': unhealthy,
        'choose-rollback': { level: 'partial', component: 'ocr' },
        'await-decision': { decision: 'abandon' },
      },
      [
        ...[...built, 'correct-phase build#1', ...entered('build', 2), ...entered('pilot'), ...toBake],
        ...upTo('close-phase', 'choose-rollback', 'open-task', 'await-decision', 'await-agreement'),
        ...['close-release', 'Release.Abandoned'],
      ],
    ],
    [
      'whose gate asks for a correction in place: the same phase again',
      { 'pass-gate build#1': { outcome: 'correct', reason: {} } },
      [
        ...built,
        'correct-phase build#1',
        ...entered('build', 2),
        ...entered('pilot'),
        ...toGate,
        'close-phase launch#1',
        ...end,
      ],
    ],
    [
      'that needs more corrections than it may have',
      {
        'pass-gate build': { outcome: 'correct', reason: {} },
        'choose-rollback': { level: 'full', component: '' },
      },
      [
        ...[...built, 'correct-phase build#1', ...entered('build', 2), 'choose-rollback build#2'],
        ...['expose-users build#2', 'await-agreement build#2', 'open-task build#2'],
        ...['close-release', 'Release.RolledBack'],
      ],
    ],
    [
      'that fails before anything was given, and is given up',
      {
        'open-phase build': 'Broken',
        'choose-rollback': { level: 'none', component: '' },
        'await-decision': { decision: 'abandon' },
      },
      [
        ...['admit-release', 'await-start build#1', 'open-phase build#1', 'choose-rollback build#1'],
        ...['await-decision build#1', 'await-agreement build#1', 'close-release', 'Release.Abandoned'],
      ],
    ],
    [
      'that fails before anything was given, and is tried again',
      {
        'open-phase build#1': 'Broken',
        'choose-rollback': { level: 'none', component: '' },
        'await-decision': { decision: 'retry' },
      },
      [
        ...['admit-release', 'await-start build#1', 'open-phase build#1', 'choose-rollback build#1'],
        ...[
          'await-decision build#1',
          ...entered('build', 2),
          ...entered('pilot'),
          ...toGate,
          'close-phase launch#1',
          ...end,
        ],
      ],
    ],
    [
      'whose rollback fails: people are called, and asked',
      {
        observe: unhealthy,
        'choose-rollback': { level: 'full', component: '' },
        'open-task': 'Broken',
        'await-decision': { decision: 'abandon' },
      },
      [
        ...[...start, ...toBake, 'close-phase launch#1', 'choose-rollback launch#1'],
        ...upTo('expose-users', 'await-agreement', 'open-task', 'call-to-failed-rollback', 'await-decision'),
        ...['await-agreement launch#1', 'close-release', 'Release.RollbackFailed'],
      ],
    ],
    [
      'of which access is withdrawn only: a person decides',
      {
        observe: unhealthy,
        'choose-rollback': { level: 'withdraw', component: '' },
        'await-decision': retry,
      },
      [
        ...[...start, ...toBake, 'close-phase launch#1', 'choose-rollback launch#1'],
        ...upTo('expose-users', 'await-decision'),
        ...['await-start launch#2', 'open-phase launch#2'],
      ],
    ],
    [
      'of which a component is switched off only: a person decides',
      {
        observe: unhealthy,
        'choose-rollback': { level: 'switch-off', component: 'ocr' },
        'await-decision': retry,
      },
      [
        ...[...start, ...toBake, 'close-phase launch#1', 'choose-rollback launch#1'],
        ...upTo('switch-component', 'await-decision'),
        ...['await-start launch#2', 'open-phase launch#2'],
      ],
    ],
    [
      'whose full rollback is declined: nothing of it happens',
      {
        observe: unhealthy,
        'choose-rollback': { level: 'full', component: '' },
        'await-agreement': { answer: 'declined' },
        'await-decision': retry,
      },
      [
        ...[...start, ...toBake, 'close-phase launch#1', 'choose-rollback launch#1'],
        ...upTo('expose-users', 'await-agreement', 'await-decision'),
        ...['await-start launch#2', 'open-phase launch#2'],
      ],
    ],
    [
      'whose people order another level than the one that waits for their agreement',
      {
        observe: unhealthy,
        'choose-rollback': { level: 'full', component: '' },
        'await-agreement': ordered,
      },
      [
        ...[...start, ...toBake, 'close-phase launch#1', 'choose-rollback launch#1'],
        ...upTo('expose-users', 'await-agreement', 'choose-rollback', 'expose-users', 'await-agreement'),
      ],
    ],
  ])('takes the steps that the plan asks of one %s', async (_title, answers, expected) => {
    const calls = await walk(plan, answers);
    // What is tried again goes the same way again.
    expect(calls.slice(0, expected.length)).toEqual(expected);
    if (answers['await-decision'] !== retry && answers['await-agreement'] !== ordered)
      expect(calls).toHaveLength(expected.length);
  });

  it.each<[string, Answers, readonly string[]]>([
    [
      'is not corrected for',
      { 'pass-gate launch': { outcome: 'correct', reason: {} } },
      ['build#1', 'pilot#1', 'launch#1', 'build#2', 'launch#2'],
    ],
    [
      'is not entered again after a correction',
      {
        observe: unhealthy,
        'choose-rollback launch': { level: 'partial', component: 'ocr' },
      },
      ['build#1', 'pilot#1', 'launch#1', 'build#2', 'launch#2', 'build#3'],
    ],
  ])('with a phase that has no attempt left: it %s', async (_title, answers, expected) => {
    const calls = await walk(correcting, { 'choose-rollback': { level: 'full', component: '' }, ...answers });
    const opened = calls.filter((call) => call.startsWith('open-phase'));
    expect(opened).toEqual(expected.map((one) => `open-phase ${one}`));
    expect(calls.at(-1)).toBe('Release.RolledBack');
  });

  it('tries again what may pass by itself, six times', async () => {
    const calls = await walk(plan, {
      'expose-users': 'ServiceUnavailable',
      'choose-rollback': { level: 'none', component: '' },
      'await-decision': { decision: 'abandon' },
    });
    expect(calls.filter((call) => call === 'expose-users launch#1')).toHaveLength(7);
  });
});

describe('a phase that compares its cohorts', () => {
  const checks = { errors: check({ metric: 'rate', compare: 'control', tolerance: 1.1 }) };
  const comparing = { ...plan, checks };
  const toComparison = [
    ...start,
    ...upTo('await-start', 'open-phase', 'complete-checklist', 'compare-cohorts'),
  ];
  const onwards = [...upTo('expose-users', 'observe', 'pass-gate', 'close-phase'), ...end];
  const differ = { 'compare-cohorts': { verdict: 'unhealthy' } };

  it.each<[string, Answers, readonly string[]]>([
    ['exposes its users when they are alike', {}, [...toComparison, ...onwards]],
    [
      'exposes them when nothing can be compared yet',
      { 'compare-cohorts': { verdict: 'unknown' } },
      [...toComparison, ...onwards],
    ],
    [
      'waits for a person when they differ',
      { ...differ, 'hold-phase': { resolution: 'expose' } },
      [...toComparison, 'hold-phase launch#1 from exposure', ...onwards],
    ],
    [
      'can be rolled back instead',
      {
        ...differ,
        'hold-phase': { ...ordered, resolution: 'roll-back' },
        'choose-rollback': { level: 'full', component: '' },
      },
      [
        ...[...toComparison, 'hold-phase launch#1 from exposure', 'close-phase launch#1'],
        ...['choose-rollback launch#1', ...full],
      ],
    ],
  ])('takes the steps of a comparison: it %s', async (_title, answers, calls) => {
    expect(await walk(comparing, answers)).toEqual(calls);
  });

  it('has nothing to compare where everybody gets the new version', async () => {
    const phases = plan.phases.map((one) => (one.id === 'launch' ? { ...one, exposure: 100 } : one));
    const everybody = { ...comparing, phases };
    expect(await walk(everybody, {})).not.toContain('compare-cohorts launch#1');
  });
});
