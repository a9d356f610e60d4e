/** What can be done about incidents and tasks: one row each. */
import { severities } from '#domain/plan/plan.ts';
import { oneOf } from '../../terminal/input.ts';
import type { Order, Typed } from '../command-spec.ts';
import { comment, order, release, text } from './spec.ts';

const incident = `${release}/incidents/{incident}`;
const which: Typed = { name: 'incident', help: 'its id; "jalon incidents" lists them' };

export const troubleOrders: readonly Order[] = [
  order(
    'incident open',
    'opens an incident: people are called',
    `${release}/incidents`,
    {
      options: [
        {
          name: 'severity',
          flags: '--severity <severity>',
          help: severities.join(', '),
          choices: severities,
          parse: oneOf('--severity', severities),
          required: true,
        },
        text('title', 'what is wrong'),
        { name: 'phase', flags: '--phase <phase>', help: 'the phase it belongs to' },
      ],
    },
    'The incident is open.',
    'L’incident est ouvert.',
  ),
  order(
    'incident acknowledge',
    'says that somebody is at it: the ladder of calls stops',
    incident,
    { body: { action: 'acknowledge' }, arguments: [which] },
    'Incident {incident} is acknowledged.',
    'L’incident {incident} est pris en charge.',
  ),
  order(
    'incident resolve',
    'says that it is over',
    incident,
    { body: { action: 'resolve' }, arguments: [which] },
    'Incident {incident} is resolved.',
    'L’incident {incident} est résolu.',
  ),
  order(
    'incident reopen',
    'says that it was not over',
    incident,
    { body: { action: 'reopen' }, arguments: [which], options: [comment] },
    'Incident {incident} is open again.',
    'L’incident {incident} est rouvert.',
  ),
  order(
    'close-task',
    'says that a task is done',
    `${release}/tasks/{task}`,
    {
      arguments: [{ name: 'task', help: 'its id; "jalon tasks" lists them' }],
      options: [text('note', 'what was done')],
    },
    'Task {task} is closed.',
    'La tâche {task} est close.',
  ),
];
