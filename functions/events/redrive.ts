/**
 * Delivers dead letters again, when what kept their handlers from them has been mended (docs/runbook.md).
 * Triggered by an operator, by hand. What fails again comes back into the dead letters.
 */
import * as z from 'zod';
import { define } from '../runtime/definition.ts';

const lettersMax = 100;
/** Of one taking. */
const batchMax = 10;
const Letter = z.strictObject({ handler: z.string(), reason: z.string() });

export const redrive = define({
  name: 'redrive',
  needs: ['deadLetters'],
  input: z.strictObject({ limit: z.number().int().min(1).max(lettersMax).default(batchMax) }),
  output: z.strictObject({ redelivered: z.array(Letter) }),
  run: async ({ limit }, { deadLetters }) => {
    const redelivered: z.output<typeof Letter>[] = [];
    while (redelivered.length < limit) {
      const letters = await deadLetters.take(Math.min(batchMax, limit - redelivered.length));
      if (letters.length === 0) break;
      for (const letter of letters) {
        await deadLetters.redeliver(letter);
        redelivered.push({ handler: letter.handler, reason: letter.reason });
      }
    }
    return { redelivered };
  },
});
