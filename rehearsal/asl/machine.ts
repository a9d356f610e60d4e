/**
 * A state machine as the engine runs it: validated, resolved, its expressions compiled. Made by
 * `loadMachine`.
 */
import type { Template } from './expression.ts';
import type { JsonObject } from './json.ts';

export interface Machine extends Block {
  readonly comment: string | undefined;
  /** Seconds an execution may take; without it, it may take for ever. */
  readonly timeoutSeconds: number | undefined;
  readonly definition: JsonObject;
}

/** A scope of states: a machine, a branch of a Parallel, the processor of a Map. */
export interface Block {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

/**
 * Fields that make the end of a state. An absent `output` passes the result on, an absent `assign` sets
 * nothing.
 */
export interface Outcome {
  readonly output: Template | undefined;
  readonly assign: Template | undefined;
}

interface StateBase<Type extends string> extends Outcome {
  readonly type: Type;
  readonly name: string;
  /** Absent where the state ends its scope. */
  readonly next: string | undefined;
}

export interface Retrier {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  /** Retries, not attempts: 0 means that the error is never retried. */
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number;
  readonly fullJitter: boolean;
}

export interface Catcher extends Outcome {
  readonly errorEquals: readonly string[];
  readonly next: string;
}

interface Guarded {
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

type PassState = StateBase<'Pass'>;
type SucceedState = StateBase<'Succeed'>;

export interface FailState extends StateBase<'Fail'> {
  readonly error: Template | undefined;
  readonly cause: Template | undefined;
}

export interface WaitState extends StateBase<'Wait'> {
  readonly until: 'Seconds' | 'Timestamp';
  readonly value: Template;
}

export interface ChoiceRule extends Outcome {
  readonly condition: Template;
  readonly next: string;
}
/** `next` is the Default. */
export interface ChoiceState extends StateBase<'Choice'> {
  readonly choices: readonly ChoiceRule[];
}

/** What a Task calls. `arn` is the function's, in a direct call. */
export type Integration =
  | { readonly kind: 'lambda'; readonly arn: string }
  | { readonly kind: 'lambda:invoke' | 'lambda:invoke.waitForTaskToken' }
  | { readonly kind: 'states:startExecution' | 'states:startExecution.sync:2' };

export interface TaskState extends StateBase<'Task'>, Guarded {
  readonly integration: Integration;
  readonly arguments: Template | undefined;
  readonly timeoutSeconds: Template | undefined;
  readonly heartbeatSeconds: Template | undefined;
}

export interface ParallelState extends StateBase<'Parallel'>, Guarded {
  /** Input of every branch; by default the state's own. */
  readonly arguments: Template | undefined;
  readonly branches: readonly Block[];
}

export interface MapState extends StateBase<'Map'>, Guarded {
  readonly items: Template | undefined;
  readonly itemSelector: Template | undefined;
  /** 0: as many as there are items. */
  readonly maxConcurrency: Template | undefined;
  readonly processor: Block;
}

export type GuardedState = TaskState | ParallelState | MapState;
export type State = PassState | SucceedState | FailState | WaitState | ChoiceState | GuardedState;
