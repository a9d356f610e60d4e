/**
 * Calls one level of the escalation ladder and parks the token until somebody acknowledges.
 * Triggered by the states "Call level n" of the escalation machine. Running it twice calls again and replaces the token.
 */

import * as z from 'zod';
import { commit } from '#application/commit.ts';
import { notify } from '#application/notify.ts';
import { settling } from '#application/port-groups.ts';
import { reviewAcknowledgement } from '#application/start-phase.ts';
import { park } from '#application/waits.ts';
import { InvalidInput } from '#domain/errors.ts';
import { present } from '#domain/present.ts';
import { wayBackFrom } from '#domain/rules/grave-incidents.ts';
import { incidentCalled } from '#presentation/alerts.ts';
import { EmptyOutput, Name, ReleaseId, Token } from '../contracts/identity.ts';
import { defineStep } from '../runtime/definition.ts';

const Input = z.strictObject({
  releaseId: ReleaseId,
  incident: Name,
  level: z.number().int().min(1).max(10),
  token: Token,
});

export const callLevel = defineStep({
  name: 'call-level',
  needs: [...settling, 'notifier'],
  input: Input,
  output: EmptyOutput,
  run: async ({ releaseId, incident, level, token }, ports) => {
    const called = ports.plan.escalation.find((candidate) => candidate.level === level);
    if (!called) throw new InvalidInput({ code: 'no-such-escalation-level', params: { level } });
    const release = await commit(ports, releaseId, 'system:call-level', () => [
      { type: 'incident.called', incident, level, role: called.role },
    ]);
    const record = release.incidents[incident];
    if (record) {
      const offered = wayBackFrom(ports.plan, release, record.severity);
      const of = { releaseId, incident, called, ...present({ offered }) };
      await notify(ports, incidentCalled(ports.plan, of, record));
    }
    const wait = await park(ports, {
      releaseId,
      token,
      phase: incident,
      attempt: level,
      kind: 'acknowledgement',
      reference: incident,
    });
    await reviewAcknowledgement(ports, wait);
    return {};
  },
});
