/** What happened to a release, oldest first, after a sequence number. */
import * as z from 'zod';
import { Command } from '../contracts/actor.ts';
import { AfterSeq } from '../contracts/page.ts';
import { permitted } from '../runtime/permission.ts';

const entriesMax = 200;
const Entry = z.strictObject({ seq: z.int().min(0), at: z.string(), actor: z.string(), fact: z.unknown() });

export const readTimeline = permitted({
  name: 'read-timeline',
  needs: ['reader'],
  input: Command.extend({ after: AfterSeq.default(0) }),
  output: z.strictObject({ entries: z.array(Entry).max(entriesMax), next: z.int().min(0).exactOptional() }),
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
