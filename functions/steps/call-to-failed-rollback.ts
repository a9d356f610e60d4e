/**
 * A rollback failed, or nobody decided what to do: opens a critical incident and tells everybody who approves the phase.
 * Triggered by the state "Call people to a failed rollback". Running it twice opens one incident.
 */
import * as z from 'zod';
import { openIncident } from '#application/incidents.ts';
import { notify } from '#application/notify.ts';
import { rollbackFailed } from '#presentation/alerts.ts';
import { EmptyOutput, InPhase } from '../contracts/identity.ts';
import { defineStep } from '../runtime/definition.ts';

export const callToFailedRollback = defineStep({
  name: 'call-to-failed-rollback',
  needs: ['releases', 'escalations', 'notifier'],
  input: InPhase.extend({ failure: z.string().max(200) }),
  output: EmptyOutput,
  run: async ({ releaseId, phase, attempt, failure }, ports) => {
    await openIncident(ports, releaseId, 'system:call-to-failed-rollback', {
      phase,
      attempt,
      cause: 'rollback-failed',
      severity: 'major',
      title: { code: 'rollback-failed', params: { phase, error: failure } },
    });
    await notify(ports, rollbackFailed(ports.plan, { releaseId, phase }, failure));
    return {};
  },
});
