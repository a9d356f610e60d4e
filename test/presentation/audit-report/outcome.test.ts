import { describe, expect, it } from 'vitest';
import type { Fact } from '#domain/ledger/facts.ts';
import { ledgerFormat } from '#domain/ledger/format.ts';
import type { ReleaseOutcome } from '#domain/ledger/outcomes.ts';
import { quoted } from '#domain/quoted.ts';
import { type AuditOutcome, outcomeOf, outcomes } from '#presentation/audit-report/outcome.ts';
import { frenchAccount } from '#presentation/messages/account.french.ts';
import { record } from '#test/support/hashed.ts';
import { readPlanForTest } from '#test/support/plans.ts';

const plan = readPlanForTest('technicia');
const launchPhase = { phase: plan.launch.phase, attempt: 1 };
const lastPhase = { phase: plan.phases.at(-1)?.id ?? '', attempt: 1 };

const admitted: Fact = {
  type: 'release.admitted',
  product: plan.product,
  version: '1.0.0',
  launchDay: plan.launch.day,
  startedBy: 'ada',
  executionArn: 'arn',
  format: ledgerFormat,
  planRevision: plan.revision.day,
};
type Dated = readonly [day: string, fact: Fact];
const closed = (outcome: ReleaseOutcome): Dated => [
  '2025-07-01',
  { type: 'release.closed', outcome, reason: { code: 'run-through', params: {} } },
];
const launched = (day = plan.launch.day): Dated => [
  day,
  { type: 'exposure.changed', ...launchPhase, from: 0, to: 10 },
];
const ended = (day = '2025-06-15'): Dated => [
  day,
  { type: 'phase.closed', ...lastPhase, outcome: 'promote', reason: {} },
];
const leftFor = (outcome: 'correct' | 'hold' | 'roll-back'): Dated => [
  '2025-05-20',
  { type: 'phase.closed', ...launchPhase, outcome, reason: {} },
];
const undone = (level: 'full' | 'partial' | 'degraded' | 'none'): Dated => [
  '2025-05-20',
  { type: 'rollback.chosen', ...launchPhase, level, component: 'ocr', reason: {} },
];

function outcomeAfter(...facts: readonly Dated[]): AuditOutcome {
  let release: Parameters<typeof record>[0] = 'r1';
  const entries = [];
  for (const [day, fact] of [['2025-04-09', admitted] as const, ...facts]) {
    const step: ReturnType<typeof record> = record(release, [fact], {
      at: `${day}T10:00:00.000Z`,
      actor: 'user:ada',
    });
    release = step.next;
    entries.push(...step.entries);
  }
  return typeof release === 'string' ? 'under-way' : outcomeOf(plan, release, entries);
}

const cases: Readonly<Record<AuditOutcome, readonly (readonly Dated[])[]>> = {
  'under-way': [[], [launched(), leftFor('roll-back'), undone('full')]],
  'as-planned': [
    [launched(), ended(), closed('completed')],
    // Every other phase may take what time it wants.
    [
      ['2025-05-12', { type: 'phase.opened', phase: 'corrections', attempt: 1 }],
      launched(),
      ended(),
      closed('completed'),
    ],
  ],
  late: [
    [launched('2025-05-19'), ended(), closed('completed')],
    [launched(), ended('2025-06-16'), closed('completed')],
    // Moving the launch day does not move the promise.
    [
      ['2025-05-09', { type: 'launch.moved', from: '2025-05-18', to: '2025-05-25', reason: quoted('') }],
      launched('2025-05-25'),
      ended('2025-06-22'),
      closed('completed'),
    ],
  ],
  corrected: [
    [launched(), leftFor('correct'), ended(), closed('completed')],
    [launched('2025-05-19'), leftFor('correct'), ended('2025-06-20'), closed('completed')],
    [launched(), leftFor('roll-back'), undone('none'), ended(), closed('completed')],
  ],
  'partly-rolled-back': [
    [launched(), leftFor('roll-back'), undone('partial'), ended(), closed('completed')],
    [
      launched(),
      leftFor('roll-back'),
      undone('degraded'),
      leftFor('correct'),
      ended('2025-06-20'),
      closed('completed'),
    ],
  ],
  'rolled-back': [[launched(), leftFor('roll-back'), undone('full'), closed('rolled-back')]],
  abandoned: [[leftFor('roll-back'), undone('none'), closed('abandoned')]],
  aborted: [[closed('aborted')], [launched(), leftFor('roll-back'), undone('partial'), closed('aborted')]],
  'rollback-failed': [[launched(), leftFor('roll-back'), undone('full'), closed('rollback-failed')]],
};

describe('the outcome of a release', () => {
  it.each(outcomes.flatMap((outcome) => cases[outcome].map((facts, index) => ({ outcome, facts, index }))))(
    'is told from the facts alone: $outcome ($index)',
    ({ outcome, facts }) => {
      expect(outcomeAfter(...facts)).toBe(outcome);
    },
  );

  it('has words of its own each', () => {
    expect(new Set(Object.values(frenchAccount.outcomes)).size).toBe(outcomes.length);
  });
});
