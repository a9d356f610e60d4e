/** After the last phase: the last messages (J+30) and the success metrics measured that late. */

import { openMessages } from '#domain/plan/message-dates.ts';
import { measuredMs } from '#domain/rules/scorecard.ts';
import type { Wait } from '#domain/rules/wait.ts';
import type { Settling } from './port-groups.ts';
import { settle } from './waits.ts';

export async function reviewFollowUp(ports: Settling, wait: Wait): Promise<void> {
  const release = await ports.releases.load(wait.releaseId);
  if (openMessages(release).length > 0) return;
  if (ports.clock.nowMs() < measuredMs(ports.plan, release.launchDay)) return;
  await settle(ports, wait, { outcome: 'finished' });
}
