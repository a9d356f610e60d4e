/** The evidence of a bake: what was counted, how it read, what was proven, look by look; `jalon judge` judges it again. */
import * as z from 'zod';
import { phaseOf } from '#domain/plan/checklist.ts';
import type { Shape } from '#domain/refusals/contract.ts';
import { PhaseCommand } from '../contracts/actor.ts';
import { permitted } from '../runtime/permission.ts';

/** A look of ten checks has a few kilobytes; an answer of Lambda may have 6 MB. */
const looksMax = 100;
/** Of a query, hence texts. */
const AttemptText = z
  .string()
  .regex(/^([1-9]|10)$/, 'attempt-number' satisfies Shape)
  .transform(Number);
const Cursor = z.string().regex(/^\d{1,15}$/, 'cursor' satisfies Shape);

const Look = z.looseObject({
  atMs: z.int(),
  exposure: z.number(),
  checks: z.record(z.string(), z.unknown()),
});

export const readLooks = permitted({
  name: 'read-looks',
  needs: ['reader', 'evidence'],
  input: PhaseCommand.extend({ attempt: AttemptText.default(1), after: Cursor.exactOptional() }),
  output: z.strictObject({ looks: z.array(Look).max(looksMax), next: Cursor.exactOptional() }),
  run: async ({ releaseId, phase, attempt, after }, { plan, reader, evidence }) => {
    phaseOf(plan, phase);
    await reader.load(releaseId);
    const { looks, cursor } = await evidence.looks(releaseId, phase, attempt, after, looksMax);
    return { looks: looks.map((look) => ({ ...look })), ...(cursor === undefined ? {} : { next: cursor }) };
  },
});
