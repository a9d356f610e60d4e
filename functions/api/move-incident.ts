/**
 * Acknowledges an incident (the ladder stops climbing) and is offered the way back that the plan names for it, resolves it, also
 * as a false alarm, or opens it again (the ladder starts anew).
 */
import * as z from 'zod';
import { commit } from '#application/commit.ts';
import { callOpenIncidents, type IncidentMove, moveIncident } from '#application/incidents.ts';
import { type Judging, judging } from '#application/port-groups.ts';
import { reviewDecisions } from '#application/reconcile-waits.ts';
import { InvalidInput, NotPermitted } from '#domain/errors.ts';
import type { Release } from '#domain/ledger/records.ts';
import { phaseOf } from '#domain/plan/checklist.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { present } from '#domain/present.ts';
import { type Quoted, quoted, saysSomething } from '#domain/quoted.ts';
import { wayBackFrom } from '#domain/rules/grave-incidents.ts';
import { type Actor, Command } from '../contracts/actor.ts';
import { EmptyOutput, Name, Words } from '../contracts/identity.ts';
import { WayBack } from '../contracts/trouble-view.ts';
import { incidentOf, permitted } from '../runtime/permission.ts';

const OfIncident = Command.extend({ incident: Name });

export const acknowledgeIncident = permitted({
  name: 'acknowledge-incident',
  needs: judging,
  input: OfIncident,
  output: z.strictObject({
    /** The rollback that the plan names for its severity. */
    offered: WayBack.exactOptional(),
  }),
  run: async (asked, ports) => {
    const release = await move(ports, asked, 'acknowledge', { by: asked.actor.userId });
    await reviewDecisions(ports, asked.releaseId);
    const { severity = 'user' } = release.incidents[asked.incident] ?? {};
    return present({ offered: wayBackFrom(ports.plan, release, severity) });
  },
});

export const resolveIncident = permitted({
  name: 'resolve-incident',
  needs: judging,
  input: OfIncident.extend({
    falseAlarm: z.boolean().default(false),
    comment: Words.default(quoted('')),
  }),
  output: EmptyOutput,
  run: async (asked, ports) => {
    const { actor, comment, falseAlarm } = asked;
    await move(ports, asked, 'resolve', { by: actor.userId, comment, falseAlarm });
    await reviewDecisions(ports, asked.releaseId);
    return {};
  },
});

export const reopenIncident = permitted({
  name: 'reopen-incident',
  needs: [...judging, 'executions'],
  input: OfIncident.extend({ comment: Words.default(quoted('')) }),
  output: EmptyOutput,
  run: async (asked, ports) => {
    await move(ports, asked, 'reopen', { by: asked.actor.userId, comment: asked.comment });
    await callOpenIncidents(ports, asked.releaseId);
    await reviewDecisions(ports, asked.releaseId);
    return {};
  },
});

/** Throws NotFound; of a false alarm NotPermitted and InvalidInput. */
const move = (
  ports: Judging,
  { actor, releaseId, incident }: z.output<typeof OfIncident>,
  how: IncidentMove,
  said: { readonly by: string; readonly comment?: Quoted; readonly falseAlarm?: boolean },
): Promise<Release> =>
  commit(ports, releaseId, `user:${actor.userId}`, (release) => {
    const record = incidentOf(release, incident);
    if (said.falseAlarm) refuseFalseAlarm(ports.plan, record.phase, actor, said.comment);
    return moveIncident(ports.plan, release, incident, how, said);
  });

/** What it took from an observation is given back, so it is said by who answers for the gate, and why. */
function refuseFalseAlarm(plan: Plan, phase: string, { userId, roles: held }: Actor, comment = ''): void {
  const { roles } = phaseOf(plan, phase).gate.approvals;
  if (!roles.some((role) => held.includes(role)))
    throw new NotPermitted({
      code: 'role-missing',
      params: { person: userId, operation: 'resolve-incident', roles, held },
    });
  if (!saysSomething(comment)) throw new InvalidInput({ code: 'false-alarm-without-comment', params: {} });
}
