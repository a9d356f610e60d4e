/**
 * A script's command changed its state: ask the runner. The event is a hint, it may be late, doubled or lost.
 * Triggered by the EventBridge events "EC2 Command Status-change Notification" (AWS Systems Manager) and "CodeDeploy
 * Deployment State-change Notification", both best effort.
 */

import * as z from 'zod';
import { settling } from '#application/port-groups.ts';
import { reviewRun } from '#application/script.ts';
import { EmptyOutput, Name } from '../contracts/identity.ts';
import { define } from '../runtime/definition.ts';

const Input = z.discriminatedUnion('detail-type', [
  z.object({
    'detail-type': z.literal('EC2 Command Status-change Notification'),
    detail: z.object({ 'command-id': Name, status: Name }),
  }),
  z.object({
    'detail-type': z.literal('CodeDeploy Deployment State-change Notification'),
    detail: z.object({ deploymentId: Name, state: Name }),
  }),
]);

export const scriptStatus = define({
  name: 'script-status',
  needs: [...settling, 'runs'],
  input: Input,
  output: EmptyOutput,
  run: async ({ detail }, ports) => {
    const command = 'deploymentId' in detail ? detail.deploymentId : detail['command-id'];
    const { marker } = await ports.runs.describe(command);
    await reviewRun(ports, { command, marker });
    return {};
  },
});
