/** Writes `plans/plan.schema.json`, which gives editors completion and errors in the plan files; then `npm run format`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { PlanSchema } from '#functions/contracts/plan.ts';

const path = join(import.meta.dirname, '..', '..', 'plans', 'plan.schema.json');
writeFileSync(path, `${JSON.stringify(z.toJSONSchema(PlanSchema, { io: 'input' }), null, 2)}\n`);
