/** What happened to a release, oldest first, after a sequence number. */
import * as z from 'zod';
import { Command } from '../contracts/actor.ts';
import { AfterSeq } from '../contracts/page.ts';
import { permitted } from '../runtime/permission.ts';

const entriesMax = 200;
const Entry = z.strictObject({
  seq: z.int().min(0),
  at: z.string(),
  actor: z.string(),
  fact: z.looseObject({ type: z.string() }),
  /** What proves the entry: the hash before it, and its own (`docs/operate/ledger.md`). */
  previous: z.string(),
  hash: z.string(),
});

export const readTimeline = permitted({
  name: 'read-timeline',
  needs: ['reader'],
  input: Command.extend({ after: AfterSeq.default(0) }),
  output: z.strictObject({
    entries: z.array(Entry).max(entriesMax),
    next: z.int().min(0).exactOptional(),
    /** The last entry of all. */
    head: z.strictObject({ seq: z.int().min(0), hash: z.string() }),
  }),
  run: async ({ releaseId, after }, { reader }) => {
    const { seq: last, hash } = await reader.load(releaseId);
    const entries = (await reader.history(releaseId, after, entriesMax)).map(
      ({ releaseId: _releaseId, fact, ...entry }) => ({ ...entry, fact: { ...fact } }),
    );
    const read = entries.at(-1)?.seq ?? last;
    return { entries, ...(read < last ? { next: read } : {}), head: { seq: last, hash } };
  },
});
