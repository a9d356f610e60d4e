/**
 * Once an hour: deletes audiences that have been replaced, and what broken imports left. An hour of quiet goes before, so that
 * whoever read or wrote them has finished.
 * Triggered by EventBridge Scheduler. Running it twice is harmless; what does not fit into one run is for the next.
 */
import * as z from 'zod';
import { hourMs } from '#domain/time.ts';
import { EmptyOutput } from '../contracts/identity.ts';
import { define } from '../runtime/definition.ts';

const quietMs = hourMs;
/** Of the two minutes that the function has. */
const workMs = 80_000;
const rowsMax = 5_000;

export const sweepAudience = define({
  name: 'sweep-audience',
  needs: ['audienceRemoval'],
  input: z.object({}),
  output: EmptyOutput,
  run: async (_event, { audienceRemoval, clock, log }) => {
    const startedMs = clock.nowMs();
    let rows = 0;
    for (let more = true; more && clock.nowMs() < startedMs + workMs; ) {
      const swept = await audienceRemoval.sweep(startedMs - quietMs, rowsMax);
      rows += swept.rows;
      more = swept.more;
    }
    if (rows > 0) log.write('AUDIENCE_SWEPT', { rows });
    return {};
  },
});
