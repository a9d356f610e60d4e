/** What can be done about incidents and tasks. */
import { severities } from '#domain/plan/plan.ts';
import { oneOf } from '../../terminal/input.ts';
import type { CommandsOf } from '../command-spec.ts';
import { comment, text } from './spec.ts';

const which = { name: 'incident', help: 'its id; "jalon incidents" lists them' } as const;

export const incidentActs = {
  'open-incident': [
    {
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
      says: 'acknowledges an incident: somebody is at it, and the ladder of calls stops',
      arguments: [which],
      done: { en: 'Incident {incident} is acknowledged.', fr: 'L’incident {incident} est pris en charge.' },
    },
  ],
  'resolve-incident': [
    {
      says: 'resolves an incident: it is over',
      arguments: [which],
      options: [
        {
          name: 'falseAlarm',
          flags: '--false-alarm',
          help: 'there was nothing; --comment says how that is known',
        },
        { name: 'comment', flags: '--comment <text>', help: comment.help },
      ],
      done: { en: 'Incident {incident} is resolved.', fr: 'L’incident {incident} est résolu.' },
    },
  ],
  'override-incident': [
    {
      says: 'says that an incident shall not stop the release although it is open: one asks, another one grants it',
      arguments: [{ name: 'phase', help: 'the phase that is under way' }, which],
      options: [comment],
      done: {
        en: 'You have said that incident {incident} shall not stop {phase}: it takes two people.',
        fr: 'Vous avez dit que l’incident {incident} ne doit pas arrêter {phase} : il y faut deux personnes.',
      },
    },
  ],
  'reopen-incident': [
    {
      says: 'reopens an incident: it was not over',
      arguments: [which],
      options: [comment],
      done: { en: 'Incident {incident} is open again.', fr: 'L’incident {incident} est rouvert.' },
    },
  ],
  'close-task': [
    {
      says: 'closes a task: it is done',
      arguments: [{ name: 'task', help: 'its id; "jalon tasks" lists them' }],
      options: [text('note', 'what was done')],
      done: { en: 'Task {task} is closed.', fr: 'La tâche {task} est close.' },
    },
  ],
} satisfies Partial<CommandsOf>;
