/**
 * Something went wrong: chooses the rollback level, stops what the phase still waited for, opens an incident.
 * Triggered by the state "Choose rollback level". Running it twice chooses the same and opens one incident.
 */

import * as z from 'zod';
import { commit } from '#application/commit.ts';
import { openIncident } from '#application/incidents.ts';
import { waiting } from '#application/port-groups.ts';
import { dateReports } from '#application/reports.ts';
import { cancelWaits } from '#application/waits.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import { rollbackCourses } from '#domain/ledger/outcomes.ts';
import { chooseRollback as choose } from '#domain/rules/rollback.ts';
import { InPhase, Reason } from '../contracts/identity.ts';
import { defineStep } from '../runtime/definition.ts';

const Output = z.strictObject({
  level: z.enum(rollbackCourses),
  component: z.string().max(40),
});
const actor = 'system:choose-rollback';

export const chooseRollback = defineStep({
  name: 'choose-rollback',
  needs: [...waiting, 'escalations'],
  input: InPhase.extend({ reason: Reason }),
  output: Output,
  run: async ({ releaseId, phase, attempt, reason }, ports) => {
    await cancelWaits(ports, releaseId, (wait) => wait.phase === phase && wait.kind !== 'acknowledgement');
    const before = await ports.releases.load(releaseId);
    const choice = choose(ports.plan, before, { phase, reason });
    await commit(ports, releaseId, actor, ({ phases }): readonly Fact[] => [
      ...(phases[phase]?.status === 'closed'
        ? []
        : [{ type: 'phase.closed' as const, phase, attempt, outcome: 'roll-back' as const, reason }]),
      { type: 'rollback.chosen', phase, attempt, reason, ...choice },
    ]);
    await dateReports(ports, releaseId);
    await openIncident(ports, releaseId, actor, {
      phase,
      attempt,
      cause: 'rollback',
      severity: reason.severity ?? 'critical',
      title: { code: 'phase-failed', params: reason.cause === undefined ? {} : { cause: reason.cause } },
    });
    return choice;
  },
});
