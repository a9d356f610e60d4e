/**
 * Parks the token until the last message has gone and the last success metric has been measured.
 * Triggered by the state "Finish follow-up". Running it twice replaces the token.
 */

import { reviewFollowUp } from '#application/follow-up.ts';
import { settling } from '#application/port-groups.ts';
import { arm } from '#application/waits.ts';
import { measuredMs } from '#domain/rules/scorecard.ts';
import { EmptyOutput, TokenInput } from '../contracts/identity.ts';
import { defineStep } from '../runtime/definition.ts';

export const finishFollowUp = defineStep({
  name: 'finish-follow-up',
  needs: settling,
  input: TokenInput.omit({ phase: true, attempt: true }),
  output: EmptyOutput,
  run: async ({ releaseId, token }, ports) => {
    const { launchDay } = await ports.releases.load(releaseId);
    const wait = await arm(ports, {
      releaseId,
      token,
      phase: 'release',
      attempt: 1,
      kind: 'follow-up',
      wakeAtMs: measuredMs(ports.plan, launchDay),
      everyMinutes: 24 * 60,
    });
    await reviewFollowUp(ports, wait);
    return {};
  },
});
