import type { Sayings } from '#domain/coded.ts';
import type { NotFounds } from '#domain/refusals/not-found.ts';

export const englishNotFounds: Sayings<NotFounds> = {
  'no-such-phase': ({ phase, known }) => `the plan has no phase "${phase}": it has ${known.join(', ')}`,
  'no-such-item': ({ phase, item }) => `phase "${phase}" has no item "${item}" on its checklist`,
  'no-such-incident': ({ release, incident }) => `release "${release}" has no incident "${incident}"`,
  'no-such-task': ({ release, task, known }) =>
    `release "${release}" has no task "${task}": it has ${known.join(', ') || 'none'}`,
  'no-such-criterion': ({ phase, criterion, known }) =>
    `the gate of "${phase}" has no criterion "${criterion}": it has ${known.join(', ')}`,
  'no-such-freeze': ({ freeze, known }) =>
    `the plan has no freeze window "${freeze}": it has ${known.join(', ') || 'none'}`,
  'no-such-measure': ({ measure, known }) =>
    `measure "${measure}" is not one that people report: those are ${known.join(', ')}`,
  'no-such-world-path': ({ path, known }) => `"${path}" is not there: ${known.join(', ')} are`,
};
