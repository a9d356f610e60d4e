/** Task tokens that wait for an answer, and those that had one. */
import type { Json } from '#domain/json.ts';
import { ApiError, type StateFailure } from './errors.ts';

/** A task that waits for the answer to its token. */
export interface WaitingTask {
  succeed(output: Json): void;
  fail(failure: StateFailure): void;
  heartbeat(): void;
}

export class TaskTokens {
  readonly #waiting = new Map<string, WaitingTask>();
  readonly #closed = new Set<string>();

  open(token: string, task: WaitingTask): void {
    this.#waiting.set(token, task);
  }

  /** After an answer, a timeout, a failed invocation or the end of the execution. */
  close(token: string): void {
    if (this.#waiting.delete(token)) this.#closed.add(token);
  }

  /** @throws ApiError TaskTimedOut for a closed token, InvalidToken for one that never existed */
  find(token: string): WaitingTask {
    const task = this.#waiting.get(token);
    if (task !== undefined) return task;
    if (this.#closed.has(token)) {
      throw new ApiError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
    }
    throw new ApiError('InvalidToken', "Invalid Token: 'Invalid token'");
  }
}
