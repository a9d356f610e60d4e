/**
 * Parks the token until a person reports that the phase has been corrected.
 * Triggered by the state "Correct <phase>". Running it twice replaces the token.
 */

import { notify } from '#application/notify.ts';
import { park } from '#application/waits.ts';
import { answerWanted } from '#presentation/alerts.ts';
import { EmptyOutput, TokenInput } from '../contracts/identity.ts';
import { defineStep } from '../runtime/definition.ts';

export const correctPhase = defineStep({
  name: 'correct-phase',
  needs: ['waits', 'notifier'],
  input: TokenInput,
  output: EmptyOutput,
  run: async (input, ports) => {
    await park(ports, { ...input, kind: 'correction' });
    await notify(ports, answerWanted(ports.plan, input, 'correction'));
    return {};
  },
});
