/**
 * Who asks in a served rehearsal: nobody signs in, the token says it. `<role>` is the simulated person of that role,
 * `<person>:<role>,<role>` anybody with these roles.
 */
import type { Plan } from '#domain/plan/plan.ts';
import { holderOf } from './world/team.ts';

/** The claims of a token as Cognito would write them; nothing for one that names no role of the plan. */
export function claimsIn(
  { roles }: Pick<Plan, 'roles'>,
  bearer: string,
): Readonly<Record<string, string>> | undefined {
  const [, person, named = bearer] = /^([\w.-]{1,64}):([\w,-]+)$/.exec(bearer) ?? [];
  const held = named.split(',');
  if (!held.every((role) => Object.hasOwn(roles, role))) return undefined;
  return { username: person ?? holderOf(named), 'cognito:groups': `[${held.join(' ')}]` };
}
