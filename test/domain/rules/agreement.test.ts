import { describe, expect, it } from 'vitest';
import type { Cause } from '#domain/ledger/causes.ts';
import type { RollbackRecord } from '#domain/ledger/records.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { irrevocableIn, isRunning, messagesOf, overdueMs, peopleMissing } from '#domain/rules/agreement.ts';
import { hourMs, minuteMs } from '#domain/time.ts';
import { readPlanForTest } from '#test/support/plans.ts';

const plan = readPlanForTest('technicia');
const automatic: Plan = {
  ...plan,
  rollback: { ...plan.rollback, full: { ...plan.rollback.full, restoreData: 'automatic' } },
};
const chosenAt = '2025-05-20T10:00:00.000Z';
const rollback: RollbackRecord = {
  phase: 'production-10',
  attempt: 1,
  course: 'full',
  component: '',
  reason: {},
  chosenAt,
  people: [],
};
const verdict: Cause = {
  code: 'check',
  params: { check: 'error-rate', answer: { code: 'no-data', params: {} } },
};

describe('agreement', () => {
  it('is asked for what ends the release or restores data, and for nothing else', () => {
    const courses = ['full', 'partial', 'degraded', 'withdraw', 'switch-off', 'none', 'abandon'] as const;
    expect(courses.filter((course) => irrevocableIn(plan, course))).toEqual(['full', 'abandon']);
    const [first] = plan.rollback.partial.steps;
    if (!first) throw new Error('the level has no steps');
    const partial = { ...plan.rollback.partial, steps: [{ ...first, restoresData: true as const }] };
    expect(irrevocableIn({ rollback: { ...plan.rollback, partial } }, 'partial')).toBe('partial');
  });

  it('takes two people, of whom who chose it is one', () => {
    const missing = [[], ['ada'], ['ada', 'bob'], ['ada', 'bob', 'eve']].map((people) =>
      peopleMissing(plan, { ...rollback, people }),
    );
    expect(missing).toEqual([2, 1, 0, 0]);
    expect(peopleMissing(plan, { ...rollback, course: 'abandon', people: ['ada'] })).toBe(1);
    expect(peopleMissing(plan, { ...rollback, course: 'partial' })).toBe(0);
  });

  it('is not asked for a verdict where the plan says so, and for everything else all the same', () => {
    const byVerdict = { ...rollback, reason: { cause: verdict } };
    expect(peopleMissing(plan, byVerdict)).toBe(2);
    expect(peopleMissing(automatic, byVerdict)).toBe(0);
    expect(peopleMissing(automatic, rollback)).toBe(2);
    expect(peopleMissing(automatic, { ...byVerdict, course: 'abandon' })).toBe(2);
  });
});

describe('a rollback', () => {
  const agreed = { ...rollback, people: ['ada', 'bob'], agreedAt: '2025-05-20T10:10:00.000Z' };

  it('runs once everybody agrees, until it has failed', () => {
    const running = [rollback, agreed, { ...agreed, failed: 'Release.UndoFailed' }].map((one) =>
      isRunning(plan, { rollback: one }),
    );
    expect(running).toEqual([false, true, false]);
    expect(isRunning(plan, {})).toBe(false);
    expect(isRunning(plan, { rollback: { ...rollback, course: 'withdraw' } })).toBe(false);
    expect(isRunning(plan, { rollback: { ...rollback, course: 'degraded' } })).toBe(true);
  });

  it('stands still when it takes longer than all its scripts may, counted from the last who agreed', () => {
    const { timeoutMinutes = 0 } = plan.scripts['rollback-full'] ?? {};
    const mayMs = 2 * (2 * timeoutMinutes * minuteMs + hourMs);
    expect(timeoutMinutes).toBeGreaterThan(0);
    expect(overdueMs(plan, agreed)).toBe(Date.parse('2025-05-20T10:10:00.000Z') + mayMs);
    expect(overdueMs(plan, rollback)).toBe(Date.parse(chosenAt) + mayMs);
  });

  it('tells users what the steps of its level tell them', () => {
    expect(messagesOf(plan, 'full')).toEqual(['emergency']);
    expect(messagesOf(plan, 'partial')).toEqual([]);
  });
});
