import { describe, expect, it } from 'vitest';
import { FunctionMissing } from '#rehearsal/asl/errors.ts';
import { bench, call, definition, eventTypes, NamedError, run, startMs, waitForCallback } from './bench.ts';

const fails = (name: string, message?: string) => (): never => {
  throw new NamedError(name, message);
};

describe('a call', () => {
  it('gives functions a copy: what they change stays theirs', async () => {
    const functions = {
      spoil: (payload: unknown) => Object.assign(Object(payload), { spoilt: true, undefined: undefined }),
    };
    const machine = definition({
      Call: call('spoil', { Output: '{% [$states.input, $states.result.Payload] %}' }),
    });
    expect((await run(machine, { input: { a: 1 }, functions })).output).toEqual([
      { a: 1 },
      { a: 1, spoilt: true },
    ]);
  });

  it('may settle later in virtual time', async () => {
    const functions = {
      slow: (_: unknown, { clock }: { clock: { after(ms: number, task: () => void): unknown } }) =>
        new Promise((resolve) => clock.after(30_000, () => resolve('done'))),
    };
    const execution = await run(definition({ Call: call('slow') }), { functions });
    expect([execution.output, execution.stopMs]).toEqual(['done', startMs + 30_000]);
  });

  it('of a function by its ARN has events of its own', async () => {
    const arn = 'arn:aws:lambda:eu-west-3:000000000000:function:hello';
    const machine = definition({ Call: { Type: 'Task', Resource: arn, End: true } });
    const execution = await run(machine, { input: 1, functions: { [arn]: (n) => Number(n) + 1 } });
    expect(execution.output).toBe(2);
    expect(eventTypes(execution).slice(2, 5)).toEqual([
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
    ]);
  });

  it.each<[string, () => unknown, string, string]>([
    [
      'error',
      fails('PlanInvalid', 'no phases'),
      'PlanInvalid',
      '{"errorType":"PlanInvalid","errorMessage":"no phases","trace":[]}',
    ],
    [
      'fault of the service',
      fails('Lambda.TooManyRequestsException', 'Rate Exceeded.'),
      'Lambda.TooManyRequestsException',
      'Rate Exceeded.',
    ],
    [
      'absence',
      () => {
        throw new FunctionMissing('f');
      },
      'Lambda.ResourceNotFoundException',
      'Function not found: f (Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException)',
    ],
    [
      'too long answer',
      () => 'x'.repeat(262_144),
      'States.DataLimitExceeded',
      "The state/task 'lambda' returned a result with a size exceeding the maximum number of bytes service limit.",
    ],
  ])('ends the execution with the %s of its function', async (_what, f, error, cause) => {
    expect(await run(definition({ Call: call('f') }), { functions: { f } })).toMatchObject({
      status: 'FAILED',
      error,
      cause,
    });
  });
});

describe('Catch', () => {
  const timesOut = () => new Promise(() => {});
  const machine = (errorEquals: readonly string[]) =>
    definition({
      Call: call('f', { TimeoutSeconds: 5, Catch: [{ ErrorEquals: errorEquals, Next: 'Caught' }] }),
      Caught: { Type: 'Pass', Output: '{% $states.input.Error %}', End: true },
    });
  it.each<[string, boolean, string, () => unknown]>([
    ['PlanInvalid', true, 'its own name', fails('PlanInvalid')],
    ['PlanMissing', false, 'another name', fails('PlanInvalid')],
    ['States.ALL', true, 'any error', fails('PlanInvalid')],
    ['States.TaskFailed', true, 'any error', fails('PlanInvalid')],
    ['States.TaskFailed', false, 'a timeout', timesOut],
    ['States.Timeout', true, 'a timeout', timesOut],
    ['States.HeartbeatTimeout', false, 'a timeout', timesOut],
    ['States.ALL', true, 'a timeout', timesOut],
    ['States.ALL', true, 'too long an answer', () => 'x'.repeat(262_144)],
    ['States.ALL', false, 'States.Runtime', fails('States.Runtime')],
    ['States.Runtime', true, 'States.Runtime', fails('States.Runtime')],
  ])('catches by the name of an error: %s is %s for %s', async (name, caught, _what, f) => {
    const execution = await run(machine([name]), { functions: { f } });
    expect(execution.status).toBe(caught ? 'SUCCEEDED' : 'FAILED');
  });

  it('uses its own Output and Assign, not those of the state', async () => {
    const catcher = {
      ErrorEquals: ['States.ALL'],
      Assign: { why: '{% $states.errorOutput.Error %}' },
      Output: 'caught',
      Next: 'Next',
    };
    const states = definition({
      Call: call('f', { Assign: { why: 'never' }, Catch: [catcher] }),
      Next: { Type: 'Pass', Output: '{% [$states.input, $why] %}', End: true },
    });
    expect((await run(states, { functions: { f: fails('Broken') } })).output).toEqual(['caught', 'Broken']);
  });

  it('catches an expression that fails', async () => {
    const catcher = { ErrorEquals: ['States.QueryEvaluationError'], Next: 'Next' };
    const states = definition({
      Call: call('f', { Arguments: { FunctionName: '{% $missing %}' }, Catch: [catcher] }),
      Next: { Type: 'Pass', Output: 'caught', End: true },
    });
    expect((await run(states)).output).toBe('caught');
  });
});

describe('Retry', () => {
  it.each<[object, readonly number[]]>([
    [{}, [0, 1, 3, 7]],
    [{ IntervalSeconds: 10, MaxAttempts: 2, BackoffRate: 1 }, [0, 10, 20]],
    [{ IntervalSeconds: 10, MaxAttempts: 4, BackoffRate: 3, MaxDelaySeconds: 60 }, [0, 10, 40, 100, 160]],
    [{ IntervalSeconds: 10, MaxAttempts: 2, JitterStrategy: 'FULL' }, [0, 5, 15]],
    [{ MaxAttempts: 0 }, [0]],
  ])('calls again after each interval: %j at %j', async (retrier, seconds) => {
    const machine = definition({ Call: call('f', { Retry: [{ ErrorEquals: ['Busy'], ...retrier }] }) });
    const { finish, callSeconds } = bench(machine, { functions: { f: fails('Busy') } });
    const execution = await finish();
    expect(callSeconds).toEqual(seconds);
    expect(execution).toMatchObject({ status: 'FAILED', error: 'Busy', stateTransitions: seconds.length });
  });

  it('counts for each retrier, and RetryCount for all', async () => {
    const errors = ['A', 'B', 'A', 'B', 'A'];
    const seen: unknown[] = [];
    const functions = {
      f: (count: unknown) => {
        seen.push(count);
        throw new NamedError(errors[seen.length - 1] ?? 'none');
      },
    };
    const retry = ['A', 'B'].map((name) => ({ ErrorEquals: [name], MaxAttempts: 2 }));
    const payload = { FunctionName: 'f', Payload: '{% $states.context.State.RetryCount %}' };
    const execution = await run(definition({ Call: call('f', { Arguments: payload, Retry: retry }) }), {
      functions,
    });
    expect(seen).toEqual([0, 1, 2, 3, 4]);
    expect(execution.error).toBe('A');
  });

  it('ends when the function answers', async () => {
    let calls = 0;
    const f = (): string => {
      calls += 1;
      if (calls < 3) throw new NamedError('Busy');
      return 'done';
    };
    const machine = definition({ Call: call('f', { Retry: [{ ErrorEquals: ['States.ALL'] }] }) });
    expect((await run(machine, { functions: { f } })).output).toBe('done');
  });
});

describe('a callback', () => {
  const gone = expect.objectContaining({
    name: 'TaskTimedOut',
    message: "Task Timed Out: 'Provided task does not exist anymore'",
  });

  it('is the result of the task, once', async () => {
    const { engine, clock, tokens, finish } = bench(definition({ Wait: waitForCallback('arm') }));
    await clock.runFor(60_000);
    const [token = ''] = tokens;
    engine.sendTaskSuccess(token, { verdict: 'promote' });
    for (const again of [
      () => engine.sendTaskSuccess(token, 1),
      () => engine.sendTaskFailure(token),
      () => engine.sendTaskHeartbeat(token),
    ]) {
      expect(again).toThrow(gone);
    }
    expect((await finish()).output).toEqual({ verdict: 'promote' });
  });

  it('may come from inside the invocation', async () => {
    const functions = {
      arm: (payload: unknown, { engine }: ReturnType<typeof bench>) =>
        engine.sendTaskSuccess(Object(payload).token, 'at once'),
    };
    expect((await run(definition({ Wait: waitForCallback('arm') }), { functions })).output).toBe('at once');
  });

  it.each([
    [{ error: 'Declined', cause: 'no' }, 'Declined', 'no'],
    [{}, undefined, undefined],
  ])('may report a failure: %j', async (report, error, cause) => {
    const { engine, clock, tokens, finish } = bench(definition({ Wait: waitForCallback('arm') }));
    await clock.runFor(1);
    engine.sendTaskFailure(tokens[0] ?? '', report);
    expect(await finish()).toMatchObject({ status: 'FAILED', error, cause });
  });

  it('with an unknown token is InvalidToken', () => {
    const { engine } = bench(definition({ Wait: waitForCallback('arm') }));
    expect(() => engine.sendTaskSuccess('made up', 1)).toThrow(
      expect.objectContaining({ name: 'InvalidToken' }),
    );
  });

  it('is over when the function fails, when the task times out and when the execution is stopped', async () => {
    const timeout = bench(definition({ Wait: waitForCallback('arm', { TimeoutSeconds: 5 }) }));
    await timeout.finish();
    const failing = bench(definition({ Wait: waitForCallback('arm') }), {
      functions: { arm: fails('NotArmed') },
    });
    expect((await failing.finish()).error).toBe('NotArmed');
    const stopped = bench(definition({ Wait: waitForCallback('arm') }));
    await stopped.clock.runFor(1);
    stopped.engine.stop(stopped.execution);
    for (const { engine, tokens } of [timeout, failing, stopped]) {
      expect(() => engine.sendTaskSuccess(tokens[0] ?? '', 1)).toThrow(gone);
    }
  });

  it('has a new token for every attempt', async () => {
    const retry = [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1 }];
    const { tokens, finish } = bench(
      definition({ Wait: waitForCallback('arm', { TimeoutSeconds: 5, Retry: retry }) }),
    );
    await finish();
    expect(new Set(tokens).size).toBe(2);
  });
});

describe('deadlines', () => {
  it('TimeoutSeconds holds however many heartbeats arrive', async () => {
    const machine = definition({
      Wait: waitForCallback('arm', { TimeoutSeconds: 100, HeartbeatSeconds: 30 }),
    });
    const { engine, clock, tokens, finish, execution } = bench(machine);
    const beat = (): void => {
      if (execution.status === 'RUNNING') engine.sendTaskHeartbeat(tokens[0] ?? '');
      if (execution.status === 'RUNNING') clock.after(20_000, beat);
    };
    clock.after(20_000, beat);
    expect(await finish()).toMatchObject({
      status: 'FAILED',
      error: 'States.Timeout',
      stopMs: startMs + 100_000,
    });
    expect(eventTypes(execution)).not.toContain('TaskHeartbeat');
  });

  it('a missed heartbeat is reported as States.Timeout and caught as States.HeartbeatTimeout', async () => {
    const catcher = { ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Blind' };
    const machine = definition({
      Wait: waitForCallback('arm', { TimeoutSeconds: 100, HeartbeatSeconds: 30, Catch: [catcher] }),
      Blind: { Type: 'Pass', End: true },
    });
    const { engine, clock, tokens, finish } = bench(machine);
    clock.after(20_000, () => engine.sendTaskHeartbeat(tokens[0] ?? ''));
    const execution = await finish();
    expect(execution).toMatchObject({
      output: { Error: 'States.Timeout', Cause: '' },
      stopMs: startMs + 50_000,
    });
    expect(eventTypes(execution)).toContain('TaskTimedOut');
    expect(clock.pending).toBe(0);
  });

  it('come from expressions, and refuse what is no number of seconds', async () => {
    const machine = definition({ Wait: waitForCallback('arm', { TimeoutSeconds: '{% $states.input.s %}' }) });
    expect((await run(machine, { input: { s: 7 } })).stopMs).toBe(startMs + 7000);
    expect((await run(machine, { input: { s: 0 } })).error).toBe('States.QueryEvaluationError');
    expect((await run(machine, { input: { s: '7' } })).cause).toContain(
      "Expected 'number', but was 'string'",
    );
  });
});

it.each([
  ['TimeoutSeconds', '{% 100000000 %}', 'an integer of 1 to 99999999'],
  ['HeartbeatSeconds', '{% 0.5 %}', 'an integer of 1 to 99999999'],
])('%s that an expression makes %s fails the state', async (field, expression, expected) => {
  const execution = await run(definition({ A: call('f', { [field]: expression }) }), {
    functions: { f: () => 1 },
  });
  expect([execution.error, execution.cause]).toEqual([
    'States.QueryEvaluationError',
    expect.stringContaining(`The ${field} field must be ${expected}`),
  ]);
});
