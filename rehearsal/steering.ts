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
        throw new InvalidInput({ code: 'no-such-role', params: { role: wanted.role, known: roles } });
      world.setPresence(wanted.role, wanted.atWork);
      break;
    }
    default:
      unreachable(wanted);
  }
}

function refuseUnknown({ plan }: World, trouble: TroubleNow): void {
  const phases = plan.phases.map(({ id }) => id);
  const names = [
    ['check', Object.keys(plan.checks)],
    ['script', Object.keys(plan.scripts)],
    ['phase', phases],
    ['gate', phases],
    ['untilHeld', phases],
  ] as const;
  const asked: Readonly<Record<string, unknown>> = { ...trouble };
  for (const [member, known] of names) {
    const value = asked[member];
    if (value !== undefined && !known.includes(String(value)))
      throw new InvalidInput({
        code: 'trouble-not-in-plan',
        params: { member, value: String(value), known },
      });
  }
}
