/** Who asks, and as what: on AWS from the token's claims, in a rehearsal from the simulated team. */
import * as z from 'zod';
import { Name, PhaseId, ReleaseId, UserId } from './identity.ts';

export const Actor = z.strictObject({
  userId: UserId,
  /** Roles of the plan that the person holds. */
  roles: z.array(Name).max(20),
});
export type Actor = z.output<typeof Actor>;

/** Every command names who gives it and to which release. */
export const Command = z.strictObject({ actor: Actor, releaseId: ReleaseId });
export const PhaseCommand = Command.extend({ phase: PhaseId });
