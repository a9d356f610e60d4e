/** What can be done about incidents and tasks. */
import { severities } from '#domain/plan/plan.ts';
import { oneOf } from '../../terminal/input.ts';
import type { CommandsOf } from '../command-spec.ts';
import { comment, text } from './spec.ts';

const which = { name: 'incident', help: 'its id; "jalon incidents" lists them' } as const;

export const incidentActs = {
  'open-incident': [
    {
      name: 'incident open',
      says: 'opens an incident: people are called',
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
      done: { en: 'The incident is open.', fr: 'L’incident est ouvert.' },
    },
  ],
  'acknowledge-incident': [
    {
      name: 'incident acknowledge',
      says: 'says that somebody is at it: the ladder of calls stops',
      body: { action: 'acknowledge' },
      arguments: [which],
      done: { en: 'Incident {incident} is acknowledged.', fr: 'L’incident {incident} est pris en charge.' },
    },
    {
      name: 'incident resolve',
      says: 'says that it is over',
      body: { action: 'resolve' },
      arguments: [which],
      done: { en: 'Incident {incident} is resolved.', fr: 'L’incident {incident} est résolu.' },
    },
    {
      name: 'incident reopen',
      says: 'says that it was not over',
      body: { action: 'reopen' },
      arguments: [which],
      options: [comment],
      done: { en: 'Incident {incident} is open again.', fr: 'L’incident {incident} est rouvert.' },
    },
  ],
  'close-task': [
    {
      name: 'close-task',
      says: 'says that a task is done',
      arguments: [{ name: 'task', help: 'its id; "jalon tasks" lists them' }],
      options: [text('note', 'what was done')],
      done: { en: 'Task {task} is closed.', fr: 'La tâche {task} est close.' },
    },
  ],
} satisfies Partial<CommandsOf>;
