/**
 * A release's execution ended: if the ledger does not know why, somebody stopped it in the console, or it failed.
 * Triggered by the EventBridge event "Step Functions Execution Status Change" (best effort; the reconciler does the same).
 */

import * as z from 'zod';
import { findRelease } from '#application/admission.ts';
import { closeEnded } from '#application/close-release.ts';
import { waiting } from '#application/port-groups.ts';
import { EmptyOutput } from '../contracts/identity.ts';
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
const endings = {
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timed-out',
  ABORTED: 'aborted',
} as const;
const ReleaseOf = z.object({ releaseId: z.string() });

export const executionStatus = define({
  name: 'execution-status',
  needs: waiting,
  input: Input,
  output: EmptyOutput,
  run: async ({ detail }, ports) => {
    if (detail.status === 'RUNNING') return {};
    const input = ReleaseOf.safeParse(JSON.parse(detail.input));
    const release = input.success ? await findRelease(ports, input.data.releaseId) : undefined;
    if (release?.status !== 'active' || release.executionArn !== detail.executionArn) return {};
    await closeEnded(ports, release.id, 'system:execution-status', endings[detail.status]);
    return {};
  },
});
