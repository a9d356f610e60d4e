/** Acknowledges an incident (the ladder stops climbing), resolves it, or opens it again (the ladder starts anew). */
import * as z from 'zod';
import { commit } from '#application/commit.ts';
import { callOpenIncidents, moveIncident } from '#application/incidents.ts';
import { judging } from '#application/port-groups.ts';
import { reviewDecisions } from '#application/reconcile-waits.ts';
import { NotFound } from '#domain/errors.ts';
import { Command } from '../contracts/actor.ts';
import { Name, Nothing, Text } from '../contracts/identity.ts';
import { permitted } from '../runtime/permission.ts';

const Input = Command.extend({
  incident: Name,
  action: z.enum(['acknowledge', 'resolve', 'reopen']),
  comment: Text.default(''),
});

export const acknowledgeIncident = permitted({
  name: 'acknowledge-incident',
  needs: [...judging, 'executions'],
  input: Input,
  output: Nothing,
  run: async ({ actor, releaseId, incident, action, comment }, ports) => {
    const by = actor.userId;
    await commit(ports, releaseId, `user:${by}`, (release) => {
      if (!Object.hasOwn(release.incidents, incident))
        throw new NotFound({ code: 'no-such-incident', params: { release: releaseId, incident } });
      return moveIncident(ports.plan, release, incident, action, by, comment);
    });
    if (action === 'reopen') await callOpenIncidents(ports, releaseId);
    await reviewDecisions(ports, releaseId);
    return {};
  },
});
