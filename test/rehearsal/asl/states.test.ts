import { describe, expect, it } from 'vitest';
import { bench, definition, eventTypes, run, startMs } from './bench.ts';

const pass = { Type: 'Pass', End: true };

describe('Choice', () => {
  const machine = definition({
    Choose: {
      Type: 'Choice',
      Choices: [
        { Condition: '{% $states.input.n > 10 %}', Next: 'Big', Output: 'many' },
        { Condition: '{% $states.input.n > 5 %}', Next: 'Middle', Assign: { seen: 'middle' } },
      ],
      Default: 'Small',
      Output: 'few',
    },
    Big: pass,
    Middle: { ...pass, Output: '{% $seen %}' },
    Small: pass,
  });
  it.each([
    [11, 'many'],
    [6, 'middle'],
    [1, 'few'],
  ])('takes the first rule that is true: with n = %i %s', async (n, expected) => {
    expect((await run(machine, { input: { n } })).output).toBe(expected);
  });

  it('takes true and false only', async () => {
    const execution = await run(machine, { input: { n: 'x' } });
    expect(execution.error).toBe('States.QueryEvaluationError');
    const typed = definition({
      Choose: { Type: 'Choice', Choices: [{ Condition: '{% 1 %}', Next: 'A' }], Default: 'A' },
      A: pass,
    });
    expect((await run(typed)).cause).toContain(
      "'Choices[0]/Condition' returned an unexpected result type. Expected 'boolean', but was 'number' for value: 1",
    );
  });

  it('without a way out is States.Runtime', async () => {
    const stuck = definition({
      Choose: { Type: 'Choice', Choices: [{ Condition: false, Next: 'A' }] },
      A: pass,
    });
    const execution = await run(stuck);
    expect(execution.error).toBe('States.Runtime');
    expect(execution.cause).toContain('The state does not point to a next state.');
  });
});

describe('Wait', () => {
  it.each([
    [{ Seconds: 90 }, 90],
    [{ Seconds: '{% $states.input.n * 60 %}' }, 120],
    [{ Timestamp: '2026-03-02T09:00:00+01:00' }, 0],
    [{ Timestamp: '{% $states.input.until %}' }, 86_400],
  ])('lets virtual time pass: %j takes %i seconds', async (time, seconds) => {
    const input = { n: 2, until: '2026-03-03T08:00:00Z' };
    const execution = await run(definition({ Wait: { Type: 'Wait', ...time, End: true } }), { input });
    expect([execution.status, execution.stopMs]).toEqual(['SUCCEEDED', startMs + seconds * 1000]);
  });

  it.each([-1, 1.5])('refuses to wait for %d seconds', async (n) => {
    const execution = await run(
      definition({ Wait: { Type: 'Wait', Seconds: '{% $states.input.n %}', End: true } }),
      { input: { n } },
    );
    expect(execution.error).toBe('States.QueryEvaluationError');
  });
});

describe('the end of an execution', () => {
  it('Fail names error and cause, also from expressions', async () => {
    const machine = definition({
      Stop: { Type: 'Fail', Error: 'Release.RolledBack', Cause: '{% $states.input.why %}' },
    });
    const execution = await run(machine, { input: { why: 'smoke test' } });
    expect(execution).toMatchObject({ status: 'FAILED', error: 'Release.RolledBack', cause: 'smoke test' });
  });

  it('TimeoutSeconds of the machine ends it as TIMED_OUT without error', async () => {
    const machine = definition({ Wait: { Type: 'Wait', Seconds: 100, End: true } }, { TimeoutSeconds: 10 });
    const { finish, clock } = bench(machine);
    const execution = await finish();
    expect([execution.status, execution.error, execution.cause]).toEqual(['TIMED_OUT', undefined, undefined]);
    expect(execution.events.at(-1)).toMatchObject({ type: 'ExecutionTimedOut', previousEventId: 0 });
    expect([execution.stopMs, clock.pending]).toEqual([startMs + 10_000, 0]);
  });

  it('stop ends it as ABORTED and nothing goes on', async () => {
    const machine = definition({ Wait: { Type: 'Wait', Seconds: 100, Next: 'After' }, After: pass });
    const { engine, execution, clock } = bench(machine);
    await clock.runFor(5000);
    engine.stop(execution, { error: 'Operator', cause: 'changed my mind' });
    engine.stop(execution);
    await clock.runFor(1_000_000);
    expect(execution).toMatchObject({ status: 'ABORTED', error: 'Operator', cause: 'changed my mind' });
    expect(eventTypes(execution)).toEqual(['ExecutionStarted', 'WaitStateEntered', 'ExecutionAborted']);
  });

  it('stop before the first turn enters no state', async () => {
    const { engine, execution, clock } = bench(definition({ Only: pass }));
    engine.stop(execution);
    await clock.runFor(1);
    expect(eventTypes(execution)).toEqual(['ExecutionStarted', 'ExecutionAborted']);
  });

  it('listeners are told of the start and the end', async () => {
    const { engine, clock, execution } = bench(definition({ Only: { ...pass, Output: 1 } }));
    const told: unknown[] = [];
    const off = engine.onStatusChange(({ name, status, output }) => told.push([name, status, output]));
    engine.start({ machine: execution.machine, stateMachineArn: execution.stateMachineArn, name: 'two' });
    await clock.runFor(1);
    off();
    engine.start({ machine: execution.machine, stateMachineArn: execution.stateMachineArn, name: 'three' });
    expect(told).toEqual([
      ['two', 'RUNNING', undefined],
      ['one', 'SUCCEEDED', 1],
      ['two', 'SUCCEEDED', 1],
    ]);
    expect(engine.executions().map(({ name }) => name)).toEqual(['one', 'two', 'three']);
    expect(engine.execution(execution.arn)).toBe(execution);
    expect(() => engine.execution('arn:none')).toThrow(
      expect.objectContaining({ name: 'ExecutionDoesNotExist' }),
    );
  });

  it('the same name starts once', async () => {
    const { engine, execution, finish } = bench(definition({ Only: pass }), { input: { a: 1 } });
    const { machine, stateMachineArn } = execution;
    expect(engine.start({ machine, stateMachineArn, name: 'one', input: { a: 1 } })).toBe(execution);
    const exists = expect.objectContaining({ name: 'ExecutionAlreadyExists' });
    expect(() => engine.start({ machine, stateMachineArn, name: 'one', input: { a: 2 } })).toThrow(exists);
    await finish();
    expect(() => engine.start({ machine, stateMachineArn, name: 'one', input: { a: 1 } })).toThrow(exists);
  });
});

describe('limits', () => {
  const tooLong = 'x'.repeat(262_145);
  /** A way out that is never taken: AWS creates no machine without one. */
  const forever = (name: string) => ({
    [name]: { Type: 'Pass', Next: `${name} again` },
    [`${name} again`]: {
      Type: 'Choice',
      Choices: [{ Condition: false, Next: `after ${name}` }],
      Default: name,
    },
    [`after ${name}`]: pass,
  });

  it('event 25,000 is the failure of an execution without end', async () => {
    const execution = await run(definition(forever('A')));
    expect(execution).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: 'The execution reached the maximum number of history events (25000).',
      historyEvents: 25_000,
    });
    expect(execution.events.at(-1)).toMatchObject({
      id: 25_000,
      previousEventId: 24_999,
      type: 'ExecutionFailed',
    });
  });

  it('event 25,000 is the failure also when branches run, and no Catch sees it', async () => {
    const catcher = { ErrorEquals: ['States.ALL'], Next: 'Caught' };
    const both = {
      Type: 'Parallel',
      Branches: ['A', 'B'].map((name) => ({ StartAt: name, States: forever(name) })),
      Catch: [catcher],
      Next: 'Caught',
    };
    const { finish, clock } = bench(definition({ Both: both, Caught: pass }));
    const execution = await finish();
    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.Runtime', historyEvents: 25_000 });
    expect(clock.pending).toBe(0);
  });

  it('an output over 262,144 bytes is States.DataLimitExceeded', async () => {
    const machine = definition({
      Only: { Type: 'Pass', Output: '{% $states.input.x & $states.input.x %}', End: true },
    });
    expect((await run(machine, { input: { x: 'é'.repeat(65_535) } })).status).toBe('SUCCEEDED');
    expect((await run(machine, { input: { x: 'é'.repeat(65_536) } })).error).toBe('States.DataLimitExceeded');
  });

  it('an input over 262,144 bytes starts nothing', () => {
    expect(() => bench(definition({ Only: pass }), { input: tooLong })).toThrow(
      expect.objectContaining({ name: 'InvalidExecutionInput' }),
    );
  });
});

it('200 states in a row are 200 transitions, and take no virtual time', async () => {
  const states = Object.fromEntries(
    Array.from({ length: 200 }, (_, index) => [
      `State ${index}`,
      {
        Type: 'Pass',
        Output: '{% $states.input + 1 %}',
        ...(index === 199 ? { End: true } : { Next: `State ${index + 1}` }),
      },
    ]),
  );
  const { finish, clock } = bench(definition(states), { input: 0 });
  const execution = await finish();
  expect([execution.output, execution.stateTransitions]).toEqual([200, 200]);
  expect(clock.nowMs()).toBe(startMs);
});
