/** The gate of a phase with what its criteria read now: how it would decide, and what it still waits for. */

import { foreseeGate } from '#application/gate.ts';
import { phaseOf } from '#domain/plan/checklist.ts';
import { PhaseCommand } from '../contracts/actor.ts';
import { gateViewOf, LiveGateView } from '../contracts/gate-view.ts';
import { permitted } from '../runtime/permission.ts';

export const readGate = permitted({
  name: 'read-gate',
  needs: ['reader', 'metrics'],
  input: PhaseCommand,
  output: LiveGateView,
  run: async ({ releaseId, phase: id }, ports) => {
    const phase = phaseOf(ports.plan, id);
    const release = await ports.reader.load(releaseId);
    const { readings, decision } = await foreseeGate(ports, release, phase);
    return {
      ...gateViewOf(release, phase),
      now: readings.map((one) => ({ ...one })),
      would: decision.outcome,
      ...('need' in decision ? { because: decision.need } : {}),
      ...('reason' in decision && decision.reason.cause ? { because: decision.reason.cause } : {}),
    };
  },
});
