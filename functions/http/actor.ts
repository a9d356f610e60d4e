/** Who asks, from the claims of a token that the gateway has verified. */
import { NotPermitted } from '#domain/errors.ts';
import type { Actor } from '../contracts/actor.ts';
import type { HttpRequest } from '../contracts/http.ts';

/** The user's name in Cognito, and their groups, which are named like the plan's roles. Throws NotPermitted. */
export function actorOf({ requestContext }: HttpRequest): Actor {
  const claims = requestContext.authorizer?.jwt?.claims ?? {};
  const name = claims['username'] ?? claims['cognito:username'];
  if (typeof name !== 'string' || name === '')
    throw new NotPermitted('the token names nobody: sign in as a user of the pool');
  return { userId: name, roles: groupsOf(claims['cognito:groups']) };
}

/** API Gateway hands a list over as the text `[a b]`. */
function groupsOf(claim: unknown): string[] {
  if (Array.isArray(claim)) return claim.filter((group) => typeof group === 'string');
  if (typeof claim !== 'string') return [];
  return claim
    .replace(/^\[|\]$/g, '')
    .split(/[\s,]+/)
    .filter((group) => group !== '');
}
