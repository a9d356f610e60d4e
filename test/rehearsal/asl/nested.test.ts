import { describe, expect, it } from 'vitest';
import { loadMachine } from '#rehearsal/asl/load.ts';
import { bench, childArn, definition, type Fields, run, startMs } from './bench.ts';

const start = (suffix: string, input: unknown = { a: 1 }): Fields => ({
  Type: 'Task',
  Resource: `arn:aws:states:::states:startExecution${suffix}`,
  Arguments: { StateMachineArn: childArn, Name: 'child', Input: input },
});
const parent = (suffix: string, others: Fields = {}): Fields =>
  definition({ Start: { ...start(suffix), End: true, ...others } });
const waits = loadMachine(
  definition({ Nap: { Type: 'Wait', Seconds: 60, Output: { slept: true }, End: true } }),
);
const fails = loadMachine(definition({ Stop: { Type: 'Fail', Error: 'Broken', Cause: 'on purpose' } }));

describe('a nested execution', () => {
  it('without .sync is started and left alone', async () => {
    const { finish, engine, clock } = bench(parent(''), { children: { [childArn]: waits } });
    const execution = await finish();
    expect(execution.output).toEqual({ ExecutionArn: engine.executions()[1]?.arn, StartDate: startMs });
    expect(engine.executions()[1]?.status).toBe('RUNNING');
    await clock.runFor(60_000);
    expect(engine.executions()[1]?.status).toBe('SUCCEEDED');
  });

  it('with .sync:2 gives its description when it has ended', async () => {
    const execution = await run(parent('.sync:2'), { children: { [childArn]: waits } });
    expect(execution).toMatchObject({
      stopMs: startMs + 60_000,
      output: {
        Name: 'child',
        Status: 'SUCCEEDED',
        Input: { a: 1 },
        Output: { slept: true },
        StateMachineArn: childArn,
      },
    });
  });

  it('that fails is States.TaskFailed with its description', async () => {
    const execution = await run(parent('.sync:2'), { children: { [childArn]: fails } });
    expect(execution.error).toBe('States.TaskFailed');
    expect(JSON.parse(execution.cause ?? '')).toMatchObject({
      Status: 'FAILED',
      Error: 'Broken',
      Cause: 'on purpose',
    });
  });

  it.each<[string, Fields, number, string]>([
    ['is stopped', {}, 10, 'ABORTED'],
    ['times out', { TimeoutSeconds: 10 }, 20, 'FAILED'],
  ])('is stopped when its parent %s', async (_what, others, seconds, status) => {
    const { engine, execution, clock } = bench(parent('.sync:2', others), {
      children: { [childArn]: waits },
    });
    await clock.runFor(seconds * 1000);
    engine.stop(execution);
    expect([execution.status, engine.executions()[1]?.status]).toEqual([status, 'ABORTED']);
  });

  it('of an unknown machine and of a used name fail', async () => {
    expect((await run(parent('.sync:2'))).error).toBe('StepFunctions.StateMachineDoesNotExistException');
    const twice = definition({
      First: { ...start(''), Next: 'Second' },
      Second: { ...start('', { a: 2 }), End: true },
    });
    const execution = await run(twice, { children: { [childArn]: waits } });
    expect(execution.error).toBe('StepFunctions.ExecutionAlreadyExistsException');
  });
});
