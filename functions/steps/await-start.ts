/**
 * Parks the token until the phase's first day, at the start of work.
 * Triggered by the state "Await the start of <phase>". Running it twice replaces the token.
 */

import { settling } from '#application/port-groups.ts';
import { reviewStart } from '#application/start-phase.ts';
import { arm } from '#application/waits.ts';
import { phaseOf } from '#domain/plan/checklist.ts';
import { phaseStartMs } from '#domain/plan/message-dates.ts';
import { EmptyOutput, TokenInput } from '../contracts/identity.ts';
import { defineStep } from '../runtime/definition.ts';

export const awaitStart = defineStep({
  name: 'await-start',
  needs: settling,
  input: TokenInput,
  output: EmptyOutput,
  run: async (input, ports) => {
    const { launchDay } = await ports.releases.load(input.releaseId);
    const wakeAtMs = phaseStartMs(ports.plan, launchDay, phaseOf(ports.plan, input.phase));
    const wait = await arm(ports, { ...input, kind: 'start', wakeAtMs });
    await reviewStart(ports, wait);
    return {};
  },
});
