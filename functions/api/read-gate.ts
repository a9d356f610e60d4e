/** The gate of a phase with what its criteria read now: how it would decide, and what it still waits for. */
import * as z from 'zod';
import { phaseOf } from '#domain/checklist.ts';
import { foreseeGate } from '#domain/conduct/gate.ts';
import { PhaseCommand } from '../contracts/actor.ts';
import { GateView, gateViewOf } from '../contracts/gate-view.ts';
import { Verdict } from '../contracts/identity.ts';
import { permitted } from '../runtime/permission.ts';

const Output = GateView.extend({
  /** By criterion, in the unit of its check's objective. */
  now: z.array(
    z.strictObject({ criterion: z.string(), verdict: Verdict, value: z.number().exactOptional() }),
  ),
  /** What it would decide if it were asked now; `wait`: nothing yet. */
  would: z.enum(['promote', 'correct', 'hold', 'roll-back', 'wait', 'escalate']),
  /** Why, or what is missing. */
  because: z.string(),
});

export const readGate = permitted({
  name: 'read-gate',
  needs: ['reader', 'metrics'],
  input: PhaseCommand,
  output: Output,
  run: async ({ releaseId, phase: id }, ports) => {
    const phase = phaseOf(ports.plan, id);
    const release = await ports.reader.load(releaseId);
    const { readings, decision } = await foreseeGate(ports, release, phase);
    return {
      ...gateViewOf(release, phase),
      now: readings.map((one) => ({ ...one })),
      would: decision.outcome,
      because: 'for' in decision ? decision.for : (decision.reason.text ?? ''),
    };
  },
});
