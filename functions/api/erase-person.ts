/**
 * Takes a user of the product out of the audience. The answer is the same whether there was such a user or not. Repeating it is
 * harmless.
 */
import * as z from 'zod';
import { Actor } from '../contracts/actor.ts';
import { EmptyOutput, UserId } from '../contracts/identity.ts';
import { permitted } from '../runtime/permission.ts';

export const erasePerson = permitted({
  name: 'erase-person',
  needs: ['audienceRemoval'],
  input: z.strictObject({ actor: Actor, userId: UserId }),
  output: EmptyOutput,
  run: async ({ userId }, { audienceRemoval }) => {
    await audienceRemoval.erase(userId);
    return {};
  },
});
