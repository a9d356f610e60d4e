/** The wait of a held phase: what keeps it from giving access is looked at again, what a person answered is sent. */

import { unblock } from '#domain/rules/holds.ts';
import type { Wait } from '#domain/rules/wait.ts';
import { commit } from './commit.ts';
import { reviewAnswer } from './decisions.ts';
import type { Settling } from './port-groups.ts';
import { wakeAt } from './waits.ts';

const actor = 'system:hold';

export async function reviewHold(ports: Settling, wait: Wait & { readonly kind: 'hold' }): Promise<void> {
  const nowMs = ports.clock.nowMs();
  const found = unblock(ports.plan, await ports.releases.load(wait.releaseId), wait, nowMs);
  if ('blocking' in found) {
    const { untilMs } = found.blocking;
    if (untilMs !== undefined) await wakeAt(ports, wait, untilMs);
    return;
  }
  if (found.facts.length > 0)
    await commit(ports, wait.releaseId, actor, (release) => {
      const again = unblock(ports.plan, release, wait, nowMs);
      return 'facts' in again ? again.facts : [];
    });
  await reviewAnswer(ports, wait);
}
