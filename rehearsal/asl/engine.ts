/**
 * Step Functions in virtual time: starts executions of loaded machines, takes the answers to task tokens,
 * tells who listens. Its truth is what AWS recorded (`npm run test:oracle`).
 */

import type { Json } from '#domain/json.ts';
import { present } from '#domain/present.ts';
import type { VirtualClock } from '../clock.ts';
import { ApiError, HistoryLimitReached, StateFailure } from './errors.ts';
import { type Ending, Execution, type StatusChange } from './execution.ts';
import { type ChildRequest, Flow, type Runtime } from './flow.ts';
import { functionBindings } from './functions.ts';
import { crossing } from './json.ts';
import type { Machine } from './machine.ts';
import { runBlock } from './states.ts';
import { TaskTokens } from './tokens.ts';

/** What the engine asks of the world around it. */
export interface Host {
  readonly clock: VirtualClock;
  /**
   * Calls a function. It may settle at any later virtual time. What it throws is the function's error: `name`
   * is the errorType, `message` the errorMessage; FunctionMissing means that there is no such function.
   */
  invoke(functionName: string, payload: unknown): Promise<unknown>;
  /** The machine that a nested execution starts. */
  resolveMachine(arn: string): Machine | undefined;
  /** At least 0 and below 1: jitter and `$random`. */
  random(): number;
  /** Names, task tokens and `$uuid`. */
  uuid(): string;
}

export interface StartRequest {
  readonly machine: Machine;
  /** For example `arn:aws:states:eu-west-3:000000000000:stateMachine:release`. */
  readonly stateMachineArn: string;
  /** By default a UUID. */
  readonly name?: string;
  /** JSON; by default `{}`. */
  readonly input?: unknown;
  readonly roleArn?: string;
}

/** Error and cause of SendTaskFailure and StopExecution; both may be absent. */
export interface FailureReport {
  readonly error?: string;
  readonly cause?: string;
}

const roleArnDefault = 'arn:aws:iam::000000000000:role/rehearsal';

export class Engine {
  readonly #host: Host;
  readonly #runtime: Runtime;
  readonly #tokens = new TaskTokens();
  readonly #executions = new Map<string, Execution>();
  /** Main flows of the executions that still run. */
  readonly #running = new Map<Execution, Flow>();
  readonly #listeners = new Set<(change: StatusChange) => void>();

  constructor(host: Host) {
    this.#host = host;
    const { clock } = host;
    this.#runtime = {
      clock,
      tokens: this.#tokens,
      functions: functionBindings({
        nowMs: () => clock.nowMs(),
        random: () => host.random(),
        uuid: () => host.uuid(),
      }),
      // A host that throws at once fails the task like one whose promise rejects.
      invoke: async (functionName, payload) => host.invoke(functionName, payload),
      startChild: (request) => this.#startChild(request),
      stopChild: (child) => this.stop(child),
      random: () => host.random(),
      uuid: () => host.uuid(),
    };
  }

  /**
   * Starts an execution; its first state is entered when the clock runs next. The same name with the same
   * input gives the execution that is already running.
   * @throws ApiError ExecutionAlreadyExists, InvalidExecutionInput (over 262,144 bytes)
   */
  start({
    machine,
    stateMachineArn,
    name = this.#host.uuid(),
    input,
    roleArn = roleArnDefault,
  }: StartRequest): Execution {
    const { value, tooLarge } = crossing(input ?? {});
    if (tooLarge)
      throw new ApiError(
        'InvalidExecutionInput',
        'Invalid State Machine Execution Input: longer than 262144 bytes',
      );
    const arn = executionArnOf(stateMachineArn, name);
    const existing = this.#executions.get(arn);
    if (existing !== undefined) return sameExecution(existing, value);

    const { clock } = this.#host;
    const startMs = clock.nowMs();
    const execution = new Execution({ arn, name, stateMachineArn, roleArn, machine, input: value, startMs });
    const flow = new Flow(execution, this.#runtime);
    this.#executions.set(arn, execution);
    this.#running.set(execution, flow);
    flow.note('ExecutionStarted', { input: value, roleArn }, 0);
    this.#tell(execution);
    if (machine.timeoutSeconds !== undefined) {
      const timer = clock.after(machine.timeoutSeconds * 1000, () =>
        this.#end(execution, { status: 'TIMED_OUT' }),
      );
      flow.onClose(() => clock.cancel(timer));
    }
    clock.after(0, () => {
      void this.#run(execution, flow);
    });
    return execution;
  }

  /**
   * @param output JSON, as a value. @throws ApiError TaskTimedOut, InvalidToken, ValidationException (over
   * 262,144 bytes)
   */
  sendTaskSuccess(token: string, output: unknown): void {
    const task = this.#tokens.find(token);
    const { value, tooLarge } = crossing(output);
    if (tooLarge) throw new ApiError('ValidationException', "Value at 'output' is longer than 262144 bytes");
    this.#tokens.close(token);
    task.succeed(value);
  }

  /** @throws ApiError TaskTimedOut, InvalidToken */
  sendTaskFailure(token: string, { error, cause }: FailureReport = {}): void {
    const task = this.#tokens.find(token);
    this.#tokens.close(token);
    task.fail(new StateFailure(error, cause));
  }

  /** Leaves no event, as on AWS. @throws ApiError TaskTimedOut, InvalidToken */
  sendTaskHeartbeat(token: string): void {
    this.#tokens.find(token).heartbeat();
  }

  /** Ends the execution as ABORTED; does nothing when it has ended. */
  stop(execution: Execution, { error, cause }: FailureReport = {}): void {
    this.#end(execution, { status: 'ABORTED', failure: new StateFailure(error, cause) });
  }

  /**
   * Calls `listener` at the start and at the end of every execution, in the middle of the engine's work.
   * @returns a function that takes the listener off
   */
  onStatusChange(listener: (change: StatusChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** In the order of their start. */
  executions(): readonly Execution[] {
    return [...this.#executions.values()];
  }

  /** @throws ApiError ExecutionDoesNotExist */
  execution(arn: string): Execution {
    const execution = this.#executions.get(arn);
    if (execution === undefined) {
      throw new ApiError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    }
    return execution;
  }

  async #run(execution: Execution, flow: Flow): Promise<void> {
    // Stopped before its first turn.
    if (!this.#running.has(execution)) return;
    try {
      const output = await runBlock(flow, execution.machine, execution.input);
      this.#end(execution, { status: 'SUCCEEDED', output });
    } catch (error) {
      this.#end(execution, { status: 'FAILED', failure: failureOf(error, flow, execution) });
    }
  }

  #end(execution: Execution, ending: Ending): void {
    const flow = this.#running.get(execution);
    if (flow === undefined) return;
    this.#running.delete(execution);
    execution.end(ending, this.#host.clock.nowMs(), flow.lastEventId);
    flow.close();
    this.#tell(execution);
  }

  #startChild({ stateMachineArn, name, input }: ChildRequest): Execution {
    const machine = this.#host.resolveMachine(stateMachineArn);
    if (machine === undefined) {
      throw new ApiError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${stateMachineArn}'`);
    }
    return this.start({ machine, stateMachineArn, input, ...present({ name }) });
  }

  #tell(execution: Execution): void {
    const change = execution.describe();
    for (const listener of this.#listeners) listener(change);
  }
}

export const executionArnOf = (stateMachineArn: string, name: string) =>
  `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;

function sameExecution(existing: Execution, input: Json): Execution {
  if (existing.status === 'RUNNING' && JSON.stringify(existing.input) === JSON.stringify(input))
    return existing;
  throw new ApiError('ExecutionAlreadyExists', `Execution Already Exists: '${existing.arn}'`);
}

/** Anything but a failure of the machine is a fault of the rehearsal and must be heard. */
function failureOf(error: unknown, flow: Flow, { historyEvents }: Execution): StateFailure {
  if (error instanceof StateFailure) return error;
  if (!(error instanceof HistoryLimitReached)) throw error;
  flow.lastEventId = historyEvents;
  return error.failure;
}
