/**
 * Closes a release: ledger, messages that will not go, waits, schedules, the claim on the product.
 * Triggered by the states "Close release ...". Running it twice closes once.
 */

import * as z from 'zod';
import { closeRelease as close } from '#application/close-release.ts';
import { waiting } from '#application/port-groups.ts';
import { EmptyOutput, ReleaseId } from '../contracts/identity.ts';
import { defineStep } from '../runtime/definition.ts';

const Input = z.strictObject({
  releaseId: ReleaseId,
  outcome: z.enum(['completed', 'rolled-back', 'abandoned', 'rollback-failed']),
});

export const closeRelease = defineStep({
  name: 'close-release',
  needs: waiting,
  input: Input,
  output: EmptyOutput,
  run: async ({ releaseId, outcome }, ports) => {
    await close(ports, releaseId, 'system:close-release', outcome, { code: 'run-through', params: {} });
    return {};
  },
});
