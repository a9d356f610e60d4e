import { describe, expect, it } from 'vitest';
import type { Fact, RiskState } from '#domain/ledger/facts.ts';
import type { Risk } from '#domain/plan/plan.ts';
import { risksOf } from '#domain/rules/risks.ts';
import { releaseAfter } from '#test/support/builders.ts';
import { smallPlan } from '#test/support/plans.ts';

const risk = (id: string, ...checks: readonly string[]): Risk => ({
  id,
  name: id,
  probability: 'low',
  impact: 'high',
  gravity: 'high',
  mitigation: 'none',
  watchedBy: { checks, phases: [] },
});
const plan = smallPlan({ risks: [risk('R1', 'errors', 'latency'), risk('R2', 'errors'), risk('R3')] });
const changed = (id: string, state: RiskState, check: string): Fact => ({
  type: 'risk.changed',
  risk: id,
  state,
  check,
});

describe('what a check says of the risks that it watches', () => {
  it.each<[string, readonly Fact[], string, RiskState, readonly string[]]>([
    ['is told of each of them', [], 'errors', 'threatening', ['R1', 'R2']],
    ['is told of those it watches only', [], 'latency', 'threatening', ['R1']],
    ['is no news when nothing threatened', [], 'errors', 'quiet', []],
    ['is told once', [changed('R2', 'threatening', 'errors')], 'errors', 'threatening', ['R1']],
    [
      'is over when the same check says so',
      [changed('R1', 'threatening', 'errors')],
      'errors',
      'quiet',
      ['R1'],
    ],
    [
      'is not over because another check is well',
      [changed('R1', 'threatening', 'errors')],
      'latency',
      'quiet',
      [],
    ],
  ])('is a change of state or nothing: it %s', (_title, before, check, state, risks) => {
    expect(risksOf(plan, releaseAfter(...before), check, state)).toEqual(
      risks.map((id) => changed(id, state, check)),
    );
  });
});
