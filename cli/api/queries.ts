/** Everything that can be read with a command of its own: one row each. */
import { oneOf, wholeNumber } from '../terminal/input.ts';
import type { Page, Read, Typed } from './command-spec.ts';

const release = '/releases/{releaseId}';
const phase: Typed = { name: 'phase', help: 'a phase of the plan, by its id' };
const read = (name: string, says: string, path: string, page: Page, more: Partial<Read> = {}): Read => ({
  method: 'GET',
  ...{ name, says, path, page },
  ...more,
});

export const reads: readonly Read[] = [
  read('releases', 'lists what is under way, or what has ended', '/releases', 'releases', {
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
  }),
  read('timeline', 'tells what happened, oldest first', `${release}/timeline`, 'timeline', {
    options: [
      {
        name: 'after',
        flags: '--after <seq>',
        help: 'only what came after this sequence number',
        parse: wholeNumber('--after', 0, 1e15),
      },
    ],
  }),
  read('phases', 'lists the phases and how far each is', `${release}/phases`, 'phases'),
  read('phase', 'shows a phase with its checklist', `${release}/phases/{phase}`, 'phase', {
    arguments: [phase],
  }),
  read('gates', 'lists the gates, who has approved and what was decided', `${release}/gates`, 'gates'),
  read('gate', 'shows a gate with what it reads now', `${release}/phases/{phase}/gate`, 'gate', {
    arguments: [phase],
  }),
  read('incidents', 'lists the incidents', `${release}/incidents`, 'incidents'),
  read('risks', 'lists the risks and which are coming true', `${release}/risks`, 'risks'),
  read('messages', 'lists what users are written, planned, held and sent', `${release}/messages`, 'messages'),
  read('scorecard', 'shows the success metrics', `${release}/scorecard`, 'scorecard'),
  read('forecast', 'shows the dates that are still to come', `${release}/forecast`, 'forecast'),
  read('tasks', 'lists the tasks', `${release}/tasks`, 'tasks'),
  read('task', 'prints the page to fill in that a task comes with', `${release}/tasks`, 'task', {
    arguments: [{ name: 'task', help: 'its id; "jalon tasks" lists them', picks: true }],
  }),
  read('freezes', 'lists the freeze windows and which hold now', `${release}/freezes`, 'freezes'),
  read('access', 'says whether a user of the product sees the new version', '/access/{userId}', 'access', {
    arguments: [{ name: 'userId', help: 'as the product knows them' }],
  }),
];
