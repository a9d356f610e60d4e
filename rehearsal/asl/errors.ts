/** Every error that the engine knows: those a state machine sees, and those its callers see. */

import type { Json } from '#domain/json.ts';
import { present } from '#domain/present.ts';

const timeoutError = 'States.Timeout';
const heartbeatTimeoutError = 'States.HeartbeatTimeout';
const runtimeError = 'States.Runtime';

/** An error inside a state machine: what Retry and Catch match and what ends an execution as FAILED. */
export class StateFailure extends Error {
  override readonly name = 'StateFailure';
  /** Absent when a task failed without naming an error. */
  readonly error: string | undefined;
  readonly reason: string | undefined;
  /** Another name under which Retry and Catch find it. */
  readonly alias: string | undefined;

  constructor(error?: string, reason?: string, alias?: string) {
    super(`${error ?? 'no error name'}: ${reason ?? 'no cause'}`);
    this.error = error;
    this.reason = reason;
    this.alias = alias;
  }

  static timeout(): StateFailure {
    return new StateFailure(timeoutError);
  }

  /**
   * AWS records a missed heartbeat as `States.Timeout`; `States.HeartbeatTimeout` is only a name to catch it
   * by.
   */
  static heartbeatTimeout(): StateFailure {
    return new StateFailure(timeoutError, undefined, heartbeatTimeoutError);
  }

  static dataLimit(place: string): StateFailure {
    const reason = `The state/task '${place}' returned a result with a size exceeding the maximum number of bytes service limit.`;
    return new StateFailure('States.DataLimitExceeded', reason);
  }

  /**
   * No rule of a Choice holds and it has no Default. AWS calls this States.Runtime, which States.ALL does not
   * match.
   */
  static noTransition(state: string, enteredEventId: number): StateFailure {
    const where = `An error occurred while executing the state '${state}' (entered at the event id #${enteredEventId}).`;
    return new StateFailure(
      runtimeError,
      `${where} Failed to transition out of the state. The state does not point to a next state.`,
    );
  }

  /** Value of `$states.errorOutput`. A timeout has an empty cause, any other missing member is null. */
  get errorOutput(): Json {
    return { Error: this.error ?? null, Cause: this.reason ?? (this.error === timeoutError ? '' : null) };
  }

  /** Details of an event that reports it. */
  get details(): Record<string, Json> {
    return {
      ...present({ error: this.error, cause: this.reason }),
    };
  }

  /**
   * Whether a name in `ErrorEquals` stands for this error. Recorded on AWS: `States.ALL` matches
   * `States.DataLimitExceeded`, against the documentation. Documented: it does not match `States.Runtime`,
   * and `States.TaskFailed` matches everything but a timeout.
   */
  matches(name: string): boolean {
    if (name === this.error || name === this.alias) return true;
    if (this.error === runtimeError) return false;
    return name === 'States.ALL' || (name === 'States.TaskFailed' && this.error !== timeoutError);
  }
}

/** The event that would have been number 25,000 was not an end. No Retry or Catch sees this. */
export class HistoryLimitReached extends Error {
  override readonly name = 'HistoryLimitReached';
  constructor() {
    super('The execution reached the maximum number of history events (25000).');
  }

  get failure(): StateFailure {
    return new StateFailure(runtimeError, this.message);
  }
}

/**
 * The host throws it when there is no such function; the state machine sees
 * `Lambda.ResourceNotFoundException`.
 */
export class FunctionMissing extends Error {
  override readonly name = 'FunctionMissing';
  readonly functionName: string;
  constructor(functionName: string) {
    super(`Function not found: ${functionName}`);
    this.functionName = functionName;
  }
}

/** The definition is outside the supported subset or wrong; thrown by `loadMachine`. */
export class DefinitionRefused extends Error {
  override readonly name = 'DefinitionRefused';
  /** Where in the definition, for example `States.Deploy.Retry[0].MaxAttempts`. */
  readonly path: string;
  readonly problem: string;
  constructor(path: string, problem: string) {
    super(`${path}: ${problem}`);
    this.path = path;
    this.problem = problem;
  }
}

/**
 * An error of the Step Functions API. `name` is the error code a client of AWS sees. `TaskDoesNotExist` is
 * not among them: AWS answers a closed token with `TaskTimedOut`, and the rehearsal keeps every token it
 * made.
 */
export type ApiErrorCode =
  | 'TaskTimedOut'
  | 'InvalidToken'
  | 'ExecutionAlreadyExists'
  | 'ExecutionDoesNotExist'
  | 'InvalidExecutionInput'
  | 'StateMachineDoesNotExist'
  | 'ValidationException';

export class ApiError extends Error {
  override readonly name: ApiErrorCode;
  constructor(name: ApiErrorCode, message: string) {
    super(message);
    this.name = name;
  }
}
