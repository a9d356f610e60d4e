/** What happened to a release, oldest first, after a sequence number. */
import * as z from 'zod';
import { Command } from '../contracts/actor.ts';
import { permitted } from '../runtime/permission.ts';

const entriesMax = 200;
/** Of a query, hence a text. */
const After = z
  .string()
  .regex(/^\d{1,15}$/, 'a sequence number')
  .transform(Number);
const Entry = z.strictObject({ seq: z.number().int(), at: z.string(), actor: z.string(), fact: z.unknown() });

export const readTimeline = permitted({
  name: 'read-timeline',
  needs: ['reader'],
  input: Command.extend({ after: After.default(0) }),
  output: z.strictObject({ entries: z.array(Entry).max(entriesMax), next: z.number().int().exactOptional() }),
  run: async ({ releaseId, after }, { reader }) => {
    const { seq: last } = await reader.load(releaseId);
    const entries = (await reader.history(releaseId, after, entriesMax)).map(({ seq, at, actor, fact }) => ({
      seq,
      at,
      actor,
      fact,
    }));
    const read = entries.at(-1)?.seq ?? last;
    return { entries, ...(read < last ? { next: read } : {}) };
  },
});
