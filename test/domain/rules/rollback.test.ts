import { describe, expect, it } from 'vitest';
import type { Cause } from '#domain/ledger/causes.ts';
import type { Reason } from '#domain/ledger/facts.ts';
import type { Release } from '#domain/ledger/records.ts';
import type { Plan, Severity } from '#domain/plan/plan.ts';
import { quoted } from '#domain/quoted.ts';
import { chooseRollback } from '#domain/rules/rollback.ts';
import { phase, readPlanForTest, smallPlan } from '#test/support/plans.ts';

const gate = {
  ...phase('build').gate,
  criteria: [
    { id: '1', text: 'Few errors', check: 'errors', onFail: 'roll-back' as const },
    { id: '2', text: 'Fast', check: 'latency', onFail: 'roll-back' as const },
  ],
};
const small = smallPlan({ phases: [phase('build', { attemptsMax: 3, gate })] });
const anyCheck = Object.values(readPlanForTest('technicia').checks).at(0);
if (!anyCheck) throw new Error('the plan has no check');
/** `user` calls for degraded mode, `technical` for a partial rollback, `critical` and `major` for a full one. */
const plan: Plan = {
  ...small,
  checks: { errors: { ...anyCheck, class: 'rollback' }, latency: { ...anyCheck, class: 'observe' } },
  rollback: {
    ...small.rollback,
    full: { ...small.rollback.full, severities: ['critical', 'major'] as readonly Severity[] },
  },
};
type Given = Pick<Release, 'deployed' | 'exposure' | 'exposing' | 'phases'>;
const exposed: Given = { deployed: true, exposure: 10, phases: {} };
const verdict: Cause = {
  code: 'check',
  params: { check: 'errors', answer: { code: 'no-data', params: {} } },
};
const choose = (reason: Reason, release: Given = exposed) => {
  const { level, component } = chooseRollback(plan, release, { phase: 'build', reason });
  return `${level} ${component}`;
};

describe('a verdict', () => {
  it.each<[string, Reason, string]>([
    ['critical: everything', { severity: 'critical', component: 'ocr' }, 'full ocr'],
    ['major: everything', { severity: 'major' }, 'full '],
    ['technical, of a component: that one', { severity: 'technical', component: 'ocr' }, 'partial ocr'],
    ['user, of a component: degraded mode', { severity: 'user', component: 'chatbot' }, 'degraded chatbot'],
    ['no severity counts as critical', { component: 'ocr' }, 'full ocr'],
    ['technical, of nobody knows what: access only', { severity: 'technical' }, 'withdraw '],
    ['user, of nobody knows what: access only', { severity: 'user' }, 'withdraw '],
  ])('has the level of its severity: %s', (_title, reason, expected) =>
    expect(choose({ ...reason, cause: verdict })).toBe(expected),
  );

  it('may be that of a criterion of the gate, when its check is one that rolls back', () => {
    const failed = (criterion: string): Reason => ({
      severity: 'critical',
      cause: { code: 'criterion', params: { criterion } },
    });
    expect([choose(failed('1')), choose(failed('2')), choose(failed('of another gate'))]).toEqual([
      'full ',
      'withdraw ',
      'withdraw ',
    ]);
  });

  it('of a severity that no level claims asks for everything', () => {
    const silent = { ...small.rollback.partial, severities: [] };
    const reason = { severity: 'technical', component: 'ocr', cause: verdict } as const;
    const unclaimed = { ...plan, rollback: { ...plan.rollback, partial: silent } };
    expect(chooseRollback(unclaimed, exposed, { phase: 'build', reason }).level).toBe('full');
  });

  it.each<[Given, string]>([
    [{ deployed: false, exposure: 0, phases: {} }, 'none '],
    [{ deployed: true, exposure: 0, phases: {} }, 'full '],
    [{ deployed: false, exposure: 10, phases: {} }, 'full '],
    [{ deployed: false, exposure: 0, exposing: 10, phases: {} }, 'full '],
    [{ deployed: true, exposure: 100, phases: {} }, 'full '],
  ])('undoes only what was deployed or given: of %o it is %s', (release, expected) =>
    expect(choose({ severity: 'critical', cause: verdict }, release)).toBe(expected),
  );
});

describe('what is no verdict', () => {
  const rejected: Cause = { code: 'rejected', params: { role: 'qa', by: 'ada', comment: quoted('no') } };
  const late: Cause = { code: 'gate-late', params: { need: { code: 'paused', params: {} } } };
  const failed: Cause = { code: 'script', params: { script: 'deploy' } };

  it.each([rejected, late, failed])('takes back what can be given again, and asks: $code', (cause) => {
    expect(choose({ severity: 'critical', cause })).toBe('withdraw ');
    expect(choose({ severity: 'technical', component: 'ocr', cause })).toBe('switch-off ocr');
    expect(choose({ severity: 'user', cause })).toBe('withdraw ');
    expect(choose({ severity: 'critical', cause }, { deployed: true, exposure: 0, phases: {} })).toBe(
      'none ',
    );
  });

  it.each<Cause | undefined>([
    { code: 'fault', params: { error: 'States.Timeout' } },
    { code: 'no-correction', params: { error: 'States.Timeout' } },
    { code: 'held-too-often', params: { holds: 6 } },
    { code: 'ordered', params: { by: 'ada', reason: quoted('slow') } },
    undefined,
  ])('and says nothing of the product leaves users what they have: %o', (cause) =>
    expect(choose({ severity: 'critical', ...(cause && { cause }) })).toBe('none '),
  );

  it('of a phase that has no correction left asks, whatever the cause', () => {
    const build = { attempt: 3, status: 'closed', openedAt: '', late: false, outcome: 'correct' } as const;
    const phases = { build };
    expect(choose({ severity: 'critical', cause: verdict }, { ...exposed, phases })).toBe('none ');
  });
});

it('a person gets the level that they have named', () => {
  const cause: Cause = { code: 'ordered', params: { by: 'ada', reason: quoted('slow') } };
  const nothing: Given = { deployed: false, exposure: 0, phases: {} };
  expect(choose({ level: 'full', cause }, nothing)).toBe('full ');
  expect(choose({ level: 'partial', component: 'ocr', cause })).toBe('partial ocr');
});
