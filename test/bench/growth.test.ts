import { describe, expect, it } from 'vitest';
import { lint } from '#domain/lint/lint.ts';
import { withLongerBakes, withMoreChecks } from '../../bench/cost/growth.ts';
import { readPlanForTest } from '../support/plans.ts';

const plan = readPlanForTest('technicia');
const bakes = ({ phases }: typeof plan) => phases.flatMap(({ observation }) => observation ?? []);

describe('a plan that grows', () => {
  it('has longer bakes and later deadlines, and else is the same', () => {
    const longer = bakes(withLongerBakes(plan, 4));
    expect(longer.map((one) => one.continuousHealthHours)).toEqual([192, 288, 96, 960]);
    expect(longer.map((one) => one.deadlineHours)).toEqual(bakes(plan).map((one) => 4 * one.deadlineHours));
    expect(withLongerBakes(plan, 1)).toEqual(plan);
  });

  it('has more checks, each of which the plan knows', () => {
    const more = withMoreChecks(plan, 3);
    for (const [index, { checks }] of bakes(more).entries()) {
      expect(checks.length).toBe(3 * (bakes(plan)[index]?.checks.length ?? 0));
      expect(new Set(checks).size).toBe(checks.length);
    }
    expect(lint(more).filter(({ rule }) => rule === 'unknown-reference')).toEqual([]);
    expect(withMoreChecks(plan, 1)).toEqual(plan);
  });
});
