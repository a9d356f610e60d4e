/**
 * A machine on the engine with functions of the test's own: what every test of the interpreter starts from.
 */
import { Engine, type Host } from '#rehearsal/asl/engine.ts';
import type { Execution } from '#rehearsal/asl/execution.ts';
import { loadMachine } from '#rehearsal/asl/load.ts';
import type { Machine } from '#rehearsal/asl/machine.ts';
import { VirtualClock } from '#rehearsal/clock.ts';

export const startMs = Date.UTC(2026, 2, 2, 8);
const machineArn = 'arn:aws:states:eu-west-3:000000000000:stateMachine:bench';
export const childArn = 'arn:aws:states:eu-west-3:000000000000:stateMachine:child';

export type Fields = Readonly<Record<string, unknown>>;

/** Definition with JSONata and the first state as the start. */
export const definition = (states: Fields, others: Fields = {}): Fields => ({
  QueryLanguage: 'JSONata',
  StartAt: Object.keys(states)[0],
  States: states,
  ...others,
});

/** A Task state that calls the function `name`. */
export const call = (name: string, others: Fields = {}): Fields => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: name, Payload: '{% $states.input %}' },
  Output: '{% $states.result.Payload %}',
  ...('Next' in others ? {} : { End: true }),
  ...others,
});

/** A Task state that waits for a callback; the function gets `token`. */
export const waitForCallback = (name: string, others: Fields = {}): Fields => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
  Arguments: { FunctionName: name, Payload: { token: '{% $states.context.Task.Token %}' } },
  ...('Next' in others ? {} : { End: true }),
  ...others,
});

export class NamedError extends Error {
  override readonly name: string;
  constructor(name: string, message = 'on purpose') {
    super(message);
    this.name = name;
  }
}

export interface Bench {
  readonly clock: VirtualClock;
  readonly engine: Engine;
  readonly execution: Execution;
  /** Tokens that functions were given, in order. */
  readonly tokens: readonly string[];
  /** Seconds of virtual time since the start at which functions were called. */
  readonly callSeconds: readonly number[];
  /** Runs the clock until the execution has ended. */
  finish(): Promise<Execution>;
}

interface BenchOptions {
  readonly input?: unknown;
  readonly functions?: Readonly<Record<string, (payload: unknown, bench: Bench) => unknown>>;
  readonly children?: Readonly<Record<string, Machine>>;
  readonly host?: Partial<Host>;
}

export function bench(
  machine: Fields,
  { input = {}, functions = {}, children = {}, host = {} }: BenchOptions = {},
): Bench {
  const clock = new VirtualClock(startMs);
  const tokens: string[] = [];
  const callSeconds: number[] = [];
  let uuids = 0;
  const engine = new Engine({
    clock,
    invoke: async (name, payload) => {
      callSeconds.push((clock.nowMs() - startMs) / 1000);
      if (typeof payload === 'object' && payload !== null && 'token' in payload)
        tokens.push(String(payload.token));
      return functions[name]?.(payload, made);
    },
    resolveMachine: (arn) => children[arn],
    random: () => 0.5,
    uuid: () => {
      uuids += 1;
      return `uuid-${uuids}`;
    },
    ...host,
  });
  const execution = engine.start({
    machine: loadMachine(machine),
    stateMachineArn: machineArn,
    name: 'one',
    input,
  });
  const finish = async (): Promise<Execution> => {
    await clock.runUntil(() => execution.status !== 'RUNNING', { eventsMax: 100_000 });
    return execution;
  };
  const made: Bench = { clock, engine, execution, tokens, callSeconds, finish };
  return made;
}

/** Runs a machine to its end. */
export const run = (machine: Fields, options: BenchOptions = {}): Promise<Execution> =>
  bench(machine, options).finish();

export const eventTypes = ({ events }: Execution): readonly string[] => events.map(({ type }) => type);

/** Machine whose only state outputs the value of an expression. */
export const expressionMachine = (expression: string): Fields =>
  definition({ Only: { Type: 'Pass', Output: `{% ${expression} %}`, End: true } });
