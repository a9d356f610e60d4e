import { describe, expect, it } from 'vitest';
import { terminalErrors } from '#domain/errors.ts';
import type { Phase, Plan } from '#domain/plan/plan.ts';
import { steps } from '#functions/catalogue.ts';
import { escalationMachine } from '#statemachines/escalation.ts';
import { releaseMachine } from '#statemachines/release.ts';
import { keepsPromises, stepOf } from '#test/support/machine-promises.ts';
import { arnOf, functionOf, nextOf, placesOf, reachableIn } from '#test/support/machines.ts';
import { phase, planNames, readPlanForTest, smallPlan } from '#test/support/plans.ts';

describe.each(planNames)('the release machine of %s', (planName) => {
  const plan = readPlanForTest(planName);
  const machine = releaseMachine(plan, arnOf);
  const states = machine.States;

  keepsPromises(machine);

  it('shows the phases of the plan by their names, in their order', () => {
    const names = plan.phases.map(({ name }) => name);
    expect(Object.keys(states).filter((name) => names.includes(name))).toEqual(names);
    expect(names.map((name) => states[name]?.Type)).toEqual(names.map(() => 'Parallel'));
  });

  it('shows the rollback levels of the plan by their names, their steps in their order', () => {
    for (const { name, steps: asked } of Object.values(plan.rollback)) {
      const block = states[name];
      const inside =
        block?.Type === 'Parallel' ? block.Branches.flatMap((branch) => Object.keys(branch.States)) : [];
      const shown = asked.map(({ id }) => inside.indexOf(`${name}: ${id}`));
      expect(
        shown.every((position) => position >= 0),
        name,
      ).toBe(true);
      expect(shown, name).toEqual(shown.toSorted((a, b) => a - b));
    }
  });

  it('leads from each phase to the next, and on a fault to a rollback', () => {
    const order = plan.phases.map(({ name }) => name);
    for (const [index, name] of order.entries()) {
      expect(nextOf(states[`What follows ${name}?`] ?? { Type: 'Succeed' })).toContain(
        order[index + 1] ?? 'Finish follow-up',
      );
      const after = states[`What follows ${name}?`];
      expect(after?.Type === 'Choice' && after.Default).toBe('Choose rollback level');
      const block = states[name];
      expect(block?.Type === 'Parallel' ? block.Catch.map(({ Next }) => Next) : []).toEqual([
        'Choose rollback level',
      ]);
    }
  });

  it('withdraws access before anything else of a full rollback, and asks before the rest', () => {
    const choices = states['Which rollback level?'];
    const first =
      choices?.Type === 'Choice'
        ? choices.Choices.find((one) => one.Condition.includes("'full'"))
        : undefined;
    expect(first?.Next).toBe('Withdraw access');
    expect(stepOf(functionOf(states['Withdraw access'] ?? { Type: 'Succeed' }))).toBe('expose-users');
    const before = placesOf(machine).filter(({ state }) =>
      JSON.stringify(state).includes(`"Next":"${plan.rollback.full.name}"`),
    );
    expect(before.map(({ name }) => name)).toEqual(['Do two people agree?']);
  });

  it('can end in every way that a release can end', () => {
    const ends = Object.entries(states).flatMap(([, state]) => (state.Type === 'Fail' ? [state.Error] : []));
    const inside = placesOf(machine).flatMap(({ state }) => (state.Type === 'Fail' ? [state.Error] : []));
    expect(ends.sort()).toEqual([
      'Release.Abandoned',
      'Release.Refused',
      'Release.RollbackFailed',
      'Release.RolledBack',
    ]);
    expect(
      terminalErrors
        .filter((error) => error.startsWith('Release.'))
        .filter((error) => !inside.includes(error)),
    ).toEqual([]);
  });

  it('undoes with more patience than it does', () => {
    const undoing = Object.values(plan.rollback).map(({ name }) => states[name]);
    const tasks = undoing.flatMap((block) =>
      block?.Type === 'Parallel' ? block.Branches.flatMap((branch) => Object.values(branch.States)) : [],
    );
    const attempts = tasks.flatMap((state) => (state.Type === 'Task' ? [state.Retry[0]?.MaxAttempts] : []));
    expect(attempts.length).toBeGreaterThan(0);
    expect([...new Set(attempts)]).toEqual([8]);
  });
});

describe('the machines of Technicia together', () => {
  const plan = readPlanForTest('technicia');

  it('call every step of the catalogue', () => {
    const places = [releaseMachine(plan, arnOf), escalationMachine(plan, arnOf)].flatMap((machine) =>
      placesOf(machine),
    );
    const called = new Set(places.map(({ state }) => stepOf(functionOf(state))));
    expect(Object.keys(steps).filter((step) => !called.has(step))).toEqual([]);
  });
});

describe('a plan that refers to what it does not define', () => {
  const builds = (changes: Partial<Phase>): Plan => smallPlan({ phases: [phase('build', changes)] });
  const undoing = (script: string): Plan['rollback'] => {
    const { full, ...others } = smallPlan().rollback;
    const step = { id: 'undo', text: 'Undo', action: { kind: 'script' as const, script } };
    return { ...others, full: { ...full, steps: [step] } };
  };
  const { rollback } = smallPlan();
  const use = { script: 'deploy', when: 'always', onFail: 'correct' } as const;

  it.each<[string, Plan, string]>([
    [
      'a phase with an unknown script',
      builds({ scripts: [use] }),
      'phase build runs the unknown script deploy',
    ],
    ['a correction in an unknown phase', builds({ correction: { phase: 'repair' } }), 'unknown phase repair'],
    [
      'a rollback step with an unknown script',
      smallPlan({ rollback: undoing('undo-all') }),
      'rollback step undo runs the unknown script undo-all',
    ],
    [
      'a rollback level without steps',
      smallPlan({ rollback: { ...rollback, partial: { ...rollback.partial, steps: [] } } }),
      'rollback level partial has no steps',
    ],
    ['no phases', smallPlan({ phases: [] }), 'at least one phase'],
    [
      'two phases of one name',
      smallPlan({ phases: [phase('a', { name: 'Build' }), phase('b', { name: 'Build' })] }),
      'state name "Build" occurs twice',
    ],
    [
      'a phase named like a rollback level',
      builds({ name: rollback.full.name }),
      `state name "${rollback.full.name}" occurs twice`,
    ],
    ['a name that makes a state name too long', builds({ name: 'x'.repeat(70) }), 'at most 80 are allowed'],
  ])('is refused when it has %s', (_title, plan, problem) => {
    expect(() => releaseMachine(plan, arnOf)).toThrow(problem);
  });

  it('and one that defines it is not', () => {
    const scripts = { deploy: { path: 'deploy.ps1', arguments: {}, timeoutMinutes: 5 } };
    expect(() => releaseMachine({ ...builds({ scripts: [use] }), scripts }, arnOf)).not.toThrow();
    expect(() => releaseMachine(smallPlan({ scripts, rollback: undoing('deploy') }), arnOf)).not.toThrow();
  });
});

describe('looking at machines', () => {
  it('finds a state that nothing leads to', () => {
    const lost = { StartAt: 'A', States: { A: { Type: 'Succeed' }, B: { Type: 'Succeed' } } } as const;
    expect([...reachableIn(lost)]).toEqual(['A']);
  });
});
