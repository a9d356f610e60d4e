/** What whoever sits at a served rehearsal may do to its world: troubles, people, time. */
import { InvalidInput } from '#domain/errors.ts';
import { unreachable } from '#domain/unreachable.ts';
import type { TroubleNow } from './scenario.ts';
import type { World } from './world/world.ts';

/** A change that the world remembers; how fast it goes is no part of it. */
export type WorldChange =
  | { readonly change: 'trouble'; readonly trouble: TroubleNow }
  | { readonly change: 'calm' }
  | { readonly change: 'people'; readonly role: string; readonly atWork: boolean };

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
      break;
    }
    default:
      unreachable(wanted);
  }
}

function refuseUnknown({ plan }: World, trouble: TroubleNow): void {
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
