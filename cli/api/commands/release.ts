/** What can be done to a release as a whole. */
import { calendarDay, wholeNumber } from '../../terminal/input.ts';
import type { CommandsOf } from '../command-spec.ts';
import { number } from '../parse-values.ts';
import { reason } from './spec.ts';

const version = { name: 'version', help: 'as the scripts know it, for example 2.0.0' } as const;

export const releaseActs = {
  'start-release': [
    {
      says: 'starts a release',
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
      done: { en: 'Release {releaseId} is starting.', fr: 'La release {releaseId} démarre.' },
    },
  ],
  'pause-release': [
    {
      says: 'pauses: no phase starts and no gate promotes; a rollback is never paused',
      options: [reason],
      done: { en: 'The release is paused.', fr: 'La release est en pause.' },
    },
  ],
  'unpause-release': [
    {
      says: 'lifts the pause',
      options: [reason],
      done: { en: 'The pause is lifted.', fr: 'La pause est levée.' },
    },
  ],
  'move-launch-day': [
    {
      says: 'moves J, as long as nobody has access',
      arguments: [{ name: 'launchDay', help: 'YYYY-MM-DD', parse: calendarDay('<launchDay>') }],
      options: [reason],
      done: {
        en: 'The launch day is {launchDay} now.',
        fr: 'Le jour du lancement est désormais le {launchDay}.',
      },
    },
  ],
  'replace-candidate': [
    {
      says: 'replaces the version that is tried, in the phases where the plan allows it',
      arguments: [version],
      options: [reason],
      done: {
        en: 'The release goes on with version {version}.',
        fr: 'La release continue avec la version {version}.',
      },
    },
  ],
  'mark-version-bad': [
    {
      says: 'marks the version of the release as bad: it is never released again',
      options: [reason],
      destructive: true,
      done: {
        en: 'The version is marked bad: nothing of it goes further.',
        fr: 'La version est marquée mauvaise : elle n’ira pas plus loin.',
      },
    },
  ],
  'override-freeze': [
    {
      says: 'overrides a freeze window, until it ends',
      arguments: [{ name: 'freeze', help: 'its id; "jalon freezes" lists them' }],
      options: [reason],
      done: {
        en: 'Freeze {freeze} does not hold the release any more.',
        fr: 'Le gel {freeze} ne retient plus la release.',
      },
    },
  ],
  'abort-release': [
    {
      says: 'aborts: closes the ledger and stops the execution; users keep what they have; in the middle of a failed rollback it takes two people',
      options: [reason],
      destructive: true,
      done: {
        en: 'The release is aborted, or waits for a second person in the middle of a failed rollback. Users keep the access they have: "jalon withdraw-access" takes it away.',
        fr: 'La release est arrêtée, ou attend une seconde personne au milieu d’un retour arrière échoué. Les utilisateurs gardent leur accès : « jalon withdraw-access » le retire.',
      },
    },
  ],
  'withdraw-access': [
    {
      says: 'withdraws the access that an ended release has left',
      options: [reason],
      destructive: true,
      done: { en: 'The access is withdrawn.', fr: 'L’accès est retiré.' },
    },
  ],
  'record-measure': [
    {
      says: 'records what people report: a value, and how many answers it rests on',
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
      done: { en: '{measure} is recorded: {value}.', fr: '{measure} est enregistrée : {value}.' },
    },
  ],
  'erase-person': { none: '`audience erase` does it, with the rights of AWS' },
} satisfies Partial<CommandsOf>;
