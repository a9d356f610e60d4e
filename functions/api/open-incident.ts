/** Opens an incident that a person has seen; the ladder calls whom its severity asks for. The same title again is the same one. */
import * as z from 'zod';
import { openIncident as open, reportedCause } from '#application/incidents.ts';
import { lastAttempt } from '#domain/ledger/records.ts';
import { phaseOf } from '#domain/plan/checklist.ts';
import { severities } from '#domain/plan/plan.ts';
import { phaseNow } from '#domain/rules/progress.ts';
import { Command } from '../contracts/actor.ts';
import { FreeText, PhaseId } from '../contracts/identity.ts';
import { permitted } from '../runtime/permission.ts';

export const openIncident = permitted({
  name: 'open-incident',
  needs: ['releases', 'escalations'],
  input: Command.extend({
    severity: z.enum(severities),
    title: FreeText,
    /** Absent: the one that is under way. */
    phase: PhaseId.exactOptional(),
  }),
  output: z.strictObject({ incident: z.string() }),
  run: async ({ actor, releaseId, severity, title, phase: named }, ports) => {
    const release = await ports.releases.load(releaseId);
    const { id: phase } = named === undefined ? phaseNow(ports.plan, release) : phaseOf(ports.plan, named);
    const attempt = lastAttempt(release, phase);
    const cause = reportedCause(ports.sha256, title);
    const incident = await open(ports, releaseId, `user:${actor.userId}`, {
      phase,
      attempt,
      cause,
      severity,
      by: actor.userId,
      title: { code: 'reported', params: { words: title } },
    });
    return { incident };
  },
});
