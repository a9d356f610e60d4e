/**
 * Compares the cohorts before the new version is given to the first users, and says what the bake will be able to see.
 * Triggered by the state "Compare cohorts of <phase>". Running it twice records it twice and changes nothing.
 */

import * as z from 'zod';
import { compareCohorts as compare } from '#application/cohorts.ts';
import { commit } from '#application/commit.ts';
import { InPhase } from '../contracts/identity.ts';
import { defineStep } from '../runtime/definition.ts';

const Output = z.strictObject({ verdict: z.enum(['healthy', 'unhealthy', 'inconclusive', 'unknown']) });

export const compareCohorts = defineStep({
  name: 'compare-cohorts',
  needs: ['releases', 'metrics'],
  input: InPhase,
  output: Output,
  run: async ({ releaseId, phase, attempt }, ports) => {
    const { verdict, facts } = await compare(ports, releaseId, phase, attempt);
    await commit(ports, releaseId, 'system:compare-cohorts', () => facts);
    return { verdict };
  },
});
