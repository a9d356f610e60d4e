/**
 * A date has come: a phase may start, a gate may decide, a message or a report is due.
 * Triggered by EventBridge Scheduler, at least once and up to a minute late. A date of an older epoch does nothing.
 */

import { reviewMessages } from '#application/messages.ts';
import { judging, messaging, reporting } from '#application/port-groups.ts';
import { reviewDecision, wakeUp } from '#application/reconcile-waits.ts';
import { reviewReports } from '#application/reports.ts';
import { EmptyOutput } from '../contracts/identity.ts';
import { DateWakeUp } from '../contracts/schedule.ts';
import { define } from '../runtime/definition.ts';

export const dateReached = define({
  name: 'date-reached',
  needs: [...judging, ...messaging, ...reporting],
  input: DateWakeUp,
  output: EmptyOutput,
  run: async (event, ports) => {
    if (event.kind === 'wait') {
      await wakeUp(ports, event, reviewDecision);
      return {};
    }
    const { messages, reports } = await ports.releases.load(event.releaseId);
    const { epoch } = (event.kind === 'report' ? reports[event.report] : messages[event.message]) ?? {};
    const review = event.kind === 'report' ? reviewReports : reviewMessages;
    if (epoch === event.epoch) await review(ports, event.releaseId);
    else ports.log.write('STALE_WAKE_UP', { ...event });
    return {};
  },
});
