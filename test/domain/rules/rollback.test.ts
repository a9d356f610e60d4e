import { describe, expect, it } from 'vitest';
import type { Reason } from '#domain/ledger/facts.ts';
import type { Severity } from '#domain/plan/plan.ts';
import { chooseRollback } from '#domain/rules/rollback.ts';
import { phase, smallPlan } from '#test/support/plans.ts';

const small = smallPlan({ phases: [phase('build', { attemptsMax: 3 })] });
/** `user` calls for degraded mode, `technical` for a partial rollback, `critical` and `major` for a full one. */
const plan = {
  ...small,
  rollback: {
    ...small.rollback,
    full: { ...small.rollback.full, severities: ['critical', 'major'] as readonly Severity[] },
  },
};
const exposed = { deployed: true, exposure: 10 };

describe('chooseRollback', () => {
  it.each<[string, Reason, string]>([
    ['critical: everything', { severity: 'critical', component: 'ocr' }, 'full ocr'],
    ['major: everything', { severity: 'major' }, 'full '],
    [
      'technical, with a component: that component',
      { severity: 'technical', component: 'ocr' },
      'partial ocr',
    ],
    ['technical, of the whole: everything', { severity: 'technical' }, 'full '],
    ['user, with a component: degraded mode', { severity: 'user', component: 'chatbot' }, 'degraded chatbot'],
    ['user, of the whole: everything', { severity: 'user' }, 'full '],
    ['no severity counts as critical', { component: 'ocr' }, 'full ocr'],
    ['a fault', { cause: { code: 'fault', params: { error: 'States.Timeout' } } }, 'full '],
  ])('chooses the level by severity and component: %s', (_title, reason, expected) => {
    const { level, component } = chooseRollback(plan, exposed, { phase: 'build', attempt: 1, reason });
    expect(`${level} ${component}`).toBe(expected);
  });

  it('takes everything back for a severity that no level claims', () => {
    const silent = { ...small.rollback.partial, severities: [] };
    const reason = { severity: 'technical', component: 'ocr' } as const;
    const unclaimed = { ...plan, rollback: { ...plan.rollback, partial: silent } };
    expect(chooseRollback(unclaimed, exposed, { phase: 'build', attempt: 1, reason }).level).toBe('full');
  });

  it.each([
    [1, 'partial'],
    [2, 'partial'],
    [3, 'full'],
    [4, 'full'],
  ] as const)('attempt %i of 3 leads to %s', (attempt, level) => {
    const reason = { severity: 'technical', component: 'ocr' } as const;
    expect(chooseRollback(plan, exposed, { phase: 'build', attempt, reason }).level).toBe(level);
  });

  it.each([
    [{ deployed: false, exposure: 0 }, 'none'],
    [{ deployed: true, exposure: 0 }, 'full'],
    [{ deployed: false, exposure: 10 }, 'full'],
    [{ deployed: true, exposure: 100 }, 'full'],
  ] as const)('undoes only what was deployed or given: of %o it is %s', (release, level) => {
    const reason = { severity: 'critical' } as const;
    expect(chooseRollback(plan, release, { phase: 'build', attempt: 3, reason })).toEqual({
      level,
      component: '',
    });
  });
});
