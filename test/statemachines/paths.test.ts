/** The ways through a release, on the real definition: what is answered, and what is called from there on. */
import { describe, expect, it } from 'vitest';
import { gate, observation } from '#test/support/builders.ts';
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

const entered = (id: string, attempt = 1) =>
  ['await-start', 'open-phase', 'pass-gate', 'close-phase'].map((step) => `${step} ${id}#${attempt}`);
const built = ['admit-release', ...entered('build')];
const start = [...built, ...entered('pilot')];
const upTo = (...steps: readonly string[]) => steps.map((step) => `${step} launch#1`);
const toBake = upTo('await-start', 'open-phase', 'complete-checklist', 'expose-users', 'observe');
const toGate = [...toBake, ...upTo('pass-gate')];
const end = ['finish-follow-up', 'close-release', 'SUCCEEDED'];
const full = ['expose-users launch#1', 'open-task launch#1', 'close-release', 'Release.RolledBack'];
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
      [...start, ...toBake, 'hold-phase launch#1', ...upTo('pass-gate', 'close-phase'), ...end],
    ],
    [
      'whose bake falls silent: diagnosed, then held',
      {
        observe: 'silent',
        'diagnose-silence': { action: 'hold' },
        'hold-phase': { resolution: 'roll-back' },
        'choose-rollback': { level: 'full', component: '' },
      },
      [
        ...[...start, ...toBake, ...upTo('diagnose-silence', 'hold-phase', 'close-phase')],
        ...['choose-rollback launch#1', ...full],
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
        ...['expose-users build#2', 'open-task build#2', 'close-release', 'Release.RolledBack'],
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
        ...['await-decision build#1', 'close-release', 'Release.Abandoned'],
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
      'whose rollback fails',
      { observe: unhealthy, 'choose-rollback': { level: 'full', component: '' }, 'open-task': 'Broken' },
      [
        ...[...start, ...toBake, 'close-phase launch#1', 'choose-rollback launch#1', 'expose-users launch#1'],
        ...['open-task launch#1', 'call-to-failed-rollback launch#1'],
        ...['close-release', 'Release.RollbackFailed'],
      ],
    ],
  ])('%s', async (_title, answers, expected) => {
    expect(await walk(plan, answers)).toEqual(expected);
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
