/** Freeze windows that end before they begin, leave a phase no moment to go on, or hold a message until it is given up. */

import { occurrenceAt } from '../plan/freeze-windows.ts';
import { dueMs, lastMs } from '../plan/message-dates.ts';
import { type FreezeWindow, type Plan, weekdays } from '../plan/plan.ts';
import { error, type Finding, warning, when } from './finding.ts';

export const freezeWindows = (plan: Plan): readonly Finding[] =>
  plan.freezes.flatMap((window, i) => [
    ...reversed(window, `freezes[${i}]`),
    ...always(window, `freezes[${i}]`),
    ...outlasting(plan, window, `freezes[${i}]`),
  ]);

/** On the plan's launch day the message would be given up before the window ends. */
function outlasting(plan: Plan, window: FreezeWindow, path: string): readonly Finding[] {
  if (!window.announcements) return [];
  return plan.messages.flatMap((message) => {
    const due = dueMs(plan, plan.launch.day, message);
    const freeze = due === undefined ? undefined : occurrenceAt(plan, window, due);
    return when(freeze !== undefined && freeze.toMs >= lastMs(plan, plan.launch.day, message), () =>
      warning('freeze-outlasts-message', {
        path: `${path}.announcements`,
        value: true,
        params: { freeze: window.id, message: message.id, days: message.lateDaysMax },
      }),
    );
  });
}

function reversed({ when: { from, to }, ...window }: FreezeWindow, path: string): readonly Finding[] {
  return when(from.includes('T') && from >= to, () =>
    error('freeze-reversed', { path: `${path}.when.to`, value: to, params: { freeze: window.id, from } }),
  );
}

/** Every day from a time until the same time of the next day. */
const always = ({ id, when: given }: FreezeWindow, path: string): readonly Finding[] =>
  when('days' in given && weekdays.every((day) => given.days.includes(day)) && given.from === given.to, () =>
    warning('freeze-always', { path: `${path}.when`, value: id, params: { freeze: id } }),
  );
