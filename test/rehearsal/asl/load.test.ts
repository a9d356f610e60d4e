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
      'does not end',
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
      'at least 1',
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
