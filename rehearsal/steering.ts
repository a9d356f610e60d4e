/** What whoever sits at a served rehearsal may do to its world: troubles, people, time. */
import * as z from 'zod';
import { InvalidInput } from '#domain/errors.ts';
import { TroubleNow } from './scenario.ts';
import type { World } from './world/world.ts';

/** A change that the world remembers; how fast it goes is no part of it. */
export const WorldChange = z.discriminatedUnion('change', [
  z.strictObject({ change: z.literal('trouble'), trouble: TroubleNow }),
  z.strictObject({ change: z.literal('calm') }),
  z.strictObject({ change: z.literal('people'), role: z.string().max(60), atWork: z.boolean() }),
]);
export type WorldChange = z.output<typeof WorldChange>;

/** Throws InvalidInput for names that the plan does not have. */
export function change(world: World, wanted: WorldChange): void {
  switch (wanted.change) {
    case 'trouble':
      refuseUnknown(world, wanted.trouble);
      world.trouble(wanted.trouble);
      break;
    case 'calm':
      world.calm();
      break;
    case 'people': {
      const roles = Object.keys(world.plan.roles);
      if (!roles.includes(wanted.role))
        throw new InvalidInput(`role "${wanted.role}" is not in the plan: it has ${roles.join(', ')}`);
      world.attend(wanted.role, wanted.atWork);
    }
  }
}

function refuseUnknown({ plan }: World, trouble: z.output<typeof TroubleNow>): void {
  const known: Readonly<Record<string, readonly string[]>> = {
    check: Object.keys(plan.checks),
    script: Object.keys(plan.scripts),
    phase: plan.phases.map(({ id }) => id),
    gate: plan.phases.map(({ id }) => id),
    untilHeld: plan.phases.map(({ id }) => id),
  };
  for (const [name, value] of Object.entries(trouble)) {
    const ids = known[name];
    if (ids && !ids.includes(String(value)))
      throw new InvalidInput(`${name} "${value}" is not in the plan: it has ${ids.join(', ')}`);
  }
}
