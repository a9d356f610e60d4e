/** What keeps a release from going on, by language: apart, because refusals say it and no other cause. */
import type { Sayings } from '#domain/coded.ts';
import type { Blockers } from '#domain/ledger/causes.ts';
import type { Names } from './causes.ts';

type Known = Pick<Names, 'freeze' | 'moment'>;

export const englishBlockers = (names: Known): Sayings<Blockers> => ({
  paused: () => 'the release is paused',
  'bad-version': ({ version }) => `version ${version} was found to be bad`,
  freeze: ({ freeze, until }) => `freeze "${names.freeze(freeze)}" until ${names.moment(until)}`,
});

export const frenchBlockers = (names: Known): Sayings<Blockers> => ({
  paused: () => 'la reprise du déploiement, en pause',
  'bad-version': ({ version }) => `une autre version : ${version} est jugée mauvaise`,
  freeze: ({ freeze, until }) => `la fin du gel « ${names.freeze(freeze)} » (${names.moment(until)})`,
});

/** As what holds something, not as what it waits for. */
export const frenchDelays = (names: Known): Sayings<Blockers> => ({
  paused: () => 'le déploiement est en pause',
  'bad-version': ({ version }) => `la version ${version} est jugée mauvaise`,
  freeze: ({ freeze, until }) => `gel « ${names.freeze(freeze)} » jusqu'au ${names.moment(until)}`,
});

/** Of a refusal: freezes have their ids, and instants are as the API writes them. */
export const asRequested: Known = { freeze: (id) => id, moment: (instant) => instant };
