/**
 * Asks that a critical or major incident shall not stop the release although it is open, or grants what somebody else has asked:
 * it takes two people of the gate's roles of the phase that is under way.
 */

import { commit } from '#application/commit.ts';
import { judging } from '#application/port-groups.ts';
import { reviewDecisions } from '#application/reconcile-waits.ts';
import { NotAllowedNow } from '#domain/errors.ts';
import { isGrave, isOpen } from '#domain/rules/grave-incidents.ts';
import { PhaseCommand } from '../contracts/actor.ts';
import { EmptyOutput, FreeText, Name } from '../contracts/identity.ts';
import { incidentOf, permitted, requireOpenPhase } from '../runtime/permission.ts';

export const overrideIncident = permitted({
  name: 'override-incident',
  needs: judging,
  input: PhaseCommand.extend({ incident: Name, comment: FreeText }),
  output: EmptyOutput,
  run: async ({ actor, releaseId, phase, incident, comment }, ports) => {
    const by = actor.userId;
    await commit(ports, releaseId, `user:${by}`, (release) => {
      requireOpenPhase(release, phase);
      const record = incidentOf(release, incident);
      if (!isGrave(record.severity) || !isOpen(record))
        throw new NotAllowedNow({ code: 'incident-stops-nothing', params: { incident } });
      const said = { incident, by, comment };
      const { override } = record;
      if (override === undefined) return [{ type: 'incident.override-asked', ...said }];
      if (override.grantedBy !== undefined || override.askedBy === by) return [];
      return [{ type: 'incident.overridden', ...said }];
    });
    await reviewDecisions(ports, releaseId);
    return {};
  },
});
