/** A definition as Lambda runs it: the plan that was deployed with it, the real clock, a log, and its powers. */
import { readFileSync } from 'node:fs';
import type { BasePorts } from '#application/port-groups.ts';
import type { Ports } from '#application/ports/ports.ts';
import type { Plan } from '#domain/plan/plan.ts';
import type { Definition } from './definition.ts';
import { type Handler, handlerOf } from './handler.ts';
import { consoleLog } from './log.ts';
import { sha256 } from './sha256.ts';

/** Checked when the stack was synthesized; it lies beside the code, so that the two always are of one deployment. */
const planFile = 'plan.json';

type Provide = (base: BasePorts) => object;

/** `powers` are those of the definition's `needs`; the bundle is generated with exactly these (`lib/bundles.ts`). */
export function deployed(definition: Definition, powers: Readonly<Record<string, Provide>>): Handler {
  const base: BasePorts = {
    plan: JSON.parse(readFileSync(new URL(planFile, import.meta.url), 'utf8')) as Plan,
    clock: { nowMs: () => Date.now() },
    log: consoleLog(),
    sha256,
    sayRefusal: async (...given) =>
      (await import('#presentation/messages/refusals/refusals.ts')).sayRefusal(...given),
  };
  const given = Object.entries(powers).map(([name, provide]) => [name, provide(base)] as const);
  return handlerOf(definition, { ...base, ...Object.fromEntries(given) } as Ports);
}

type Method = (...given: readonly unknown[]) => Promise<unknown>;

/** A power whose code is loaded by its first call: most calls of a function need no mail, no metrics, no scripts. */
export function lazily(load: () => Promise<{ readonly provide: Provide }>): Provide {
  return (base) => {
    let loaded: Promise<object> | undefined;
    const port = () => {
      loaded ??= load().then(({ provide }) => provide(base));
      return loaded;
    };
    // Every method of a port answers with a promise, so a call may wait for its adapter.
    return new Proxy(
      {},
      {
        get:
          (_, method): Method =>
          async (...given) => {
            const adapter = (await port()) as Readonly<Record<PropertyKey, Method>>;
            return adapter[method]?.(...given);
          },
      },
    );
  };
}
