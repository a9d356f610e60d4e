/** Acknowledges an incident (the ladder stops climbing), resolves it, or opens it again (the ladder starts anew). */
import type * as z from 'zod';
import { commit } from '#application/commit.ts';
import { callOpenIncidents, type IncidentMove, moveIncident } from '#application/incidents.ts';
import { type Judging, judging } from '#application/port-groups.ts';
import { reviewDecisions } from '#application/reconcile-waits.ts';
import { NotFound } from '#domain/errors.ts';
import { quoted } from '#domain/quoted.ts';
import { Command } from '../contracts/actor.ts';
import { EmptyOutput, Name, Words } from '../contracts/identity.ts';
import { permitted } from '../runtime/permission.ts';

const OfIncident = Command.extend({ incident: Name });

export const acknowledgeIncident = permitted({
  name: 'acknowledge-incident',
  needs: judging,
  input: OfIncident,
  output: EmptyOutput,
  run: async (asked, ports) => {
    await move(ports, asked, 'acknowledge');
    await reviewDecisions(ports, asked.releaseId);
    return {};
  },
});

export const resolveIncident = permitted({
  name: 'resolve-incident',
  needs: judging,
  input: OfIncident,
  output: EmptyOutput,
  run: async (asked, ports) => {
    await move(ports, asked, 'resolve');
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
    await move(ports, asked, 'reopen', asked.comment);
    await callOpenIncidents(ports, asked.releaseId);
    await reviewDecisions(ports, asked.releaseId);
    return {};
  },
});

/** Throws NotFound. */
async function move(
  ports: Judging,
  { actor: { userId }, releaseId, incident }: z.output<typeof OfIncident>,
  how: IncidentMove,
  comment = quoted(''),
): Promise<void> {
  await commit(ports, releaseId, `user:${userId}`, (release) => {
    if (!Object.hasOwn(release.incidents, incident))
      throw new NotFound({ code: 'no-such-incident', params: { release: releaseId, incident } });
    return moveIncident(ports.plan, release, incident, how, userId, comment);
  });
}
