/**
 * A state machine as the engine runs it: validated, resolved, its expressions compiled. Made by
 * `loadMachine`.
 */
import type { JsonObject } from '#domain/json.ts';
import type { JsonTemplate } from './expression.ts';

export interface Machine extends StateScope {
  readonly comment: string | undefined;
  /** Seconds an execution may take; without it, it may take for ever. */
  readonly timeoutSeconds: number | undefined;
  readonly definition: JsonObject;
}

/** A scope of states: a machine, a branch of a Parallel, the processor of a Map. */
export interface StateScope {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, MachineState>;
}

/**
 * Fields that make the end of a state. An absent `output` passes the result on, an absent `assign` sets
 * nothing.
 */
export interface StateEnd {
  readonly output: JsonTemplate | undefined;
  readonly assign: JsonTemplate | undefined;
}

interface StateBase<Type extends string> extends StateEnd {
  readonly type: Type;
  readonly name: string;
  /** Absent where the state ends its scope. */
  readonly next: string | undefined;
}

export interface RetryRule {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  /** Retries, not attempts: 0 means that the error is never retried. */
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number;
  readonly fullJitter: boolean;
}

export interface CatchRule extends StateEnd {
  readonly errorEquals: readonly string[];
  readonly next: string;
}

interface Guarded {
  readonly retry: readonly RetryRule[];
  readonly catch: readonly CatchRule[];
}

type PassState = StateBase<'Pass'>;
type SucceedState = StateBase<'Succeed'>;

export interface FailState extends StateBase<'Fail'> {
  readonly error: JsonTemplate | undefined;
  readonly cause: JsonTemplate | undefined;
}

export interface WaitState extends StateBase<'Wait'> {
  readonly until: 'Seconds' | 'Timestamp';
  readonly value: JsonTemplate;
}

export interface ChoiceCase extends StateEnd {
  readonly condition: JsonTemplate;
  readonly next: string;
}
/** `next` is the Default. */
export interface ChoiceState extends StateBase<'Choice'> {
  readonly choices: readonly ChoiceCase[];
}

/** What a Task calls. `arn` is the function's, in a direct call. */
export type Integration =
  | { readonly kind: 'lambda'; readonly arn: string }
  | { readonly kind: 'lambda:invoke' | 'lambda:invoke.waitForTaskToken' }
  | { readonly kind: 'states:startExecution' | 'states:startExecution.sync:2' };

export interface TaskState extends StateBase<'Task'>, Guarded {
  readonly integration: Integration;
  readonly arguments: JsonTemplate | undefined;
  readonly timeoutSeconds: JsonTemplate | undefined;
  readonly heartbeatSeconds: JsonTemplate | undefined;
}

export interface ParallelState extends StateBase<'Parallel'>, Guarded {
  /** Input of every branch; by default the state's own. */
  readonly arguments: JsonTemplate | undefined;
  readonly branches: readonly StateScope[];
}

export interface MapState extends StateBase<'Map'>, Guarded {
  readonly items: JsonTemplate | undefined;
  readonly itemSelector: JsonTemplate | undefined;
  /** 0: as many as there are items. */
  readonly maxConcurrency: JsonTemplate | undefined;
  readonly processor: StateScope;
}

export type GuardedState = TaskState | ParallelState | MapState;
export type MachineState = PassState | SucceedState | FailState | WaitState | ChoiceState | GuardedState;
