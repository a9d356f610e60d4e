/** Functions that behave as a case says. */

import { isDeepStrictEqual } from 'node:util';
import type { Json } from '#domain/json.ts';
import type { Engine } from '#rehearsal/asl/engine.ts';
import { FunctionMissing } from '#rehearsal/asl/errors.ts';
import { isJsonObject } from '#rehearsal/asl/json.ts';
import type { VirtualClock } from '#rehearsal/clock.ts';
import type { Behaviour } from './case.ts';

const second = 1000;

export class SimulatedFunctions {
  readonly #behaviours: ReadonlyMap<string, Behaviour>;
  readonly #clock: VirtualClock;
  readonly #engine: () => Engine;
  readonly #invocations = new Map<string, number>();
  /** Tokens that the engine made, to find the one in a payload whatever the member is called. */
  readonly #tokens: ReadonlySet<string>;

  constructor(
    behaviours: ReadonlyMap<string, Behaviour>,
    clock: VirtualClock,
    engine: () => Engine,
    tokens: ReadonlySet<string>,
  ) {
    this.#behaviours = behaviours;
    this.#clock = clock;
    this.#engine = engine;
    this.#tokens = tokens;
  }

  async invoke(name: string, payload: unknown): Promise<unknown> {
    const count = this.#invocations.get(name) ?? 0;
    this.#invocations.set(name, count + 1);
    const behaviour = this.#behaviours.get(name);
    if (behaviour === undefined) throw new FunctionMissing(name);
    const { sequence } = behaviour;
    const present = sequence?.[Math.min(count, sequence.length - 1)] ?? behaviour;
    if (present.missing === true) throw new FunctionMissing(name);
    if (present.takesSeconds !== undefined) await this.#sleep(present.takesSeconds);
    return this.#answer(present, payload as Json);
  }

  #sleep(seconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.#clock.after(seconds * second, resolve);
    });
  }

  #answer(behaviour: Behaviour, payload: Json): Json {
    if (behaviour.throws !== undefined) {
      const { errorType, errorMessage } = behaviour.throws;
      throw Object.assign(new Error(errorMessage), { name: errorType });
    }
    if (behaviour.echo === true) return payload;
    if (behaviour.returns !== undefined) return behaviour.returns;
    const token = this.#tokenIn(payload);
    if (token !== undefined) this.#answerToken(behaviour, token);
    return null;
  }

  #answerToken({ heartbeats, sendsTaskSuccess, sendsTaskFailure }: Behaviour, token: string): void {
    for (let beat = 1; beat <= (heartbeats?.count ?? 0); beat += 1) {
      this.#clock.after(beat * (heartbeats?.everySeconds ?? 0) * second, () =>
        this.#engine().sendTaskHeartbeat(token),
      );
    }
    if (sendsTaskSuccess !== undefined) {
      const output = withToken(sendsTaskSuccess.output, token);
      this.#clock.after(sendsTaskSuccess.afterSeconds * second, () =>
        this.#engine().sendTaskSuccess(token, output),
      );
    }
    if (sendsTaskFailure !== undefined) {
      const { afterSeconds, ...report } = sendsTaskFailure;
      this.#clock.after(afterSeconds * second, () => this.#engine().sendTaskFailure(token, report));
    }
  }

  #tokenIn(value: Json): string | undefined {
    if (typeof value === 'string') return this.#tokens.has(value) ? value : undefined;
    if (typeof value !== 'object' || value === null) return undefined;
    for (const member of Object.values(value) as Json[]) {
      const token = this.#tokenIn(member);
      if (token !== undefined) return token;
    }
    return undefined;
  }
}

function withToken(output: Json, token: string): Json {
  if (isDeepStrictEqual(output, { $taskToken: true })) return token;
  if (Array.isArray(output)) return output.map((item: Json) => withToken(item, token));
  if (!isJsonObject(output)) return output;
  return Object.fromEntries(Object.entries(output).map(([name, member]) => [name, withToken(member, token)]));
}
