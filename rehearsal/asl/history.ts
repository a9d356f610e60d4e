/** What happened in an execution, as GetExecutionHistory tells it. */
import type { JsonObject } from '#domain/json.ts';
import { HistoryLimitReached } from './errors.ts';

export interface HistoryEvent {
  /** Counts from 1. */
  readonly id: number;
  /** 0 where nothing went before in the same line of control. */
  readonly previousEventId: number;
  /** Event type of the API, for example `TaskStateEntered`. */
  readonly type: string;
  readonly timestampMs: number;
  /**
   * Members of the API's `...EventDetails`: name, input, output, assigned, parameters, resource, error,
   * cause, ... JSON text is decoded: `output` is the value itself. Not to be changed.
   */
  readonly details: JsonObject;
}

const historyEventsMax = 25_000;

const endings = new Set(['ExecutionSucceeded', 'ExecutionFailed', 'ExecutionTimedOut', 'ExecutionAborted']);

export class History {
  readonly #events: HistoryEvent[] = [];

  get events(): readonly HistoryEvent[] {
    return this.#events;
  }

  /** @throws HistoryLimitReached when the last place is left and this event does not end the execution */
  add(type: string, previousEventId: number, details: JsonObject, timestampMs: number): number {
    const id = this.#events.length + 1;
    if (id >= historyEventsMax && !endings.has(type)) throw new HistoryLimitReached();
    this.#events.push({ id, previousEventId, type, timestampMs, details });
    return id;
  }
}
