/**
 * A rollback failed, or nobody decided what to do: opens a critical incident and tells everybody who approves the phase.
 * Triggered by the state "Call people to a failed rollback". Running it twice opens one incident.
 */
import * as z from 'zod';
import { commit } from '#application/commit.ts';
import { openIncident } from '#application/incidents.ts';
import { notify } from '#application/notify.ts';
import { rollbackFailed } from '#presentation/alerts.ts';
import { EmptyOutput, InPhase } from '../contracts/identity.ts';
import { defineStep } from '../runtime/definition.ts';

const actor = 'system:call-to-failed-rollback';

export const callToFailedRollback = defineStep({
  name: 'call-to-failed-rollback',
  needs: ['releases', 'escalations', 'notifier'],
  input: InPhase.extend({ failure: z.string().max(200) }),
  output: EmptyOutput,
  run: async ({ releaseId, phase, attempt, failure }, ports) => {
    await commit(ports, releaseId, actor, ({ rollback }) =>
      rollback && rollback.failed === undefined
        ? [{ type: 'rollback.failed', phase, attempt, error: failure }]
        : [],
    );
    await openIncident(ports, releaseId, actor, {
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
