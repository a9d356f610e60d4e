/** The wait for the people who must agree to what cannot be undone (`domain/rules/agreement.ts`). */
import { agreementMinutes, irrevocableIn, peopleMissing } from '#domain/rules/agreement.ts';
import type { Wait } from '#domain/rules/wait.ts';
import { minuteMs } from '#domain/time.ts';
import { openIncident } from './incidents.ts';
import type { Agreeing } from './port-groups.ts';
import { settle } from './waits.ts';

/** When others are called because a second person is still missing. Epoch milliseconds. */
export const agreementLateMs = ({ chosenAt }: { readonly chosenAt: string }): number =>
  Date.parse(chosenAt) + agreementMinutes * minuteMs;

/** Settles the wait once enough people agree, or one of them declines. Until then nothing is restored and nothing ends. */
export async function reviewAgreement(ports: Agreeing, wait: Wait): Promise<void> {
  const { rollback } = await ports.releases.load(wait.releaseId);
  if (!rollback) return;
  const { phase, attempt } = wait;
  const level = irrevocableIn(ports.plan, rollback.course);
  if (level === undefined) await settle(ports, wait, { answer: 'declined' });
  else if (peopleMissing(ports.plan, rollback) === 0) await settle(ports, wait, { answer: 'agreed' });
  else if (ports.clock.nowMs() >= agreementLateMs(rollback))
    await openIncident(ports, wait.releaseId, 'system:agreement', {
      phase,
      attempt,
      cause: 'agreement',
      since: rollback.chosenAt,
      severity: rollback.reason.severity ?? 'critical',
      title: { code: 'agreement-late', params: { phase, level, minutes: agreementMinutes } },
    });
}
