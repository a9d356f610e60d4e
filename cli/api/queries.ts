/** Everything that can be read with a command of its own. */
import { oneOf, wholeNumber } from '../terminal/input.ts';
import type { CommandsOf } from './command-spec.ts';
import { phase } from './commands/spec.ts';

export const reads = {
  'list-releases': [
    {
      says: 'lists what is under way, or what has ended',
      page: 'releases',
      options: [
        {
          name: 'state',
          flags: '--state <state>',
          help: 'active or ended',
          choices: ['active', 'ended'],
          parse: oneOf('--state', ['active', 'ended']),
        },
        {
          name: 'limit',
          flags: '--limit <number>',
          help: 'how many',
          parse: wholeNumber('--limit', 1, 50),
        },
        { name: 'after', flags: '--after <place>', help: 'goes on where an answer ended: its "next"' },
      ],
    },
  ],
  'read-timeline': [
    {
      says: 'tells what happened, oldest first',
      page: 'timeline',
      options: [
        {
          name: 'after',
          flags: '--after <seq>',
          help: 'only what came after this sequence number',
          parse: wholeNumber('--after', 0, 1e15),
        },
      ],
    },
  ],
  'list-phases': [{ says: 'lists the phases and how far each is', page: 'phases' }],
  'read-phase': [{ says: 'shows a phase with its checklist', page: 'phase', arguments: [phase] }],
  'list-gates': [{ says: 'lists the gates, who has approved and what was decided', page: 'gates' }],
  'read-gate': [{ says: 'shows a gate with what it reads now', page: 'gate', arguments: [phase] }],
  'list-incidents': [{ says: 'lists the incidents', page: 'incidents' }],
  'list-risks': [{ says: 'lists the risks and which are coming true', page: 'risks' }],
  'list-messages': [{ says: 'lists what users are written, planned, held and sent', page: 'messages' }],
  'read-scorecard': [{ says: 'shows the success metrics', page: 'scorecard' }],
  'read-forecast': [{ says: 'shows the dates that are still to come', page: 'forecast' }],
  'list-tasks': [
    { says: 'lists the tasks', page: 'tasks' },
    {
      name: 'task',
      says: 'prints the page to fill in that a task comes with',
      page: 'task',
      arguments: [{ name: 'task', help: 'its id; "jalon tasks" lists them', picks: true }],
    },
  ],
  'list-freezes': [{ says: 'lists the freeze windows and which hold now', page: 'freezes' }],
  'check-access': [
    {
      says: 'says whether a user of the product sees the new version',
      page: 'access',
      arguments: [{ name: 'userId', help: 'as the product knows them' }],
    },
  ],
  'read-release': { none: '`status` shows it, with more' },
  'read-looks': { none: '`status` shows the latest' },
  'read-openapi': { none: 'for programs, which ask the API' },
} satisfies Partial<CommandsOf>;
