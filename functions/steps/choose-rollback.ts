/**
 * Something went wrong: chooses the rollback level, stops what the phase still waited for, opens an incident.
 * Triggered by the state "Choose rollback level". Running it twice chooses once and opens one incident.
 */

import * as z from 'zod';
import { commit } from '#application/commit.ts';
import { openIncident } from '#application/incidents.ts';
import { waiting } from '#application/port-groups.ts';
import { dateReports } from '#application/reports.ts';
import { cancelWaits } from '#application/waits.ts';
import { canonical } from '#domain/ledger/entries.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import { rollbackCourses } from '#domain/ledger/outcomes.ts';
import type { Release, RollbackRecord } from '#domain/ledger/records.ts';
import { chooseRollback as choose } from '#domain/rules/rollback.ts';
import { InPhase, Reason } from '../contracts/identity.ts';
import { defineStep } from '../runtime/definition.ts';

const Output = z.strictObject({
  level: z.enum(rollbackCourses),
  component: z.string().max(40),
});
const actor = 'system:choose-rollback';

/** Tried again, of an answer that was lost: what was chosen stands. Not when a person has ordered it again. */
const isChosen = (
  { rollback, order }: Release,
  {
    phase,
    attempt,
    reason,
  }: { readonly phase: string; readonly attempt: number; readonly reason: RollbackRecord['reason'] },
): boolean =>
  rollback?.phase === phase &&
  rollback.attempt === attempt &&
  order?.phase !== phase &&
  canonical(rollback.reason) === canonical(reason);

export const chooseRollback = defineStep({
  name: 'choose-rollback',
  needs: [...waiting, 'escalations'],
  input: InPhase.extend({ reason: Reason }),
  output: Output,
  run: async ({ releaseId, phase, attempt, reason }, ports) => {
    await cancelWaits(ports, releaseId, (wait) => wait.phase === phase && wait.kind !== 'acknowledgement');
    const { rollback } = await commit(ports, releaseId, actor, (release): readonly Fact[] => {
      if (isChosen(release, { phase, attempt, reason })) return [];
      const choice = choose(ports.plan, release, { phase, reason });
      return [
        ...(release.phases[phase]?.status === 'closed'
          ? []
          : [{ type: 'phase.closed' as const, phase, attempt, outcome: 'roll-back' as const, reason }]),
        { type: 'rollback.chosen', phase, attempt, reason, ...choice },
      ];
    });
    const { course = 'none', component = '' } = rollback ?? {};
    await dateReports(ports, releaseId);
    await openIncident(ports, releaseId, actor, {
      phase,
      attempt,
      cause: 'rollback',
      severity: reason.severity ?? 'critical',
      title: { code: 'phase-failed', params: reason.cause === undefined ? {} : { cause: reason.cause } },
    });
    return { level: course === 'abandon' ? ('none' as const) : course, component };
  },
});
