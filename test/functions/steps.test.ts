/** What a state machine hands its steps has a version, and the handlers never see it. */
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Ports } from '#application/ports/ports.ts';
import { steps } from '#functions/catalogue.ts';
import { defineStep } from '#functions/runtime/definition.ts';
import { handlerOf } from '#functions/runtime/handler.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';

const seen: unknown[] = [];
const step = handlerOf(
  defineStep({
    name: 'a-step',
    needs: [],
    input: z.strictObject({ phase: z.string() }),
    output: z.strictObject({}),
    run: async (input) => {
      seen.push(input);
      return {};
    },
  }),
  { log: { write: () => {} }, plan: { language: 'en' }, sayRefusal } as unknown as Ports,
);

describe('a step', () => {
  it('is handed what stands beside the version', async () => {
    await step({ contract: 1, phase: 'staging' });
    expect(seen).toEqual([{ phase: 'staging' }]);
  });

  it.each([
    ['of another version', { contract: 2, phase: 'staging' }, 'a-step: contract: '],
    ['of none', { phase: 'staging' }, 'a-step: contract: '],
    ['of one, and more than it is told', { contract: 1, phase: 'staging', x: 1 }, 'a-step: input: '],
    ['that is no object', 'staging', 'a-step: input: '],
  ])('refuses an input %s', async (_, input, says) => {
    await expect(step(input)).rejects.toThrow(says);
  });

  it.each(Object.values(steps))('names the version one, as $name does', ({ contract }) => {
    expect(contract).toBe(1);
  });
});
