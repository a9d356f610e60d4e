import { type Sayings, say } from '#domain/coded.ts';
import type {
  LaunchImpossible,
  LaunchPast,
  LedgerMoved,
  ProductTaken,
  ReleaseMissing,
  ReleaseTaken,
  StartEnded,
  VersionBad,
} from '#domain/refusals/release.ts';

const taken = (release: string, difference: string) =>
  `release "${release}" exists already and ${difference}: choose another release id`;

export const englishReleases: Sayings<
  ReleaseMissing &
    StartEnded &
    ReleaseTaken &
    ProductTaken &
    VersionBad &
    LaunchPast &
    LaunchImpossible &
    LedgerMoved
> = {
  'no-such-release': ({ release }) => `there is no release "${release}": check the id, or start it`,
  'release-starting': ({ release, by, at }) =>
    `release "${release}" was asked for by ${by} at ${at} and has not been admitted yet: ask again in a minute`,
  'release-not-started': ({ release, by, at, because }) =>
    `release "${release}", which ${by} asked for at ${at}, was not started: ${say(englishReleases, because)}`,
  'start-ended': ({ status }) => `its execution ended (${status}) before it was admitted; start it again`,
  'release-exists': ({ release, status }) => taken(release, `is ${status}`),
  'release-started-otherwise': ({ release, differs }) =>
    taken(release, `was started with another ${differs.join(' and ')}`),
  'release-starting-otherwise': ({ release }) => taken(release, 'is being started with other input'),
  'release-start-refused': ({ release, times }) =>
    taken(release, `was refused by its first state ${times} times`),
  'release-of-another-execution': ({ release, execution }) => taken(release, `is conducted by ${execution}`),
  'product-busy': ({ product, release }) =>
    `product "${product}" is being released by "${release}": one release of a product runs at a time; wait for it or abort it`,
  'version-marked-bad': ({ version, release, reason }) =>
    `version "${version}" was found to be bad in "${release}" (${reason}): release another version`,
  'launch-day-past': ({ launchDay, today }) =>
    `launch day ${launchDay} is in the past (today is ${today}): give a day from today on`,
  'launch-day-impossible': ({ launchDay, first, last }) =>
    `launch day ${launchDay} cannot be kept: before ${first} what comes first cannot be over, and after ${last} the execution would end before the release; give a day from ${first} to ${last}`,
  'ledger-moved-on': ({ release, seq }) =>
    `release "${release}" has moved on since sequence number ${seq}: read it again and decide again`,
};
