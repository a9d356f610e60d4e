import { describe, expect, it } from 'vitest';
import { type EscalationLevel, severities } from '#domain/plan/plan.ts';
import { escalationMachine } from '#statemachines/escalation.ts';
import type { State } from '#statemachines/language.ts';
import { keepsPromises, stepOf } from '#test/support/machine-promises.ts';
import { arnOf, functionOf, payloadOf } from '#test/support/machines.ts';
import { planNames, readPlanForTest, smallPlan } from '#test/support/plans.ts';

const level = (number: number, changes: Partial<EscalationLevel> = {}): EscalationLevel => ({
  level: number,
  name: `Level ${number}`,
  role: 'operator',
  delayMinutes: 10,
  condition: 'Trouble',
  severity: 'user',
  ...changes,
});

describe.each(planNames)('the escalation machine of %s', (planName) => {
  const plan = readPlanForTest(planName);
  const machine = escalationMachine(plan, arnOf);
  const byLevel = plan.escalation.toSorted((a, b) => a.level - b.level);
  const calls = Object.entries(machine.States).filter(
    ([, state]) => stepOf(functionOf(state)) === 'call-level',
  );

  keepsPromises(machine);

  it('waits for each level as long as the plan says, lowest first', () => {
    expect(
      calls.map(([, state]) => [payloadOf(state)['level'], state.Type === 'Task' && state.TimeoutSeconds]),
    ).toEqual(byLevel.map(({ level: number, delayMinutes }) => [number, delayMinutes * 60]));
  });

  it('climbs when a level does not answer, and records when nobody does', () => {
    const above = calls.map(([, state]) =>
      state.Type === 'Task' ? state.Catch?.map(({ Next }) => Next) : [],
    );
    expect(above).toEqual([...calls.slice(1).map(([name]) => [name]), ['Record that nobody answered']]);
    expect(calls.map(([, state]) => (state.Type === 'Task' && 'Next' in state ? state.Next : ''))).toEqual(
      calls.map(() => 'Incident acknowledged'),
    );
  });

  it('starts at the level that the plan gives to a severity, else at the lowest', () => {
    expect(firsts(machine.States[machine.StartAt])).toEqual(
      severities.map((severity) => {
        const first = byLevel.find((candidate) => candidate.severity === severity) ?? byLevel[0];
        return `Call level ${first?.level}: ${first?.name}`;
      }),
    );
  });
});

/** Where each severity begins, in the order of the severities. */
function firsts(start: State | undefined): readonly string[] {
  if (start?.Type !== 'Choice') return [];
  return severities.map(
    (severity) =>
      start.Choices.find(({ Condition }) => Condition.includes(`= "${severity}"`))?.Next ??
      `no rule for ${severity}`,
  );
}

describe('an escalation', () => {
  it('climbs by level, whatever the order in the plan', () => {
    const machine = escalationMachine(smallPlan({ escalation: [level(3), level(1), level(2)] }), arnOf);
    const climbing = Object.keys(machine.States).filter((name) => name.startsWith('Call level'));
    expect(climbing).toEqual(['Call level 1: Level 1', 'Call level 2: Level 2', 'Call level 3: Level 3']);
  });

  it('starts where its severity is heard', () => {
    const escalation = [level(1), level(2, { severity: 'technical' }), level(3, { severity: 'critical' })];
    const machine = escalationMachine(smallPlan({ escalation }), arnOf);
    expect(firsts(machine.States[machine.StartAt])).toEqual([
      'Call level 1: Level 1',
      'Call level 2: Level 2',
      'Call level 3: Level 3',
      'Call level 1: Level 1',
    ]);
  });

  it('ends as unanswered when it cannot even be recorded', () => {
    const record = escalationMachine(smallPlan(), arnOf).States['Record that nobody answered'];
    expect(record?.Type === 'Task' && record.Catch?.map(({ Next }) => Next)).toEqual(['Nobody answered']);
  });

  it.each<[string, readonly EscalationLevel[], string]>([
    ['no level', [], 'at least one level'],
    ['two levels of one number and name', [level(1), level(1)], 'occurs twice'],
    ['a name that is too long', [level(1, { name: 'x'.repeat(80) })], 'at most 80 are allowed'],
  ])('is refused with %s', (_title, escalation, problem) => {
    expect(() => escalationMachine(smallPlan({ escalation }), arnOf)).toThrow(problem);
  });
});
