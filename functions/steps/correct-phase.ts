/**
 * Parks the token until a person reports that the phase has been corrected.
 * Triggered by the state "Correct <phase>". Running it twice replaces the token.
 */

import { phaseOf } from '#domain/checklist.ts';
import { notify } from '#domain/conduct/notify.ts';
import { park } from '#domain/conduct/waits.ts';
import { Nothing, Waiting } from '../contracts/identity.ts';
import { define } from '../runtime/definition.ts';

export const correctPhase = define({
  name: 'correct-phase',
  needs: ['waits', 'notifier'],
  input: Waiting,
  output: Nothing,
  run: async ({ contract: _contract, ...input }, ports) => {
    await park(ports, { ...input, kind: 'correction' });
    const { name, gate } = phaseOf(ports.plan, input.phase);
    await notify(ports, {
      releaseId: input.releaseId,
      roles: gate.approvals.roles,
      subject: name,
      text: `${name} needs a correction; report it to enter the phase again.`,
    });
    return {};
  },
});
