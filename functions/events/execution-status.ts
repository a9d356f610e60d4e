/**
 * A release's execution ended: if the ledger does not know why, somebody stopped it in the console, or it failed. One that has
 * ended before its release was admitted is kept as the end of that start. What the event says may be past: the execution is
 * asked, for one that was redriven runs again.
 * Triggered by the EventBridge event "Step Functions Execution Status Change" (best effort; the reconciler does the same).
 */

import * as z from 'zod';
import { findRelease, keepEnd } from '#application/admission.ts';
import { closeEnded } from '#application/close-release.ts';
import { waiting } from '#application/port-groups.ts';
import { EmptyOutput, ReleaseId, UserId } from '../contracts/identity.ts';
import { jsonOf } from '../contracts/json.ts';
import { define } from '../runtime/definition.ts';

const Input = z.object({
  'detail-type': z.literal('Step Functions Execution Status Change'),
  detail: z.object({
    executionArn: z.string().max(256),
    status: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED']),
    /** JSON text, as Step Functions sends it. */
    input: z.string().max(262_144),
  }),
});
/** As it was started, by us or in the console; what no release can have been started with is refused by the first state. */
const Started = z.looseObject({ releaseId: ReleaseId, startedBy: UserId });

export const executionStatus = define({
  name: 'execution-status',
  needs: [...waiting, 'executions'],
  input: Input,
  output: EmptyOutput,
  run: async ({ detail: { executionArn, status: told, input } }, ports) => {
    if (told === 'RUNNING') return {};
    const { success, data } = Started.safeParse(jsonOf(input));
    if (!success) {
      ports.log.write('EXECUTION_OF_NO_RELEASE', { executionArn });
      return {};
    }
    const { releaseId, startedBy } = data;
    const release = await findRelease(ports, releaseId);
    if (release && (release.status !== 'active' || release.executionArn !== executionArn)) return {};
    const status = await ports.executions.status(executionArn);
    if (status === 'running') ports.log.write('STALE_EVENT', { releaseId, executionArn, told });
    else if (release) await closeEnded(ports, releaseId, 'system:execution-status', status);
    else await keepEnd(ports, { releaseId, executionArn, startedBy }, status);
    return {};
  },
});
