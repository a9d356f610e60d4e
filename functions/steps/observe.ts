/**
 * Starts a bake: parks the token, and ticks until the phase is proven healthy, is not, or its deadline has come.
 * Triggered by the state "Observe <phase>". Running it twice replaces the token and starts the clock again.
 */

import { commit } from '#application/commit.ts';
import { waiting } from '#application/port-groups.ts';
import { arm } from '#application/waits.ts';
import { InvalidInput } from '#domain/errors.ts';
import { phaseOf } from '#domain/plan/checklist.ts';
import { EmptyOutput, TokenInput } from '../contracts/identity.ts';
import { defineStep } from '../runtime/definition.ts';

export const observe = defineStep({
  name: 'observe',
  needs: waiting,
  input: TokenInput,
  output: EmptyOutput,
  run: async (input, ports) => {
    const { observation } = phaseOf(ports.plan, input.phase);
    if (!observation)
      throw new InvalidInput({ code: 'observation-not-planned', params: { phase: input.phase } });
    const { phase, attempt, releaseId } = input;
    await commit(ports, releaseId, 'system:observe', () => [
      { type: 'observation.started', phase, attempt, hours: observation.continuousHealthHours },
    ]);
    await arm(ports, { ...input, kind: 'bake', everyMinutes: observation.tickMinutes });
    return {};
  },
});
