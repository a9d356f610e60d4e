/**
 * Records that no level of the ladder acknowledged an incident.
 * Triggered by the state "Record that nobody answered". Running it twice records once.
 */
import * as z from 'zod';
import { commit } from '#application/commit.ts';
import { EmptyOutput, Name, ReleaseId } from '../contracts/identity.ts';
import { defineStep } from '../runtime/definition.ts';

export const recordUnanswered = defineStep({
  name: 'record-unanswered',
  needs: ['releases'],
  input: z.strictObject({ releaseId: ReleaseId, incident: Name }),
  output: EmptyOutput,
  run: async ({ releaseId, incident }, ports) => {
    await commit(ports, releaseId, 'system:record-unanswered', ({ incidents }) =>
      incidents[incident]?.status === 'open' ? [{ type: 'incident.unanswered', incident }] : [],
    );
    return {};
  },
});
