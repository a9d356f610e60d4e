/**
 * Parks the token until the phase's first day, at the start of work.
 * Triggered by the state "Await the start of <phase>". Running it twice replaces the token.
 */

import { phaseOf } from '#domain/checklist.ts';
import { phaseStartMs } from '#domain/communications.ts';
import { settling } from '#domain/conduct/powers.ts';
import { reviewStart } from '#domain/conduct/start.ts';
import { arm } from '#domain/conduct/waits.ts';
import { Nothing, Waiting } from '../contracts/identity.ts';
import { define } from '../runtime/definition.ts';

export const awaitStart = define({
  name: 'await-start',
  needs: settling,
  input: Waiting,
  output: Nothing,
  run: async ({ contract: _contract, ...input }, ports) => {
    const { launchDay } = await ports.releases.load(input.releaseId);
    const wakeAtMs = phaseStartMs(ports.plan, launchDay, phaseOf(ports.plan, input.phase));
    const wait = await arm(ports, { ...input, kind: 'start', wakeAtMs });
    await reviewStart(ports, wait);
    return {};
  },
});
