/** What can be done to a release as a whole: one row each. */
import { calendarDay, wholeNumber } from '../../terminal/input.ts';
import type { Order, Typed } from '../command-spec.ts';
import { number } from '../parse-values.ts';
import { order, reason, release } from './spec.ts';

const version: Typed = { name: 'version', help: 'as the scripts know it, for example 2.0.0' };
export const releaseOrders: readonly Order[] = [
  order(
    'start',
    'starts a release',
    '/releases',
    {
      arguments: [{ name: 'releaseId', help: 'its id: yours to choose, never used again' }],
      options: [
        { name: 'version', flags: '--version <version>', help: version.help, required: true },
        {
          name: 'launchDay',
          flags: '--launch-day <day>',
          help: "J, YYYY-MM-DD in the plan's time zone",
          parse: calendarDay('--launch-day'),
          required: true,
        },
      ],
    },
    'Release {releaseId} is starting.',
    'La release {releaseId} démarre.',
  ),
  order(
    'pause',
    'pauses: no phase starts and no gate promotes; a rollback is never paused',
    `${release}/pause`,
    { body: { paused: true }, options: [reason] },
    'The release is paused.',
    'La release est en pause.',
  ),
  order(
    'unpause',
    'lifts the pause',
    `${release}/pause`,
    { body: { paused: false }, options: [reason] },
    'The pause is lifted.',
    'La pause est levée.',
  ),
  order(
    'move-launch-day',
    'moves J, as long as nobody has access',
    `${release}/launch-day`,
    {
      arguments: [{ name: 'launchDay', help: 'YYYY-MM-DD', parse: calendarDay('<launchDay>') }],
      options: [reason],
    },
    'The launch day is {launchDay} now.',
    'Le jour du lancement est désormais le {launchDay}.',
  ),
  order(
    'replace-candidate',
    'goes on with another version, in the phases where the plan allows it',
    `${release}/candidate`,
    { arguments: [version], options: [reason] },
    'The release goes on with version {version}.',
    'La release continue avec la version {version}.',
  ),
  order(
    'mark-bad',
    'says that the version of the release must never be released again',
    `${release}/bad-version`,
    { options: [reason], destructive: true },
    'The version is marked bad: nothing of it goes further.',
    'La version est marquée mauvaise : elle n’ira pas plus loin.',
  ),
  order(
    'override-freeze',
    'goes on in a freeze window, until it ends',
    `${release}/freezes/{freeze}/override`,
    { arguments: [{ name: 'freeze', help: 'its id; "jalon freezes" lists them' }], options: [reason] },
    'Freeze {freeze} does not hold the release any more.',
    'Le gel {freeze} ne retient plus la release.',
  ),
  order(
    'abort',
    'closes the ledger and stops the execution; users keep what they have',
    `${release}/abort`,
    { options: [reason], destructive: true },
    'The release is aborted. Users keep the access they have: "jalon withdraw-access" takes it away.',
    'La release est arrêtée. Les utilisateurs gardent leur accès : « jalon withdraw-access » le retire.',
  ),
  order(
    'withdraw-access',
    'takes away the access that an ended release has left',
    `${release}/withdraw-access`,
    { options: [reason], destructive: true },
    'The access is withdrawn.',
    'L’accès est retiré.',
  ),
  order(
    'measure',
    'records what people report: a value, and how many answers it rests on',
    `${release}/measures/{measure}`,
    {
      arguments: [
        { name: 'measure', help: 'a check of the plan whose source is jalon' },
        { name: 'value', help: 'in the unit of its objective', parse: number },
      ],
      options: [
        {
          name: 'samples',
          flags: '--samples <number>',
          help: 'how many answers it rests on',
          parse: wholeNumber('--samples', 0, 1e9),
          required: true,
        },
      ],
    },
    '{measure} is recorded: {value}.',
    '{measure} est enregistrée : {value}.',
  ),
];
