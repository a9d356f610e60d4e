/**
 * The heartbeat of a bake stopped: is it worth observing again, or must a person look?
 * Triggered by the state "Diagnose the silence in <phase>". Running it twice is harmless.
 */

import * as z from 'zod';
import { commit } from '#application/commit.ts';
import { openIncident } from '#application/incidents.ts';
import { waiting } from '#application/port-groups.ts';
import { cancelWaits } from '#application/waits.ts';
import { rearmsMax } from '#domain/rules/bake-clock.ts';
import { InPhase } from '../contracts/identity.ts';
import { defineStep } from '../runtime/definition.ts';

const Input = InPhase.extend({ rearms: z.number().int().min(0).max(10) });
const Output = z.strictObject({ action: z.enum(['observe', 'hold']) });

export const diagnoseSilence = defineStep({
  name: 'diagnose-silence',
  needs: [...waiting, 'escalations'],
  input: Input,
  output: Output,
  run: async ({ releaseId, phase, attempt, rearms }, ports) => {
    await cancelWaits(ports, releaseId, (wait) => wait.kind === 'bake' && wait.phase === phase);
    await commit(ports, releaseId, 'system:diagnose-silence', () => [
      { type: 'observation.frozen', phase, attempt, blind: { code: 'no-look', params: {} } },
    ]);
    if (rearms < rearmsMax) return { action: 'observe' as const };
    await openIncident(ports, releaseId, 'system:diagnose-silence', {
      phase,
      attempt,
      cause: 'silence',
      severity: 'technical',
      title: { code: 'no-look', params: {} },
    });
    return { action: 'hold' as const };
  },
});
