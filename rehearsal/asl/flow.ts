/** A line of control in an execution: the main one, a branch of a Parallel, an iteration of a Map. */
import type { Json, JsonObject } from '#domain/json.ts';
import type { VirtualClock } from '../clock.ts';
import type { Execution } from './execution.ts';
import type { Bindings } from './expression.ts';
import type { TaskTokens } from './tokens.ts';
import type { StateVisit } from './visit.ts';

/** What a nested execution is started with. */
export interface ChildRequest {
  readonly stateMachineArn: string;
  readonly name: string | undefined;
  readonly input: Json;
}

/** What states need from the engine around them. */
export interface Runtime {
  readonly clock: VirtualClock;
  readonly functions: Bindings;
  readonly tokens: TaskTokens;
  invoke(functionName: string, payload: unknown): Promise<unknown>;
  /** @throws ApiError */
  startChild(request: ChildRequest): Execution;
  stopChild(child: Execution): void;
  random(): number;
  uuid(): string;
}

export class Flow {
  readonly execution: Execution;
  readonly runtime: Runtime;
  /** Event that the next one of this flow follows. 0 at the start: AWS does not count ExecutionStarted. */
  lastEventId: number;
  variables: JsonObject = {};
  /** `$states.context.Map.Item`, inside a Map. */
  mapItem: JsonObject | undefined;
  /** The state it is in. */
  visit: StateVisit | undefined;
  #closed = false;
  readonly #parent: Flow | undefined;
  readonly #children = new Set<Flow>();
  readonly #cleanups = new Set<() => void>();

  constructor(execution: Execution, runtime: Runtime, lastEventId = 0, parent?: Flow) {
    this.execution = execution;
    this.runtime = runtime;
    this.lastEventId = lastEventId;
    this.#parent = parent;
  }

  /** A child sees the variables of its parent; what it assigns stays its own. */
  fork(lastEventId: number): Flow {
    const child = new Flow(this.execution, this.runtime, lastEventId, this);
    child.variables = this.variables;
    child.mapItem = this.mapItem;
    this.#children.add(child);
    return child;
  }

  /** Adds an event and goes on from it. @throws HistoryLimitReached */
  record(type: string, details: JsonObject = {}, previousEventId = this.lastEventId): number {
    this.lastEventId = this.note(type, details, previousEventId);
    return this.lastEventId;
  }

  /** Adds an event beside the line: the next event does not follow it. @throws HistoryLimitReached */
  note(type: string, details: JsonObject = {}, previousEventId = this.lastEventId): number {
    return this.execution.history.add(type, previousEventId, details, this.runtime.clock.nowMs());
  }

  /** Everything a flow awaits goes through here: when the flow is closed meanwhile, it never goes on. */
  hold<Value>(promise: Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      promise.then(
        (value) => {
          if (!this.#closed) resolve(value);
        },
        (error: unknown) => {
          if (!this.#closed) reject(error);
        },
      );
    });
  }

  sleepUntil(timeMs: number): Promise<void> {
    const { clock } = this.runtime;
    return new Promise((resolve) => {
      const timer = clock.at(timeMs, () => {
        this.#cleanups.delete(cancel);
        resolve();
      });
      const cancel = (): void => clock.cancel(timer);
      this.#cleanups.add(cancel);
    });
  }

  /** Calls `cleanup` when the flow is closed before `done` of the result is called. */
  onClose(cleanup: () => void): { done(): void } {
    this.#cleanups.add(cleanup);
    return { done: () => this.#cleanups.delete(cleanup) };
  }

  /** Ends the flow and all below it; nothing is recorded. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const cleanup of this.#cleanups) cleanup();
    this.#cleanups.clear();
    for (const child of this.#children) child.close();
    this.#children.clear();
    this.#parent?.forget(this);
  }

  /** A child that has ended needs no closing. */
  private forget(child: Flow): void {
    this.#children.delete(child);
  }

  /**
   * Ends the flow because of a failure elsewhere: the states it is in are recorded as aborted, outer ones
   * first.
   */
  abort(failingEventId: number): void {
    if (this.#closed) return;
    this.visit?.abort(failingEventId);
    for (const child of this.#children) child.abort(failingEventId);
    this.close();
  }
}
