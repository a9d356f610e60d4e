/**
 * A date has come: a phase may start, a gate may decide, a message is due.
 * Triggered by EventBridge Scheduler, at least once and up to a minute late. A date of an older epoch does nothing.
 */

import { reviewMessages } from '#domain/conduct/messages.ts';
import { judging, messaging } from '#domain/conduct/powers.ts';
import { reviewDecision, wakeUp } from '#domain/conduct/review.ts';
import { Nothing } from '../contracts/identity.ts';
import { DateWakeUp } from '../contracts/schedule.ts';
import { define } from '../runtime/definition.ts';

export const dateReached = define({
  name: 'date-reached',
  needs: [...judging, ...messaging],
  input: DateWakeUp,
  output: Nothing,
  run: async (event, ports) => {
    if (event.kind === 'wait') {
      await wakeUp(ports, event, reviewDecision);
      return {};
    }
    const { messages } = await ports.releases.load(event.releaseId);
    if (messages[event.message]?.epoch === event.epoch) await reviewMessages(ports, event.releaseId);
    else ports.log.write('STALE_WAKE_UP', { ...event });
    return {};
  },
});
