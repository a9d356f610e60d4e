/**
 * Parks the token until a person says what to do about a phase that failed before anything was given to users.
 * Triggered by the state "Await a decision". Running it twice replaces the token.
 */

import { notify } from '#application/notify.ts';
import { park } from '#application/waits.ts';
import { answerWanted } from '#presentation/alerts.ts';
import { EmptyOutput, TokenInput } from '../contracts/identity.ts';
import { defineStep } from '../runtime/definition.ts';

export const awaitDecision = defineStep({
  name: 'await-decision',
  needs: ['waits', 'notifier'],
  input: TokenInput,
  output: EmptyOutput,
  run: async (input, ports) => {
    await park(ports, { ...input, kind: 'decision' });
    await notify(ports, answerWanted(ports.plan, input, 'decision'));
    return {};
  },
});
