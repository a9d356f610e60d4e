/** The description of the API for tools: the file that was committed with this code. */
import * as z from 'zod';
import { Actor } from '../contracts/actor.ts';
import { permitted } from '../runtime/permission.ts';

export const readOpenapi = permitted({
  name: 'read-openapi',
  needs: [],
  input: z.strictObject({ actor: Actor }),
  output: z.looseObject({ openapi: z.string() }),
  // Loaded when it is asked for: no other request needs it.
  run: async () => (await import('../../docs/reference/openapi.json', { with: { type: 'json' } })).default,
});
