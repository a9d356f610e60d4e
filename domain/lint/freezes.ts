/** Freeze windows that end before they begin, or leave a phase no moment to go on. */
import { type FreezeWindow, type Plan, weekdays } from '../plan/plan.ts';
import { error, type Finding, warning, when } from './finding.ts';

export const freezeWindows = ({ freezes }: Plan): readonly Finding[] =>
  freezes.flatMap((window, i) => [...reversed(window, `freezes[${i}]`), ...always(window, `freezes[${i}]`)]);

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
