import { describe, expect, it } from 'vitest';
import { DefinitionRefused } from '#rehearsal/asl/errors.ts';
import { loadMachine } from '#rehearsal/asl/load.ts';
import { call, definition, type Fields } from './bench.ts';

const pass = { Type: 'Pass', End: true };
const withState = (state: Fields): Fields =>
  definition({ Only: state, ...('Next' in state ? { Done: pass } : {}) });
const branch = (states: Fields): Fields => ({ StartAt: Object.keys(states)[0], States: states });

describe('loadMachine refuses', () => {
  it.each<[string, unknown, string, string]>([
    ['no object', 7, 'definition', 'expected an object'],
    ['JSONPath by default', { StartAt: 'A', States: { A: pass } }, 'definition.QueryLanguage', 'JSONata'],
    [
      'JSONPath in a state',
      withState({ ...pass, QueryLanguage: 'JSONPath' }),
      'definition.States.Only.QueryLanguage',
      'JSONata',
    ],
    [
      'a field of JSONPath',
      withState({ ...pass, InputPath: '$.x' }),
      'definition.States.Only.InputPath',
      'field of JSONPath',
    ],
    [
      'an unknown field',
      withState({ ...pass, Colour: 'red' }),
      'definition.States.Only.Colour',
      'a Pass state supports',
    ],
    [
      'an unknown field of the machine',
      definition({ A: pass }, { Owner: 'x' }),
      'definition.Owner',
      'not supported',
    ],
    [
      'an unknown type',
      withState({ Type: 'Activity', End: true }),
      'definition.States.Only.Type',
      'one of Pass, Task',
    ],
    ['no states', definition({}), 'definition.StartAt', 'a text'],
    [
      'an unknown StartAt',
      definition({ A: pass }, { StartAt: 'B' }),
      'definition.StartAt',
      'expected one of A',
    ],
    ['an unknown Next', definition({ A: { Type: 'Pass', Next: 'B' } }), 'definition.States.A.Next', 'is "B"'],
    [
      'an unknown target of a catcher',
      withState(call('f', { Catch: [{ ErrorEquals: ['X'], Next: 'B' }] })),
      'definition.States.Only.Catch[0].Next',
      'is "B"',
    ],
    [
      'a state without a way out',
      withState({ Type: 'Pass' }),
      'definition.States.Only.Next',
      'either Next or "End": true',
    ],
    [
      'Next and End',
      withState({ Type: 'Pass', Next: 'Done', End: true }),
      'definition.States.Only.Next',
      'either',
    ],
    ['an unreachable state', definition({ A: pass, B: pass }), 'definition.States.B', 'no transition'],
    [
      'a name used twice',
      definition({ A: { Type: 'Parallel', Branches: [branch({ A: pass })], End: true } }),
      'definition.States.A.Branches[0].States.A',
      'same name',
    ],
    [
      'a variable of an outer scope',
      definition({
        A: {
          Type: 'Parallel',
          Assign: { x: 1 },
          Branches: [branch({ B: { ...pass, Assign: { x: 2 } } })],
          End: true,
        },
      }),
      'definition.States.A.Branches[0].States.B.Assign.x',
      'scope around',
    ],
    [
      'another service',
      withState({ Type: 'Task', Resource: 'arn:aws:states:::sns:publish', End: true }),
      'definition.States.Only.Resource',
      'lambda:invoke.waitForTaskToken',
    ],
    [
      'a broken expression',
      withState({ ...pass, Output: { a: ['{% 1 + %}'] } }),
      'definition.States.Only.Output.a[0]',
      'not JSONata',
    ],
    [
      'an expression without an end',
      withState({ ...pass, Output: '{% 1' }),
      'definition.States.Only.Output',
      'half an expression',
    ],
    [
      'a heartbeat not below the timeout',
      withState(call('f', { TimeoutSeconds: 5, HeartbeatSeconds: 5 })),
      'definition.States.Only.HeartbeatSeconds',
      'less than TimeoutSeconds (5)',
    ],
    [
      'a timeout of 0',
      withState(call('f', { TimeoutSeconds: 0 })),
      'definition.States.Only.TimeoutSeconds',
      'from 1 to 99999999',
    ],
    [
      'States.ALL before the end',
      withState(call('f', { Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['X'] }] })),
      'definition.States.Only.Retry[0].ErrorEquals',
      'alone and in the last place',
    ],
    [
      'a backoff below 1',
      withState(call('f', { Retry: [{ ErrorEquals: ['X'], BackoffRate: 0.5 }] })),
      'definition.States.Only.Retry[0].BackoffRate',
      'at least 1',
    ],
    [
      'Wait without a time',
      withState({ Type: 'Wait', End: true }),
      'definition.States.Only.Seconds',
      'either Seconds or Timestamp',
    ],
    [
      'a bad timestamp',
      withState({ Type: 'Wait', Timestamp: 'tomorrow', End: true }),
      'definition.States.Only.Timestamp',
      'ISO 8601',
    ],
    [
      'Choice without rules',
      withState({ Type: 'Choice', Choices: [] }),
      'definition.States.Only.Choices',
      'at least one rule',
    ],
    [
      'a distributed Map',
      withState({
        Type: 'Map',
        ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, ...branch({ B: pass }) },
        End: true,
      }),
      'definition.States.Only.ItemProcessor.ProcessorConfig.Mode',
      'INLINE',
    ],
  ])('a definition with a fault in it: %s', (_what, value, path, problem) => {
    let refusal: unknown;
    try {
      loadMachine(value);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(DefinitionRefused);
    expect(refusal).toMatchObject({ path, message: expect.stringContaining(problem) });
  });

  const long = 'x'.repeat(81);
  const guardedBy = (others: Fields): Fields => withState(call('f', others));
  const reading = (expression: string): Fields => withState({ ...pass, Output: `{% ${expression} %}` });
  const over = { ErrorEquals: ['X'] };
  it.each<[string, unknown, string]>([
    // CreateStateMachine: "definition", maximum length 1048576.
    [
      'a definition of more than 1 MiB',
      definition({ A: { ...pass, Comment: 'x'.repeat(1_048_576) } }),
      'longer than 1048576 bytes',
    ],
    // Quotas: names of states.
    ['a state name of 81 characters', definition({ [long]: pass }), '1 to 80 characters'],
    ['a state without a name', definition({ '': pass }), '1 to 80 characters'],
    // "Variable name syntax": Unicode annex 31, maximum length 80; a part of a variable cannot be assigned.
    ...['x.y', 'x[2]', '1x', '', 'a b', '$x', 'x-y', long].map((name): [string, unknown, string] => [
      `the variable "${name}"`,
      withState({ ...pass, Assign: { [name]: 1 } }),
      'is no name of a variable',
    ]),
    ['the variable "states"', withState({ ...pass, Assign: { states: 1 } }), 'reserved'],
    [
      'such a variable in a catcher',
      definition({ A: call('f', { Catch: [{ ...over, Next: 'B', Assign: { 'x.y': 1 } }] }), B: pass }),
      'is no name of a variable',
    ],
    ['Assign that is an expression', withState({ ...pass, Assign: '{% {"x": 1} %}' }), 'an object'],
    ['Assign in a Succeed', withState({ Type: 'Succeed', Assign: { x: 1 } }), 'not supported'],
    // "Reserved variable: $states": result and errorOutput are caught at creation where they are not accessible.
    ['$states.result in a Pass', reading('$states.result'), 'has input, context there'],
    ['$states.result deep inside', reading('[1, {"a": $sum([$states.result.n])}]'), 'has input, context'],
    ['$states.result in a function', reading('$map([1], function($i) { $states.result })'), 'has input'],
    ['$states.result in a predicate', reading('$states.input[id = $states.result.id]'), 'has input'],
    [
      '$states.result in Arguments',
      guardedBy({ Arguments: { FunctionName: 'f', Payload: '{% $states.result %}' } }),
      'has input, context there',
    ],
    ['$states.result in TimeoutSeconds', guardedBy({ TimeoutSeconds: '{% $states.result %}' }), 'has input'],
    [
      '$states.result in a Choice',
      definition({
        A: { Type: 'Choice', Choices: [{ Condition: '{% $states.result %}', Next: 'B' }] },
        B: pass,
      }),
      'has input, context there',
    ],
    [
      '$states.result in a catcher',
      definition({
        A: call('f', { Catch: [{ ...over, Next: 'B', Output: '{% $states.result %}' }] }),
        B: pass,
      }),
      'has input, context, errorOutput there',
    ],
    [
      '$states.errorOutput beside a catcher',
      guardedBy({ Output: '{% $states.errorOutput %}' }),
      'has input, context, result there',
    ],
    ['another member of $states', reading('$states.output'), 'reads $states.output'],
    ['a context that is not there', reading('$states.context.Machine'), 'Execution, State, StateMachine'],
    [
      'a field of it that is not there',
      reading('$states.context.Execution.Arn'),
      '$states.context.Execution.Arn',
    ],
    ['one of a map’s item', reading('$states.context.Map.Item.Name'), 'Index, Key, Value, Source'],
    ['a member that every object has', reading('$states.constructor'), 'reads $states.constructor'],
    // "Writing JSONata expressions in JSON strings".
    ['an expression without a beginning', withState({ ...pass, Output: '1 %}' }), 'half an expression'],
    ['an expression of nothing', withState({ ...pass, Output: '{%%}' }), 'not JSONata'],
    // State machine structure, Task, Wait: numbers up to 99,999,999.
    [
      'a machine with too long a timeout',
      definition({ A: pass }, { TimeoutSeconds: 1e8 }),
      'from 1 to 99999999',
    ],
    ['a machine without time', definition({ A: pass }, { TimeoutSeconds: 0 }), 'from 1 to 99999999'],
    ['a task with too long a timeout', guardedBy({ TimeoutSeconds: 1e8 }), 'from 1 to 99999999'],
    ['half a second', guardedBy({ TimeoutSeconds: 0.5 }), 'from 1 to 99999999'],
    ['a wait that is too long', withState({ Type: 'Wait', Seconds: 1e8, End: true }), 'from 0 to 99999999'],
    ['a wait of less than nothing', withState({ Type: 'Wait', Seconds: -1, End: true }), 'from 0'],
    ...[
      '2026-02-30T00:00:00Z',
      '2026-01-01T24:00:00Z',
      '2026-01-01T00:00:00+19:00',
      '2026-01-01',
      '2026-01-01t00:00:00z',
    ].map((Timestamp): [string, unknown, string] => [
      `the timestamp ${Timestamp}`,
      withState({ Type: 'Wait', Timestamp, End: true }),
      'ISO 8601',
    ]),
    // "Retry fields".
    ['no interval', guardedBy({ Retry: [{ ...over, IntervalSeconds: 0 }] }), 'from 1 to 99999999'],
    ['too many attempts', guardedBy({ Retry: [{ ...over, MaxAttempts: 1e8 }] }), 'from 0 to 99999999'],
    ['attempts below 0', guardedBy({ Retry: [{ ...over, MaxAttempts: -1 }] }), 'from 0'],
    [
      'a longest delay that is not less than 31622400',
      guardedBy({ Retry: [{ ...over, MaxDelaySeconds: 31_622_400 }] }),
      'from 1 to 31622399',
    ],
    ['another jitter', guardedBy({ Retry: [{ ...over, JitterStrategy: 'SOME' }] }), 'one of FULL, NONE'],
    ['no errors to retry', guardedBy({ Retry: [{ ErrorEquals: [] }] }), 'not empty'],
    [
      'States.ALL beside another',
      guardedBy({ Retry: [{ ErrorEquals: ['X', 'States.ALL'] }] }),
      'alone and in the last place',
    ],
    // "Transitions", and what the validator of states-language.net calls a terminal state.
    ['End that is not true', withState({ Type: 'Pass', Next: 'Done', End: false }), 'true, or no End'],
    [
      'states that lead to each other for ever',
      definition({ A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } }),
      'none ends it',
    ],
    // Arguments: "an object or a JSONata expression"; members that a service does not have are refused at creation.
    ['Arguments that are no object', guardedBy({ Arguments: 'f' }), 'an object or a JSONata expression'],
    ['no function', guardedBy({ Arguments: { Payload: 1 } }), 'a text'],
    ['a function without a name', guardedBy({ Arguments: { FunctionName: '' } }), 'not empty'],
    [
      'a misspelt argument',
      guardedBy({ Arguments: { FunctionName: 'f', PayLoad: 1 } }),
      'lambda:invoke supports FunctionName, Payload',
    ],
    [
      'no machine to start',
      withState({
        Type: 'Task',
        Resource: 'arn:aws:states:::states:startExecution',
        Arguments: {},
        End: true,
      }),
      'a text',
    ],
    [
      'a function that is no ARN',
      withState({ Type: 'Task', Resource: 'arn:aws:lambda:eu-west-3:1:function:a b', End: true }),
      'the ARN of a Lambda function',
    ],
    [
      'an ItemSelector that is no object',
      withState({ Type: 'Map', ItemSelector: 1, ItemProcessor: branch({ B: pass }), End: true }),
      'an object or a JSONata expression',
    ],
  ])('what AWS refuses at creation: %s', (_what, value, problem) => {
    expect(() => loadMachine(value)).toThrow(DefinitionRefused);
    expect(() => loadMachine(value)).toThrow(problem);
  });

  it('no JSON text', () => {
    expect(() => loadMachine('{')).toThrow(SyntaxError);
  });
});

it('loads JSON text as well as a parsed definition', () => {
  const machine = loadMachine(
    JSON.stringify(definition({ A: pass }, { Comment: 'small', TimeoutSeconds: 60 })),
  );
  expect(machine).toMatchObject({ startAt: 'A', comment: 'small', timeoutSeconds: 60 });
});

const read = (expression: string) => withReading({ Output: `{% ${expression} %}` });
const withReading = (others: Fields): Fields => withState({ ...pass, ...others });
it.each<[string, unknown]>([
  ['a state name of 80 characters', definition({ ['x'.repeat(80)]: pass })],
  ['variables of other alphabets', withReading({ Assign: { été: 1, 変数: 2, a_1: 3 } })],
  [
    'the longest times',
    definition({ A: call('f', { TimeoutSeconds: 99_999_999 }) }, { TimeoutSeconds: 99_999_999 }),
  ],
  [
    'the longest delay',
    withState(call('f', { Retry: [{ ErrorEquals: ['X'], MaxDelaySeconds: 31_622_399 }] })),
  ],
  ['$states as a whole', read('$states')],
  ['all of the context', read('[$states.context.Task.Token, $states.context.Map.Item.Value.any.thing]')],
  ['what input has', read('$states.input.result')],
  ['a text with spaces outside of an expression', withReading({ Output: ' {% $states.foo %} ' })],
  ['a variable that is named after a member', read('($result := 1; $result)')],
  ['the 29th of a February', withState({ Type: 'Wait', Timestamp: '2028-02-29T00:00Z', End: true })],
  [
    'a Parallel that assigns in its own catcher',
    definition({
      A: {
        Type: 'Parallel',
        Branches: [branch({ B: { ...pass, Assign: { inside: 1 } } })],
        Catch: [{ ErrorEquals: ['States.ALL'], Assign: { why: '{% $states.errorOutput %}' }, Next: 'C' }],
        End: true,
      },
      C: pass,
    }),
  ],
])('loads what AWS takes: %s', (_what, value) => {
  expect(() => loadMachine(value)).not.toThrow();
});
