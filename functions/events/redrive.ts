/**
 * Delivers dead letters again, when what kept their handlers from them has been mended (docs/operate/runbook.md). What cannot be read
 * or delivered stays where it is, is named with the reason, and holds up no other.
 * Triggered by an operator, by hand. What fails again comes back into the dead letters.
 */
import * as z from 'zod';
import { define } from '../runtime/definition.ts';

const lettersMax = 100;
/** Of one taking. */
const batchMax = 10;
const Redelivered = z.strictObject({ handler: z.string(), reason: z.string() });
const Left = z.strictObject({ id: z.string(), why: z.string() });

export const redrive = define({
  name: 'redrive',
  needs: ['deadLetters'],
  input: z.strictObject({ limit: z.number().int().min(1).max(lettersMax).default(batchMax) }),
  output: z.strictObject({ redelivered: z.array(Redelivered), left: z.array(Left) }),
  run: async ({ limit }, { deadLetters }) => {
    const redelivered: z.output<typeof Redelivered>[] = [];
    const left = new Map<string, string>();
    const looked = () => redelivered.length + left.size;
    for (let before = -1; before < looked() && looked() < limit; ) {
      // What is left comes back before long: a taking that brings nothing new is the last.
      before = looked();
      const { letters, unreadable } = await deadLetters.take(Math.min(batchMax, limit - before));
      for (const { id, why } of unreadable) left.set(id, why);
      for (const letter of letters) {
        try {
          await deadLetters.redeliver(letter);
          redelivered.push({ handler: letter.handler, reason: letter.reason });
        } catch (error) {
          left.set(letter.id, String(error));
        }
      }
    }
    return { redelivered, left: [...left].map(([id, why]) => ({ id, why })) };
  },
});
