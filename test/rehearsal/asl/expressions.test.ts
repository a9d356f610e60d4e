import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import { bench, definition, expressionMachine, run, startMs } from './bench.ts';

describe('an expression', () => {
  it.each<[string, unknown]>([
    ['$partition([1,2,3,4,5], 2)', [[1, 2], [3, 4], [5]]],
    ['$range(0, 10, 5)', [0, 5, 10]],
    ['$range(4, 4, 1)', 4],
    ['$parse(\'{"a":[1]}\')', { a: [1] }],
    ['$hash("abc", "MD5")', '900150983cd24fb0d6963f7d28e17f72'],
    ['$random()', 0.5],
    ['$random(7) = $random(7)', true],
    ['$uuid()', 'uuid-1'],
    ['$now()', '2026-03-02T08:00:00.000Z'],
    ['$now("[Y]-[M01]-[D01]")', '2026-03-02'],
    ['$millis()', startMs],
    ['$toMillis("07:30", "[H01]:[m01]")', Date.UTC(2026, 2, 2, 7, 30)],
    ['$shuffle([1,2,3])', [1, 3, 2]],
    ['[1..3][$ > 1]', [2, 3]],
    ['$states.input.list[a=1].b', [1, 2]],
  ])('is worth what JSONata on AWS makes of it: %s', async (expression, expected) => {
    const input = {
      list: [
        { a: 1, b: 1 },
        { a: 1, b: 2 },
      ],
    };
    expect((await run(expressionMachine(expression), { input })).output).toEqual(expected);
  });

  it.each([
    ['$missing', 'returned nothing (undefined).'],
    ['$eval("1")', 'threw an error during evaluation. T1006: Attempted to invoke a non-function'],
    ['1 + "a"', 'threw an error during evaluation. T2002:'],
    ['$range(1, 5000, 1)', 'threw an error during evaluation. a range has at most 1000 values'],
    ['$hash("x", "CRC32")', 'threw an error during evaluation. the algorithm must be one of'],
    ['{"f": $sum}', 'returned an unsupported result type.'],
  ])('%s fails the state', async (expression, problem) => {
    const execution = await run(expressionMachine(expression));
    expect(execution.error).toBe('States.QueryEvaluationError');
    expect(execution.cause).toContain(
      `The JSONata expression '${expression}' specified for the field 'Output' ${problem}`,
    );
    expect(execution.events.at(-2)).toMatchObject({
      type: 'EvaluationFailed',
      previousEventId: 0,
      details: { location: 'Output' },
    });
  });

  it.each([
    ['that calls itself', '($f := function($n) { 1 + $f($n + 1) }; $f(0))', 'Stack overflow error'],
    ['that calls itself last', '($f := function($n) { $f($n + 1) }; $f(0))', 'Expression evaluation timeout'],
    [
      'of two that call each other',
      '($a := function($n) { $n & $b($n) }; $b := function($n) { $n & $a($n) }; $a(1))',
      'Stack overflow error',
    ],
  ])('with a function %s without end fails its state, as on AWS', async (_what, expression, problem) => {
    const { error, cause } = await run(expressionMachine(expression));
    expect([error, cause]).toEqual(['States.QueryEvaluationError', expect.stringContaining(problem)]);
  });

  it('may call itself as often as a sum of a thousand needs, in each of its evaluations anew', async () => {
    const sum = '($f := function($n) { $n = 0 ? 0 : $n + $f($n - 1) }; $f(1000))';
    const machine = definition({
      A: { Type: 'Pass', Output: `{% ${sum} %}`, Next: 'B' },
      B: { Type: 'Pass', Output: `{% $states.input + ${sum} %}`, End: true },
    });
    expect((await run(machine)).output).toBe(1_001_000);
  });

  it.each([
    '$states.input',
    '$states.input.one',
    '$states.input.list.b',
    '$states.input.deep.er.none',
    '$states.input.deep.er.text',
    '$states.input.deep.er.text.length',
    '$states.input.deep.missing',
    '$states.input.deep.constructor',
    '$states.input.empty',
  ])('%s is what JSONata itself says, walked or not', async (expression) => {
    const input = {
      one: [1],
      list: [{ b: [1, 2] }, { b: 3 }],
      deep: { er: { none: null, text: 'x' } },
      empty: [],
    };
    const expected: unknown = await jsonata(expression).evaluate(undefined, { states: { input } });
    const { output, status } = await run(expressionMachine(expression), { input });
    const usable = expected !== undefined && typeof expected !== 'function';
    expect([output, status]).toEqual(
      usable ? [JSON.parse(JSON.stringify(expected)), 'SUCCEEDED'] : [undefined, 'FAILED'],
    );
  });

  it('leaves arrays without the marks of JSONata', async () => {
    const input = { list: [{ a: 1 }, { a: 1 }] };
    const { output } = await run(expressionMachine('{"kept": $states.input.list[a=1]}'), { input });
    expect(output).toEqual({ kept: input.list });
    expect(Object.keys(Object(output).kept)).toEqual(['0', '1']);
  });
});

describe('variables', () => {
  it('Assign and Output of one state see the old values', async () => {
    const machine = definition({
      First: { Type: 'Pass', Assign: { n: 1 }, Next: 'Second' },
      Second: {
        Type: 'Pass',
        Assign: { n: '{% $n + 1 %}', before: '{% $n %}' },
        Output: '{% $n %}',
        Next: 'Third',
      },
      Third: { Type: 'Pass', Output: '{% [$states.input, $n, $before] %}', End: true },
    });
    expect((await run(machine)).output).toEqual([1, 2, 1]);
  });

  it('are assigned by the catcher of a Parallel in the scope around it, where no branch may set them', async () => {
    const failing = {
      StartAt: 'Break',
      States: { Break: { Type: 'Fail', Error: 'Broken', Cause: 'on purpose' } },
    };
    const machine = definition({
      Branch: {
        Type: 'Parallel',
        Branches: [failing],
        Catch: [
          {
            ErrorEquals: ['States.ALL'],
            Assign: { why: '{% $states.errorOutput.Error %}' },
            Output: 1,
            Next: 'After',
          },
        ],
        Next: 'After',
      },
      After: { Type: 'Pass', Output: '{% [$states.input, $why] %}', End: true },
    });
    expect((await run(machine)).output).toEqual([1, 'Broken']);
  });

  it('of a branch are read from outside but stay inside', async () => {
    const inner = {
      StartAt: 'Inner',
      States: {
        Inner: { Type: 'Pass', Assign: { inside: '{% $outside * 2 %}' }, Next: 'Show' },
        Show: { Type: 'Pass', Output: '{% $inside %}', End: true },
      },
    };
    const machine = definition({
      Set: { Type: 'Pass', Assign: { outside: 21 }, Next: 'Branch' },
      Branch: { Type: 'Parallel', Branches: [inner], Next: 'After' },
      After: {
        Type: 'Pass',
        Output: '{% {"branch": $states.input[0], "leaked": $exists($inside)} %}',
        End: true,
      },
    });
    expect((await run(machine)).output).toEqual({ branch: 42, leaked: false });
  });
});

it('the context object has the execution, the machine, the state, and Retry count and token where they belong', async () => {
  const machine = definition({ Look: { Type: 'Pass', Output: '{% $states.context %}', End: true } });
  const { execution, finish } = bench(machine, { input: { a: 1 } });
  expect((await finish()).output).toEqual({
    Execution: {
      Id: execution.arn,
      Input: { a: 1 },
      Name: 'one',
      RoleArn: 'arn:aws:iam::000000000000:role/rehearsal',
      StartTime: '2026-03-02T08:00:00.000Z',
      RedriveCount: 0,
    },
    StateMachine: { Id: execution.stateMachineArn, Name: 'bench' },
    State: { Name: 'Look', EnteredTime: '2026-03-02T08:00:00.000Z' },
  });
});
