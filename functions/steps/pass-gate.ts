/**
 * Opens the gate and parks the token until criteria and people have decided.
 * Triggered by the state "Pass gate of <phase>". Running it twice replaces the token and asks people again.
 */

import { commit } from '#application/commit.ts';
import { reviewGate } from '#application/gate.ts';
import { notify } from '#application/notify.ts';
import { judging } from '#application/port-groups.ts';
import { arm } from '#application/waits.ts';
import { phaseOf } from '#domain/plan/checklist.ts';
import { phaseEndMs } from '#domain/plan/message-dates.ts';
import { gateWaits } from '#presentation/alerts.ts';
import { EmptyOutput, TokenInput } from '../contracts/identity.ts';
import { defineStep } from '../runtime/definition.ts';

export const passGate = defineStep({
  name: 'pass-gate',
  needs: judging,
  input: TokenInput,
  output: EmptyOutput,
  run: async (input, ports) => {
    const { releaseId, phase: id, attempt } = input;
    const phase = phaseOf(ports.plan, id);
    const release = await commit(ports, releaseId, 'system:pass-gate', () => [
      { type: 'gate.opened', phase: id, attempt },
    ]);
    const ends =
      phase.gate.notBefore === 'end' ? { wakeAtMs: phaseEndMs(ports.plan, release.launchDay, phase) } : {};
    const wait = await arm(ports, { ...input, kind: 'gate', everyMinutes: 60, ...ends });
    await notify(ports, gateWaits(ports.plan, { releaseId, phase: id }));
    await reviewGate(ports, wait);
    return {};
  },
});
