/**
 * Virtual time. Nothing in a rehearsal reads the real clock: whoever needs the time asks this one, and
 * whoever needs to wait leaves a timer here. A year passes as fast as its timers can run.
 */
import TinyQueue from 'tinyqueue';

export type TimerTask = () => void | Promise<void>;

/** A handle to cancel a timer with. */
export interface Timer {
  readonly timeMs: number;
}

interface Entry extends Timer {
  readonly order: number;
  task: TimerTask | undefined;
}

export interface RunLimits {
  /** Timers that may run before the clock gives up: a loop without end is an error, never a hang. */
  readonly eventsMax?: number;
}

const eventsMaxDefault = 1_000_000;

/** Microtasks run before the next immediate. */
const rest = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export class VirtualClock {
  #nowMs: number;
  #order = 0;
  #pending = 0;
  readonly #queue = new TinyQueue<Entry>([], (a, b) => a.timeMs - b.timeMs || a.order - b.order);

  /** `startMs`: milliseconds since 1970-01-01T00:00:00Z. */
  constructor(startMs: number) {
    if (!Number.isFinite(startMs))
      throw new RangeError(`startMs is ${startMs}; expected milliseconds since 1970`);
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  /** Timers that will still run. */
  get pending(): number {
    return this.#pending;
  }

  /**
   * Runs `task` at `timeMs`, to the millisecond, as real clocks tell the time; a time that has passed means as soon as possible. Timers of one instant run in
   * the order of their making.
   */
  at(timeMs: number, task: TimerTask): Timer {
    if (!Number.isFinite(timeMs))
      throw new RangeError(`timeMs is ${timeMs}; expected milliseconds since 1970`);
    const entry: Entry = { timeMs: Math.max(Math.round(timeMs), this.#nowMs), order: this.#order, task };
    this.#order += 1;
    this.#pending += 1;
    this.#queue.push(entry);
    return entry;
  }

  after(delayMs: number, task: TimerTask): Timer {
    return this.at(this.#nowMs + delayMs, task);
  }

  /** Does nothing when the timer has run or was cancelled before. */
  cancel(timer: Timer): void {
    const entry = timer as Entry;
    if (entry.task === undefined) return;
    // The entry stays in the heap until its time: taking it out would cost a search.
    entry.task = undefined;
    this.#pending -= 1;
  }

  /** Ends when every promise that can settle without a timer has settled: all that comes of an act at this instant. */
  settle(): Promise<void> {
    return rest();
  }

  /**
   * Runs timers until `stop` holds; it is asked before the first timer and after each.
   * @returns whether `stop` held; false when no timer was left
   * @throws RangeError when `eventsMax` timers ran and `stop` still does not hold
   */
  async runUntil(
    stop: (nowMs: number) => boolean,
    { eventsMax = eventsMaxDefault }: RunLimits = {},
  ): Promise<boolean> {
    await rest();
    for (let events = 0; !stop(this.#nowMs); events += 1) {
      const entry = this.#next();
      if (entry === undefined) return false;
      if (events === eventsMax) {
        throw new RangeError(
          `the virtual clock ran ${eventsMax} events (eventsMax) and was not told to stop`,
        );
      }
      await this.#run(entry);
    }
    return true;
  }

  /** Runs everything due in the next `durationMs`, then stands at the end of it. Errors as in `runUntil`. */
  async runFor(durationMs: number, limits: RunLimits = {}): Promise<void> {
    const endMs = this.#nowMs + durationMs;
    await rest();
    await this.runUntil(() => (this.#next()?.timeMs ?? Number.POSITIVE_INFINITY) > endMs, limits);
    this.#nowMs = Math.max(this.#nowMs, endMs);
  }

  async #run(entry: Entry): Promise<void> {
    const { task } = entry;
    this.#queue.pop();
    if (task === undefined) return;
    entry.task = undefined;
    this.#pending -= 1;
    this.#nowMs = entry.timeMs;
    await task();
    await rest();
  }

  /** Earliest live timer; drops the cancelled ones before it. */
  #next(): Entry | undefined {
    let entry = this.#queue.peek();
    while (entry !== undefined && entry.task === undefined) {
      this.#queue.pop();
      entry = this.#queue.peek();
    }
    return entry;
  }
}
