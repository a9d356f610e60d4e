/** After the last phase: the last messages (J+30) and the success metrics measured that late. */

import { addDays, instantOf } from '#domain/plan/calendar.ts';
import { openMessages } from '#domain/plan/message-dates.ts';
import type { Plan } from '#domain/plan/plan.ts';
import type { Wait } from '#domain/rules/wait.ts';
import type { Settling } from './port-groups.ts';
import { settle } from './waits.ts';

/** The end of the day on which the last success metric is measured. Epoch milliseconds. */
export function measuredMs(plan: Plan, launchDay: string): number {
  const lastDay = Math.max(0, ...plan.successMetrics.map(({ fromDay }) => fromDay ?? 0));
  return instantOf(addDays(launchDay, lastDay), plan.workday.end, plan.timeZone);
}

export async function reviewFollowUp(ports: Settling, wait: Wait): Promise<void> {
  const release = await ports.releases.load(wait.releaseId);
  if (openMessages(release).length > 0) return;
  if (ports.clock.nowMs() < measuredMs(ports.plan, release.launchDay)) return;
  await settle(ports, wait, { outcome: 'finished' });
}
