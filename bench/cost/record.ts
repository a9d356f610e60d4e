/**
 * Counts what handlers ask of their ports while a rehearsal runs. The world makes its ports itself and hands them to each
 * definition's `run`: there they are wrapped, for the time of one rehearsal.
 */
import type { Ports } from '#application/ports/ports.ts';
import { minuteMs } from '#domain/time.ts';
import { commands, events, pages, steps, workers } from '#functions/catalogue.ts';
import { around, type PortCall } from '#rehearsal/world/around.ts';
import {
  coldStartMs,
  handlerMs,
  idleMinutes,
  invocationLogBytes,
  keyCacheMinutes,
  lambdaGb,
  logLineBytes,
} from './assumptions.ts';
import { requestsOf } from './requests.ts';
import { sumOf, type Usage } from './usage.ts';

interface Tally {
  readonly invocations: number;
  readonly usage: Usage;
  readonly ms: number;
}
export interface Recording {
  /** By function; ticks of a bake are apart from those of other waits, as `bakeTick`. */
  readonly functions: ReadonlyMap<string, Tally>;
  /** By `port.method`. */
  readonly calls: ReadonlyMap<string, number>;
  /** Ticks of each bake, by wait. */
  readonly bakeTicks: ReadonlyMap<string, number>;
}
/** What the ticks of bakes are counted under. */
export const bakeTick = 'tick (bake)';

interface Runnable {
  readonly name: string;
  run(input: unknown, ports: Ports): Promise<unknown>;
}

/** Runs one rehearsal, or whatever else calls handlers; two at a time would be counted together. */
export async function recorded<T>(product: string, run: () => Promise<T>) {
  const definitions = Object.values({
    ...steps,
    ...events,
    ...workers,
    ...pages,
    ...commands,
  }) as unknown as readonly Runnable[];
  const originals = definitions.map((definition) => [definition, definition.run] as const);
  const recorder = new Recorder(product);
  for (const [definition, original] of originals) {
    Object.assign(definition, {
      run: (input: unknown, ports: Ports) =>
        recorder.run({ name: definition.name, run: original }, input, ports),
    });
  }
  try {
    const answer = await run();
    return { answer, recording: recorder as Recording };
  } finally {
    for (const [definition, original] of originals) Object.assign(definition, { run: original });
  }
}

class Recorder implements Recording {
  readonly functions = new Map<string, Tally>();
  readonly calls = new Map<string, number>();
  readonly bakeTicks = new Map<string, number>();
  readonly #request: ReturnType<typeof requestsOf>;
  readonly #lastMs = new Map<string, number>();
  /** Function, table and window of time in which its key has been asked for. */
  readonly #keys = new Set<string>();

  constructor(product: string) {
    this.#request = requestsOf(product);
  }

  async run({ name, run }: Runnable, input: unknown, ports: Ports): Promise<unknown> {
    const nowMs = ports.clock.nowMs();
    const usages: Usage[] = [triggerOf(name, input)];
    let ms = handlerMs + this.#coldMs(name, nowMs);
    let logBytes = invocationLogBytes;
    let baked = false;
    const heard: Ports['log'] = {
      write: (code, fields) => {
        logBytes += logLineBytes + JSON.stringify([code, fields]).length;
        ports.log.write(code, fields);
      },
    };
    const count = ({ port, method, given }: PortCall, answer: unknown) => {
      baked ||= port === 'bakes';
      add(this.calls, `${port}.${method}`, 1);
      const request = this.#request(port, method, given, answer);
      usages.push(request.usage, this.#keyRequest(name, request.table, nowMs));
      ms += request.ms;
    };
    const counted = around({ ...ports, log: heard }, async (call, go) => {
      if (local.has(call.port)) return go();
      let answer: unknown;
      try {
        answer = await go();
        return answer;
      } finally {
        // One that is refused was asked for all the same.
        count(call, answer);
      }
    });
    try {
      return await run(input, counted);
    } finally {
      const isBakeTick = name === 'tick' && baked;
      if (isBakeTick) add(this.bakeTicks, (input as { waitId: string }).waitId, 1);
      usages.push({ lambdaRequest: 1, lambdaGbSecond: (lambdaGb * ms) / 1000, logGb: logBytes / 1e9 });
      this.#keep(isBakeTick ? bakeTick : name, usages, ms);
    }
  }

  #keep(name: string, usages: readonly Usage[], ms: number): void {
    const before = this.functions.get(name) ?? { invocations: 0, usage: {}, ms: 0 };
    this.functions.set(name, {
      invocations: before.invocations + 1,
      usage: sumOf([before.usage, ...usages]),
      ms: before.ms + ms,
    });
  }

  #coldMs(name: string, nowMs: number): number {
    const last = this.#lastMs.get(name) ?? Number.NEGATIVE_INFINITY;
    this.#lastMs.set(name, nowMs);
    return nowMs - last > idleMinutes * minuteMs ? coldStartMs : 0;
  }

  #keyRequest(name: string, table: string | undefined, nowMs: number): Usage {
    if (table === undefined) return {};
    const key = `${name}/${table}/${Math.floor(nowMs / (keyCacheMinutes * minuteMs))}`;
    if (this.#keys.has(key)) return {};
    this.#keys.add(key);
    return { keyRequest: 1 };
  }
}

const add = (counts: Map<string, number>, name: string, by: number) =>
  counts.set(name, (counts.get(name) ?? 0) + by);

/** What brings the event to the function. */
function triggerOf(name: string, input: unknown): Usage {
  if (name in commands || name in pages) return { apiRequest: 1 };
  if (name === 'tick' || name === 'date-reached' || name === 'reconcile') return { scheduleFired: 1 };
  // Lambda receives a batch and deletes it; the events of SES are put into their queue one by one.
  if (name === 'mail-job') return { queueRequest: 2 };
  if (name === 'mail-event')
    return { queueRequest: 2 + (input as { Records: readonly unknown[] }).Records.length };
  return {};
}

/** In the process: no request. */
const local: ReadonlySet<string> = new Set(['alerts', 'letters', 'reportWriter']);
