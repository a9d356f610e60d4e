/** A definition as Lambda runs it: the plan that was deployed with it, the real clock, a log, and its powers. */
import { readFileSync } from 'node:fs';
import type { BasePorts } from '#application/port-groups.ts';
import type { Ports } from '#application/ports/ports.ts';
import type { Plan } from '#domain/plan/plan.ts';
import type { Definition } from './definition.ts';
import { type Handler, handlerOf } from './handler.ts';
import { consoleLog } from './log.ts';
import { powers } from './powers/powers.ts';
import { sha256 } from './sha256.ts';

/** Checked when the stack was synthesized; it lies beside the code, so that the two always are of one deployment. */
const planFile = 'plan.json';

/** What a bundle begins with: `lib/bundles.ts` hands it a definition, and `powers` holds what that one needs. */
export function deployed(definition: Definition): Handler {
  const base: BasePorts = {
    plan: JSON.parse(readFileSync(new URL(planFile, import.meta.url), 'utf8')) as Plan,
    clock: { nowMs: () => Date.now() },
    log: consoleLog(),
    sha256,
    sayRefusal: async (...given) =>
      (await import('#presentation/messages/refusals/refusals.ts')).sayRefusal(...given),
  };
  const given = Object.entries(powers).flatMap(([name, provide]) => (provide ? [[name, provide(base)]] : []));
  return handlerOf(definition, { ...base, ...Object.fromEntries(given) } as Ports);
}
