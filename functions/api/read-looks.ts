/** The evidence of a bake: what was counted, how it read, what was proven, look by look; `jalon judge` judges it again. */

import * as z from 'zod';
import type { Evidence } from '#domain/judge/evidence.ts';
import { phaseOf } from '#domain/plan/checklist.ts';
import { present } from '#domain/present.ts';
import type { ValueShape } from '#domain/refusals/contract.ts';
import { PhaseCommand } from '../contracts/actor.ts';
import { permitted } from '../runtime/permission.ts';

/** A look of ten checks has a few kilobytes; an answer of Lambda may have 6 MB. */
const looksMax = 100;
/** Of a query, hence texts. */
const AttemptText = z
  .string()
  .regex(/^([1-9]|10)$/, 'attempt-number' satisfies ValueShape)
  .transform(Number);
const Cursor = z.string().regex(/^\d{1,15}$/, 'cursor' satisfies ValueShape);

/** `fault`: why nothing can be said, by the codes of `domain/judge/source-faults.ts`. */
const Reading = z.object({
  kind: z.enum(['value', 'no-data', 'idle', 'unknown']),
  value: z.number().exactOptional(),
  samples: z.number().exactOptional(),
  control: z.number().exactOptional(),
  fault: z.object({ code: z.string(), params: z.unknown() }).exactOptional(),
});
/** As evidence is kept: minute, n and x of treatment, n and x of control. */
const Row = z.array(z.number().nullable());
const Look = z.object({
  atMs: z.int(),
  exposure: z.number(),
  checks: z.record(
    z.string(),
    z.object({
      reading: Reading,
      proven: z.boolean(),
      logE: z.number().exactOptional(),
      threshold: z.number().exactOptional(),
      logCertificate: z.number().exactOptional(),
      blocks: z.array(Row),
      odd: z.object({ treatment: z.int(), control: z.int() }).exactOptional(),
    }),
  ),
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
    return { looks: looks.map(shown), ...present({ next: cursor }) };
  },
});

const shown = ({ checks, ...look }: Evidence) => ({
  ...look,
  checks: Object.fromEntries(
    Object.entries(checks).map(([id, { blocks, ...check }]) => [
      id,
      { ...check, blocks: blocks.map((row) => [...row]) },
    ]),
  ),
});
