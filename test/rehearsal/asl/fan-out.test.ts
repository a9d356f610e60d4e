import { describe, expect, it } from 'vitest';
import {
  bench,
  call,
  definition,
  eventTypes,
  type Fields,
  NamedError,
  run,
  startMs,
  waitForCallback,
} from './bench.ts';

const branch = (states: Fields): Fields => ({ StartAt: Object.keys(states)[0], States: states });
const pass = { Type: 'Pass', End: true };
const fails = (): never => {
  throw new NamedError('Broken');
};

describe('Parallel', () => {
  it('gives the outputs in the order of the branches, whichever ends first', async () => {
    const machine = definition({
      Both: {
        Type: 'Parallel',
        Arguments: { n: 2 },
        Branches: [
          branch({ Late: { Type: 'Wait', Seconds: 10, Output: '{% $states.input.n %}', End: true } }),
          branch({ Early: { ...pass, Output: 'early' } }),
        ],
        End: true,
      },
    });
    const execution = await run(machine);
    expect([execution.output, execution.stopMs]).toEqual([[2, 'early'], startMs + 10_000]);
  });

  it('aborts the other branches when one fails, and closes their tokens', async () => {
    const machine = definition({
      Phase: {
        Type: 'Parallel',
        Branches: [
          branch({
            Failing: { Type: 'Wait', Seconds: 1, Next: 'Fail' },
            Fail: { Type: 'Fail', Error: 'Broken' },
          }),
          branch({ Callback: waitForCallback('arm') }),
          branch({ Long: { Type: 'Wait', Seconds: 100, End: true } }),
        ],
        Catch: [{ ErrorEquals: ['Broken'], Next: 'Caught' }],
        End: true,
      },
      Caught: pass,
    });
    const { engine, clock, tokens, finish } = bench(machine);
    const execution = await finish();
    expect(execution).toMatchObject({
      status: 'SUCCEEDED',
      stopMs: startMs + 1000,
      output: { Error: 'Broken', Cause: null },
    });
    const failing = execution.events.find(({ type }) => type === 'FailStateEntered');
    for (const type of ['TaskStateAborted', 'WaitStateAborted', 'ParallelStateFailed']) {
      expect(execution.events.find((event) => event.type === type)).toMatchObject({
        previousEventId: failing?.id,
      });
    }
    expect(() => engine.sendTaskSuccess(tokens[0] ?? '', 1)).toThrow(
      expect.objectContaining({ name: 'TaskTimedOut' }),
    );
    expect(clock.pending).toBe(0);
  });

  it('is retried as a whole', async () => {
    let calls = 0;
    const f = (): string => {
      calls += 1;
      if (calls === 1) throw new NamedError('Broken');
      return 'done';
    };
    const machine = definition({
      Phase: {
        Type: 'Parallel',
        Branches: [branch({ Call: call('f') })],
        Retry: [{ ErrorEquals: ['Broken'] }],
        End: true,
      },
    });
    const execution = await run(machine, { functions: { f } });
    expect([execution.output, execution.stateTransitions]).toEqual([['done'], 4]);
    expect(eventTypes(execution).filter((type) => type === 'ParallelStateStarted')).toHaveLength(2);
    expect(eventTypes(execution)).not.toContain('ParallelStateFailed');
  });

  it('inside a Parallel is aborted with its own branches', async () => {
    const machine = definition({
      Outer: {
        Type: 'Parallel',
        Branches: [
          branch({
            Inner: {
              Type: 'Parallel',
              Branches: [branch({ Wait: { Type: 'Wait', Seconds: 9, End: true } })],
              End: true,
            },
          }),
          branch({ Call: call('f') }),
        ],
        End: true,
      },
    });
    const types = eventTypes(await run(machine, { functions: { f: fails } }));
    expect(types.slice(-6)).toEqual([
      'TaskFailed',
      'TaskStateAborted',
      'ParallelStateAborted',
      'WaitStateAborted',
      'ParallelStateFailed',
      'ExecutionFailed',
    ]);
  });
});

describe('Map', () => {
  const map = (states: Fields, others: Fields = {}): Fields =>
    definition({ Each: { Type: 'Map', ItemProcessor: branch(states), End: true, ...others } });
  const wait = { Wait: { Type: 'Wait', Seconds: '{% $states.input %}', End: true } };

  it.each([
    [0, 3],
    [1, 6],
    [2, 4],
  ])(
    'runs as many items at once as it may: with MaxConcurrency %i in %i seconds',
    async (MaxConcurrency, seconds) => {
      const execution = await run(map(wait, { MaxConcurrency }), { input: [1, 2, 3] });
      expect([execution.output, execution.stopMs]).toEqual([[1, 2, 3], startMs + seconds * 1000]);
    },
  );

  it('ItemSelector and the states inside see the item', async () => {
    const item = '{% $states.context.Map.Item %}';
    const machine = map(
      { Show: { ...pass, Output: ['{% $states.input %}', item] } },
      { Items: ['a', 'b'], ItemSelector: { of: item } },
    );
    const items = [
      { Index: 0, Value: 'a' },
      { Index: 1, Value: 'b' },
    ];
    expect((await run(machine)).output).toEqual(items.map((of) => [{ of }, of]));
  });

  it('fails with its first failing iteration and aborts the others', async () => {
    const execution = await run(map({ Call: call('f') }), {
      input: [3, 1, 2],
      functions: {
        f: (seconds, { clock }) =>
          new Promise((_, reject) =>
            clock.after(Number(seconds) * 1000, () => reject(new NamedError(`After${seconds}`))),
          ),
      },
    });
    expect(execution).toMatchObject({ status: 'FAILED', error: 'After1', stopMs: startMs + 1000 });
    const iterations = execution.events.filter(({ type }) => /^MapIteration(Failed|Aborted)$/.test(type));
    expect(iterations.map(({ type, details }) => [type, details['index']])).toEqual([
      ['MapIterationFailed', 1],
      ['MapIterationAborted', 0],
      ['MapIterationAborted', 2],
    ]);
  });

  it('refuses an input that is no array', async () => {
    expect((await run(map(wait), { input: { a: 1 } })).cause).toContain(
      'Map state input must be an array but was: {"a":1}',
    );
  });

  it('an ItemSelector that fails fails the Map', async () => {
    const execution = await run(map(wait, { ItemSelector: '{% $missing %}' }), { input: [1, 2] });
    expect(execution.cause).toContain("specified for the field 'ItemSelector' returned nothing");
    expect(eventTypes(execution)).toContain('MapStateFailed');
  });
});

it.each(['{% -1 %}', '{% 1.5 %}'])('a Map of which MaxConcurrency is %s fails', async (MaxConcurrency) => {
  const processor = { StartAt: 'B', States: { B: { Type: 'Pass', End: true } } };
  const machine = definition({ A: { Type: 'Map', MaxConcurrency, ItemProcessor: processor, End: true } });
  const { error, cause } = await run(machine, { input: [1] });
  expect([error, cause]).toEqual([
    'States.QueryEvaluationError',
    expect.stringContaining('MaxConcurrency field must be an integer of at least 0'),
  ]);
});
