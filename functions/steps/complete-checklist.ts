/**
 * Parks the token until what is due before exposure is done or waived; reminds, then escalates.
 * Triggered by the state "Complete checklist of <phase>". Running it twice replaces the token.
 */

import { reviewChecklist } from '#application/checklist.ts';
import { judging } from '#application/port-groups.ts';
import { arm } from '#application/waits.ts';
import { EmptyOutput, TokenInput } from '../contracts/identity.ts';
import { defineStep } from '../runtime/definition.ts';

export const completeChecklist = defineStep({
  name: 'complete-checklist',
  needs: judging,
  input: TokenInput,
  output: EmptyOutput,
  run: async (input, ports) => {
    const wait = await arm(ports, { ...input, kind: 'checklist', everyMinutes: 60 });
    await reviewChecklist(ports, wait);
    return {};
  },
});
