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

/** Of a refusal: freezes have their ids, and instants are as the API writes them. */
export const asRequested: Known = { freeze: (id) => id, moment: (instant) => instant };
