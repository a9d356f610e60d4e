import { describe, expect, it } from 'vitest';
import type { Fact } from '#domain/ledger/facts.ts';
import { scorecard } from '#domain/rules/scorecard.ts';
import { admitted, technicia, told } from '#test/cli/story.ts';

const at = '2025-05-20T09:00:00.000Z';
const score = (check: string, facts: readonly Fact[], today = '2025-05-20') => {
  const { release } = told([[at, admitted, ...facts]]);
  return scorecard(technicia, release, today).find(({ metric }) => metric.check === check);
};
const measured = (measure: string, value: number): Fact => ({
  type: 'measure.recorded',
  measure,
  value,
  samples: 40,
});
const measureOf = (check: string) => technicia.checks[check]?.source.query ?? '';
/** The gate of a phase read a check. */
const gateRead = (phase: string, check: string, value: number): readonly Fact[] => {
  const criterion = technicia.phases
    .find(({ id }) => id === phase)
    ?.gate.criteria.find((one) => one.check === check);
  if (!criterion) throw new Error(`the gate of ${phase} has no criterion of ${check}`);
  const readings = [{ criterion: criterion.id, verdict: 'healthy', value }] as const;
  return [
    { type: 'phase.opened', phase, attempt: 1 },
    { type: 'gate.opened', phase, attempt: 1 },
    { type: 'gate.decided', phase, attempt: 1, outcome: 'promote', readings, reason: {} },
  ];
};
const judgedAtGates = (check: string) =>
  technicia.phases.filter(({ gate }) => gate.criteria.some((one) => one.check === check)).map(({ id }) => id);

describe('a scorecard', () => {
  it('has every success metric of the plan, unknown while nothing was recorded', () => {
    const { release } = told([[at, admitted]]);
    const all = scorecard(technicia, release, '2025-05-20');
    expect(all.map(({ metric }) => metric.name)).toEqual(technicia.successMetrics.map(({ name }) => name));
    expect(new Set(all.map(({ verdict, value }) => `${verdict} ${value}`))).toEqual(
      new Set(['unknown undefined']),
    );
  });

  it.each<[number, string]>([
    [86, 'healthy'],
    [85, 'unhealthy'],
  ])('judges a satisfaction of %d %% by its objective', (value, verdict) => {
    expect(score('satisfaction', [measured(measureOf('satisfaction'), value)])).toMatchObject({
      value,
      verdict,
    });
  });

  it('waits for the day from which a metric counts', () => {
    const facts = [measured(measureOf('adoption'), 80)];
    expect(score('adoption', facts, '2025-06-16')).toMatchObject({
      verdict: 'inconclusive',
      from: '2025-06-17',
    });
    expect(score('adoption', facts, '2025-06-17')).toMatchObject({ verdict: 'healthy', value: 80 });
  });

  it('takes what other sources said from the gate that asked last', () => {
    const check = technicia.successMetrics
      .map((one) => one.check)
      .find((one) => technicia.checks[one]?.source.kind !== 'jalon' && judgedAtGates(one).length > 1);
    const [first = '', second = ''] = judgedAtGates(check ?? '');
    const facts = [...gateRead(second, check ?? '', 2), ...gateRead(first, check ?? '', 1)];
    expect(score(check ?? '', facts)?.value).toBe(2);
    expect(score(check ?? '', gateRead(first, check ?? '', 1))?.value).toBe(1);
  });
});
