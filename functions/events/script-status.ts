/**
 * A script's command changed its state: ask the runner. The event is a hint, it may be late, doubled or lost.
 * Triggered by the EventBridge event "EC2 Command Status-change Notification" (AWS Systems Manager, best effort).
 */

import * as z from 'zod';
import { reviewing } from '#domain/conduct/powers.ts';
import { reviewWait } from '#domain/conduct/review.ts';
import { Name, Nothing } from '../contracts/identity.ts';
import { define } from '../runtime/definition.ts';

const Input = z.object({
  'detail-type': z.literal('EC2 Command Status-change Notification'),
  detail: z.object({ 'command-id': Name, status: Name }),
});

export const scriptStatus = define({
  name: 'script-status',
  needs: reviewing,
  input: Input,
  output: Nothing,
  run: async ({ detail }, ports) => {
    const command = detail['command-id'];
    const { marker } = await ports.scripts.describe(command);
    const [releaseId = '', waitId = ''] = marker.split('/');
    const wait = await ports.waits.get(releaseId, waitId);
    if (wait?.reference === command && wait.status !== 'settled' && wait.status !== 'cancelled') {
      await reviewWait(ports, wait);
    } else {
      ports.log.write('UNKNOWN_COMMAND', { command });
    }
    return {};
  },
});
