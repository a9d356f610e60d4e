/**
 * Parks the token until what is due before exposure is done or waived; reminds, then escalates.
 * Triggered by the state "Complete checklist of <phase>". Running it twice replaces the token.
 */

import { reviewChecklist } from '#domain/conduct/checklist.ts';
import { judging } from '#domain/conduct/powers.ts';
import { arm } from '#domain/conduct/waits.ts';
import { Nothing, Waiting } from '../contracts/identity.ts';
import { define } from '../runtime/definition.ts';

export const completeChecklist = define({
  name: 'complete-checklist',
  needs: judging,
  input: Waiting,
  output: Nothing,
  run: async ({ contract: _contract, ...input }, ports) => {
    const wait = await arm(ports, { ...input, kind: 'checklist', everyMinutes: 60 });
    await reviewChecklist(ports, wait);
    return {};
  },
});
