/** Who asks, from the claims of a token that the gateway has verified. */
import { NotSignedIn } from '#domain/errors.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { minuteMs } from '#domain/time.ts';
import type { Actor } from '../contracts/actor.ts';
import type { HttpRequest } from '../contracts/http.ts';

/** The clocks of the gateway and of a function may differ by so much. */
const skewMs = minuteMs;

/**
 * The user's name in Cognito, and the plan's roles among their groups: a pool may have other groups (each identity
 * provider brings one). A machine has the id of its client instead, and no role. The gateway has verified the token; that it
 * has not expired is looked at again. Throws NotSignedIn.
 */
export function actorOf(
  { requestContext }: HttpRequest,
  { roles }: Pick<Plan, 'roles'>,
  nowMs: number,
): Actor {
  const claims = requestContext.authorizer?.jwt?.claims ?? {};
  const name = claims['username'] ?? claims['cognito:username'] ?? claims['client_id'];
  if (typeof name !== 'string' || name === '')
    throw new NotSignedIn({ code: 'token-without-user', params: {} });
  if (Number(claims['exp']) * 1000 + skewMs <= nowMs)
    throw new NotSignedIn({ code: 'token-expired', params: {} });
  const groups = new Set(groupsOf(claims['cognito:groups']));
  return { userId: name, roles: Object.keys(roles).filter((role) => groups.has(role)) };
}

/** API Gateway hands a list over as the text `[a b]`; a group's name has no blanks, but may have commas. */
function groupsOf(claim: unknown): readonly unknown[] {
  if (Array.isArray(claim)) return claim;
  return typeof claim === 'string' ? claim.replace(/^\[|\]$/g, '').split(/\s+/) : [];
}
