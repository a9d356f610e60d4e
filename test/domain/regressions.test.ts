/** Faults that were once there: each test failed before its fault was mended. */

import { describe, expect, it } from 'vitest';
import type { Reading } from '#domain/judge/check.ts';
import type { CriterionReading } from '#domain/ledger/facts.ts';
import { isExposed } from '#domain/plan/exposure-buckets.ts';
import { planMessages } from '#domain/plan/message-dates.ts';
import type { Criterion } from '#domain/plan/plan.ts';
import { quoted } from '#domain/quoted.ts';
import { decideMessage } from '#domain/rules/announcements.ts';
import { startBake, stepBake } from '#domain/rules/bake-clock.ts';
import { decideGate, type GateSituation } from '#domain/rules/gate.ts';
import { measureOf } from '#domain/rules/measures.ts';
import { chooseRollback } from '#domain/rules/rollback.ts';
import { releaseMachine } from '#statemachines/release.ts';
import { atMs, check, gate, judged, observation, releaseAfter } from '#test/support/builders.ts';
import { message, phase, readPlanForTest, smallPlan } from '#test/support/plans.ts';

const bad: Reading = { kind: 'value', value: 7, samples: 100 };
const good: Reading = { kind: 'value', value: 0, samples: 100 };
const down: Reading = { kind: 'unknown', fault: { code: 'provider-answers', params: { status: 503 } } };

describe('a bake', () => {
  const run = (readings: readonly Reading[], asked = observation(), errors = check()) => {
    let state = startBake(atMs);
    return readings.map((reading, tick) => {
      const step = stepBake(
        state,
        asked,
        { errors },
        { errors: judged(reading) },
        atMs + (tick + 1) * 600_000,
      );
      state = step.state;
      return step;
    });
  };

  it('tells people of an outage that begins during a breach', () => {
    const paused = check({ class: 'pause', window: { breaches: 2, of: 3 } });
    const steps = run([bad, bad, ...Array.from({ length: 8 }, () => down)], observation(), paused);
    expect(steps.flatMap(({ events }) => events.map(({ type }) => type))).toContain('escalate');
  });

  it('tells a breach that goes on after an outage once', () => {
    const paused = check({ class: 'pause', window: { breaches: 2, of: 3 } });
    const steps = run([bad, bad, down, bad], observation(), paused);
    expect(steps.flatMap(({ events }) => events).filter(({ type }) => type === 'breached')).toHaveLength(1);
  });

  it('that is proven exactly at its deadline is proven', () => {
    const steps = run(
      Array.from({ length: 6 }, () => good),
      observation({ deadlineHours: 1 }),
    );
    expect(steps.at(-1)?.concluded?.verdict).toBe('healthy');
  });
});

describe('a gate', () => {
  const decide = (criterion: Partial<Criterion>, readings: readonly CriterionReading[], paused = false) => {
    const situation: GateSituation = {
      gate: gate({ criteria: [{ id: '1', text: 't', onFail: 'roll-back', ...criterion }] }),
      checks: readPlanForTest('technicia').checks,
      readings,
      openItems: 0,
      approvals: [],
      startedBy: 'ada',
      overridden: [],
      blocking: paused ? { cause: { code: 'paused', params: {} } } : undefined,
      ended: true,
      late: false,
    };
    return decideGate(situation);
  };
  const unhealthy: CriterionReading = { criterion: '1', verdict: 'unhealthy' };

  it.each<[string, Partial<Criterion>]>([
    ['a criterion bound to an approval nobody gave', { approval: 'security' }],
    ['a criterion whose check was not read', { check: 'availability' }],
  ])('waits and does not promote: %s', (_title, criterion) =>
    expect(decide(criterion, []).outcome).toBe('wait'),
  );

  it('rolls back while the release is paused', () => {
    expect(decide({ check: 'availability' }, [unhealthy], true).outcome).toBe('roll-back');
  });

  it('names the component, so that only this part is rolled back', () => {
    const decision = decide({ check: 'ocr-error-rate' }, [unhealthy]);
    const reason = 'reason' in decision ? decision.reason : {};
    const failure = { phase: 'production-10', reason };
    const release = { deployed: true, exposure: 10, phases: {} };
    expect(chooseRollback(readPlanForTest('technicia'), release, failure)).toEqual({
      level: 'switch-off',
      component: 'ocr',
    });
  });
});

it('a criterion that holds does not hide one that rolls back', () => {
  const criteria = [
    { id: '1', text: 'holds', check: 'a', onFail: 'hold' },
    { id: '2', text: 'rolls back', check: 'b', onFail: 'roll-back' },
  ] as const;
  const readings = [
    { criterion: '1', verdict: 'unhealthy' },
    { criterion: '2', verdict: 'unhealthy' },
  ] as const;
  const rest = {
    openItems: 0,
    approvals: [],
    startedBy: 'ada',
    ended: true,
    late: false,
    overridden: [],
    blocking: undefined,
  };
  expect(decideGate({ gate: gate({ criteria }), checks: {}, readings, ...rest }).outcome).toBe('roll-back');
});

it('an inherited name is no measure', () => expect(measureOf(releaseAfter(), 'toString')).toBeUndefined());

it('there is something to undo as soon as a production script has started', () => {
  const started = { phase: 'production-10', attempt: 1, script: 'deploy-production', command: 'c' } as const;
  const release = releaseAfter({ type: 'script.started', ...started, installs: true });
  const cause = {
    code: 'check',
    params: { check: 'errors', answer: { code: 'no-data', params: {} } },
  } as const;
  const failure = { phase: 'production-10', reason: { cause } };
  expect(chooseRollback(readPlanForTest('technicia'), release, failure).level).toBe('full');
});

it('28 % is 2,800 buckets and not one more', () =>
  expect([isExposed(2799, 28), isExposed(2800, 28)]).toEqual([true, false]));

it('a value that the ledger derives is never one that somebody reported', () => {
  const measure = 'incidents.mttr-hours';
  const release = releaseAfter({ type: 'measure.recorded', measure, value: 0, samples: 9 });
  expect(measureOf(release, measure)).toBeUndefined();
});

describe('a message', () => {
  it('is late by calendar days, also when the clocks change', () => {
    const release = releaseAfter(
      { type: 'launch.moved', from: '', to: '2025-03-29', reason: quoted('') },
      { type: 'message.planned', message: 'm', dueAt: '2025-03-29T09:00:00.000Z', epoch: 1 },
      { type: 'message.held', message: 'm', reason: { code: 'phase-not-opened', params: { phase: '' } } },
    );
    const late = message('m', { guard: { exposureMin: 10 }, lateDaysMax: 1 });
    expect(decideMessage(smallPlan(), late, release, Date.parse('2025-03-30T08:00:00Z')).action).toBe('skip');
  });

  it('that was skipped is planned again when the launch day moves', () => {
    const release = releaseAfter(
      { type: 'message.planned', message: 'm', dueAt: '2025-03-10T09:00:00.000Z', epoch: 1 },
      { type: 'message.skipped', message: 'm', reason: { code: 'phases-over', params: {} } },
      { type: 'launch.moved', from: '', to: '2025-04-10', reason: quoted('') },
    );
    expect(planMessages(smallPlan({ messages: [message('m')] }), release)).toHaveLength(1);
  });
});

it('a phase whose name would name two states is refused', () => {
  const plan = smallPlan({ phases: [phase('a', { name: 'release' })] });
  expect(() => releaseMachine(plan, (step) => step)).toThrow(/"Close release" occurs twice/);
});
