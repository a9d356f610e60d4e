/** One execution of a machine: who it is, where it stands, what happened in it. */

import type { Json, JsonObject } from '#domain/json.ts';
import { present } from '#domain/present.ts';
import { unreachable } from '#domain/unreachable.ts';
import type { StateFailure } from './errors.ts';
import { History, type HistoryEvent } from './history.ts';
import type { Machine } from './machine.ts';

export type MachineStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/**
 * What a listener is told at the start and at the end; EventBridge's "Step Functions Execution Status
 * Change".
 */
export interface StatusChange {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: MachineStatus;
  readonly input: Json;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly startMs: number;
  readonly stopMs?: number;
}

export type Ending =
  | { readonly status: 'SUCCEEDED'; readonly output: Json }
  | { readonly status: 'FAILED' | 'ABORTED'; readonly failure: StateFailure }
  | { readonly status: 'TIMED_OUT' };

export interface Identity {
  readonly arn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  readonly roleArn: string;
  readonly machine: Machine;
  readonly input: Json;
  readonly startMs: number;
}

export class Execution {
  readonly arn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  readonly machine: Machine;
  readonly input: Json;
  readonly startMs: number;
  /** The parts of `$states.context` that are the same in every state. */
  readonly context: JsonObject;
  readonly history = new History();
  /** Settles when the execution has ended, however it ended. */
  readonly ended: Promise<void>;
  readonly #endedNow: () => void;
  #ending: Ending | undefined;
  #stopMs: number | undefined;
  #stateTransitions = 0;

  constructor({ arn, name, stateMachineArn, roleArn, machine, input, startMs }: Identity) {
    this.arn = arn;
    this.name = name;
    this.stateMachineArn = stateMachineArn;
    this.machine = machine;
    this.input = input;
    this.startMs = startMs;
    const StartTime = new Date(startMs).toISOString();
    this.context = {
      Execution: { Id: arn, Input: input, Name: name, RoleArn: roleArn, StartTime, RedriveCount: 0 },
      StateMachine: {
        Id: stateMachineArn,
        Name: stateMachineArn.slice(stateMachineArn.lastIndexOf(':') + 1),
      },
    };
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ended = promise;
    this.#endedNow = resolve;
  }

  get status(): MachineStatus {
    return this.#ending?.status ?? 'RUNNING';
  }

  get output(): Json | undefined {
    return this.#ending?.status === 'SUCCEEDED' ? this.#ending.output : undefined;
  }

  /** Absent for TIMED_OUT, as on AWS. */
  get error(): string | undefined {
    return this.#failure?.error;
  }

  get cause(): string | undefined {
    return this.#failure?.reason;
  }

  get stopMs(): number | undefined {
    return this.#stopMs;
  }

  /** What AWS bills: states entered and retries. */
  get stateTransitions(): number {
    return this.#stateTransitions;
  }

  get events(): readonly HistoryEvent[] {
    return this.history.events;
  }

  get historyEvents(): number {
    return this.history.events.length;
  }

  get #failure(): StateFailure | undefined {
    return this.#ending !== undefined && 'failure' in this.#ending ? this.#ending.failure : undefined;
  }

  countTransition(): void {
    this.#stateTransitions += 1;
  }

  /** Records the end. The engine alone calls it, once. */
  end(ending: Ending, stopMs: number, lastEventId: number): void {
    this.#ending = ending;
    this.#stopMs = stopMs;
    const [type, previousEventId, details] = endEvent(ending, lastEventId);
    this.history.add(type, previousEventId, details, stopMs);
    this.#endedNow();
  }

  describe(): StatusChange {
    const { output, error, cause, stopMs } = this;
    return {
      executionArn: this.arn,
      stateMachineArn: this.stateMachineArn,
      name: this.name,
      status: this.status,
      input: this.input,
      startMs: this.startMs,
      ...present({ output, error, cause, stopMs }),
    };
  }
}

/** An end from outside (stop, timeout of the machine) follows no event: AWS writes 0. */
function endEvent(ending: Ending, lastEventId: number): [string, number, JsonObject] {
  switch (ending.status) {
    case 'SUCCEEDED':
      return ['ExecutionSucceeded', lastEventId, { output: ending.output }];
    case 'FAILED':
      return ['ExecutionFailed', lastEventId, ending.failure.details];
    case 'ABORTED':
      return ['ExecutionAborted', 0, ending.failure.details];
    case 'TIMED_OUT':
      return ['ExecutionTimedOut', 0, { error: 'States.Timeout' }];
    default:
      return unreachable(ending);
  }
}
