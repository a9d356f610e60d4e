/**
 * A recurring schedule fired: is there something to settle, or a bake to watch?
 * Triggered by EventBridge Scheduler, at least once. A tick of an older epoch, or of a wait that is over, does nothing.
 */
import { reviewing, watching } from '#application/port-groups.ts';
import { tickWait, wakeUp } from '#application/reconcile-waits.ts';
import { EmptyOutput } from '../contracts/identity.ts';
import { WaitWakeUp } from '../contracts/schedule.ts';
import { define } from '../runtime/definition.ts';

export const tick = define({
  name: 'tick',
  needs: [...reviewing, ...watching],
  input: WaitWakeUp,
  output: EmptyOutput,
  run: async (wait, ports) => {
    await wakeUp(ports, wait, tickWait);
    return {};
  },
});
