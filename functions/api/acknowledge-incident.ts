/** Acknowledges an incident (the ladder stops climbing) or resolves it. */

import * as z from 'zod';
import { commit } from '#domain/conduct/commit.ts';
import { judging } from '#domain/conduct/powers.ts';
import { reviewDecisions } from '#domain/conduct/review.ts';
import { NotFound } from '#domain/errors.ts';
import { Command } from '../contracts/actor.ts';
import { Name, Nothing } from '../contracts/identity.ts';
import { permitted } from '../runtime/permission.ts';

export const acknowledgeIncident = permitted({
  name: 'acknowledge-incident',
  needs: judging,
  input: Command.extend({ incident: Name, action: z.enum(['acknowledge', 'resolve']) }),
  output: Nothing,
  run: async ({ actor, releaseId, incident, action }, ports) => {
    const by = actor.userId;
    await commit(ports, releaseId, `user:${by}`, ({ incidents }) => {
      const known = Object.hasOwn(incidents, incident) ? incidents[incident] : undefined;
      if (!known) throw new NotFound(`release "${releaseId}" has no incident "${incident}"`);
      if (action === 'resolve') {
        return known.status === 'resolved' ? [] : [{ type: 'incident.resolved', incident, by }];
      }
      return known.status === 'open' || known.status === 'unanswered'
        ? [{ type: 'incident.acknowledged', incident, by }]
        : [];
    });
    await reviewDecisions(ports, releaseId);
    return {};
  },
});
