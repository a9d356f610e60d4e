/**
 * Takes a user of the product out of the audience. The answer is the same whether there was such a user or not. Repeating it is
 * harmless.
 */
import * as z from 'zod';
import { Actor } from '../contracts/actor.ts';
import { Nothing, UserId } from '../contracts/identity.ts';
import { define } from '../runtime/definition.ts';
import { requireDataProtector } from '../runtime/permission.ts';

export const erasePerson = define({
  name: 'erase-person',
  needs: ['audienceRemoval'],
  input: z.strictObject({ actor: Actor, userId: UserId }),
  output: Nothing,
  run: async ({ actor, userId }, { plan, audienceRemoval }) => {
    requireDataProtector({ plan }, actor, 'erase a person');
    await audienceRemoval.erase(userId);
    return {};
  },
});
