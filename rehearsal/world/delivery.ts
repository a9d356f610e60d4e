/** How events reach handlers: at least once with retries, best effort, or as a batch of a queue. Chaos comes in here. */

import type { Ports } from '#application/ports/ports.ts';
import { JalonError } from '#domain/errors.ts';
import { minuteMs } from '#domain/time.ts';
import { apis, commands, events, pages, steps, workers } from '#functions/catalogue.ts';
import type { Definition } from '#functions/runtime/definition.ts';
import { type Handler, handlerOf } from '#functions/runtime/handler.ts';
import type { CommandName } from '#functions/runtime/operations.ts';
import { FunctionMissing } from '../asl/errors.ts';
import type { VirtualClock } from '../clock.ts';
import { around, type PortCall } from './around.ts';
import type { Chance } from './chance.ts';
import { type Chaos, Crash, crashing } from './chaos.ts';

/** `once`: delivered, but a failed run is not tried again (a stale tick is worthless). */
export type Guarantee = 'at-least-once' | 'best-effort' | 'once';

const catalogue: Readonly<Record<string, Definition>> = {
  ...steps,
  ...events,
  ...workers,
  ...apis,
  ...pages,
  ...commands,
};
/** Lambda retries an asynchronous event twice; a queue gives up after five deliveries. Together: seven. */
const deliveriesMax = 7;
const retryAfterMs = minuteMs;
const redriveAfterMs = 1_800_000;

export class Delivery {
  readonly #clock: VirtualClock;
  readonly #chance: Chance;
  readonly #chaos: Chaos;
  readonly #ports: Ports;
  readonly #handlers = new Map<string, Handler>();
  readonly #listeners: ((handler: string, call: PortCall) => void)[] = [];
  readonly invocations: Record<string, number> = {};
  /** What no retry could deliver, and errors that nobody expected. */
  readonly deadLetters: { readonly handler: string; readonly error: unknown }[] = [];

  constructor(clock: VirtualClock, chance: Chance, chaos: Chaos, ports: Ports) {
    this.#clock = clock;
    this.#chance = chance;
    this.#chaos = chaos;
    this.#ports = ports;
  }

  /** From now on hears every call of a handler to a port, before it is made. */
  onCall(listener: (handler: string, call: PortCall) => void): void {
    this.#listeners.push(listener);
    this.#handlers.clear();
  }

  /** Runs a handler once, as Lambda does. Throws what it throws. */
  async invoke(name: string, event: unknown): Promise<unknown> {
    this.invocations[name] = (this.invocations[name] ?? 0) + 1;
    return this.#handler(name)(event);
  }

  #handler(name: string): Handler {
    const known = this.#handlers.get(name);
    if (known) return known;
    const definition = catalogue[name];
    if (!definition) throw new FunctionMissing(name);
    const handler = handlerOf(
      definition,
      this.#heard(name, crashing(this.#ports, this.#chance, this.#chaos.crash)),
    );
    this.#handlers.set(name, handler);
    return handler;
  }

  #heard(name: string, ports: Ports): Ports {
    if (this.#listeners.length === 0) return ports;
    return around(ports, (call, go) => {
      for (const listener of this.#listeners) listener(name, call);
      return go();
    });
  }

  /** An event on its way: perhaps lost, late or doubled. */
  send(name: string, event: unknown, guarantee: Guarantee, afterMs = 0): void {
    if (guarantee === 'best-effort' && this.#chance.happens(this.#chaos.drop)) return;
    const copies = this.#chance.happens(this.#chaos.duplicate) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      const delayMs = afterMs + this.#chance.uniform() * this.#chaos.delaySecondsMax * 1000;
      this.#clock.after(delayMs, () => this.#deliver(name, event, guarantee === 'once' ? deliveriesMax : 1));
    }
  }

  async #deliver(name: string, event: unknown, delivery: number): Promise<void> {
    try {
      const answer = await this.invoke(name, event);
      const failed = failedRecords(answer);
      if (failed.length > 0)
        this.#again(name, only(event, failed), delivery, new Error('a batch was left incomplete'));
    } catch (error) {
      this.#again(name, event, delivery, error);
    }
  }

  #again(name: string, event: unknown, delivery: number, error: unknown): void {
    const worthIt = error instanceof Crash || error instanceof JalonError || failedBatch(error);
    if (!worthIt || delivery >= deliveriesMax) {
      this.deadLetters.push({ handler: name, error });
      // Operations redrive dead letters of the queues.
      if (worthIt && name.startsWith('mail-'))
        this.#clock.after(redriveAfterMs, () => this.#deliver(name, event, 1));
      return;
    }
    this.#clock.after(retryAfterMs * delivery, () => this.#deliver(name, event, delivery + 1));
  }

  /** A person gives a command: refused is refused, a crash is worth another click. */
  command(name: CommandName | 'public-pages', input: unknown): void {
    this.#clock.after(0, () => this.#give(name, input, 1));
  }

  async #give(name: string, input: unknown, click: number): Promise<void> {
    try {
      await this.invoke(name, input);
    } catch (error) {
      if (error instanceof Crash && click < deliveriesMax) {
        this.#clock.after(retryAfterMs, () => this.#give(name, input, click + 1));
      } else if (!(error instanceof JalonError)) {
        this.deadLetters.push({ handler: name, error });
      }
    }
  }
}

const failedBatch = (error: unknown) =>
  error instanceof Error && error.message === 'a batch was left incomplete';

function failedRecords(answer: unknown): readonly string[] {
  if (typeof answer !== 'object' || answer === null || !('batchItemFailures' in answer)) return [];
  const { batchItemFailures } = answer;
  if (!Array.isArray(batchItemFailures)) return [];
  return batchItemFailures.map(({ itemIdentifier }: { itemIdentifier: string }) => itemIdentifier);
}

function only(event: unknown, ids: readonly string[]): unknown {
  const { Records } = event as { Records: readonly { messageId: string }[] };
  return { Records: Records.filter(({ messageId }) => ids.includes(messageId)) };
}
