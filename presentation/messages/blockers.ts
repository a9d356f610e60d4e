/** What keeps a release from going on, by language: apart, because refusals say it and no other cause. */
import type { Sayings } from '#domain/coded.ts';
import type { Blockers } from '#domain/ledger/causes.ts';
import type { Names } from './causes.ts';
import { englishSeverities, frenchSeverities } from './severities.ts';

type Known = Pick<Names, 'freeze' | 'moment'>;

export const englishBlockers = (names: Known): Sayings<Blockers> => ({
  paused: () => 'the release is paused',
  'bad-version': ({ version }) => `version ${version} was found to be bad`,
  incident: ({ incident, severity }) =>
    `incident ${incident} (${englishSeverities[severity]}) is not resolved: resolve it, or two people of the gate's roles override it`,
  freeze: ({ freeze, until }) => `freeze "${names.freeze(freeze)}" until ${names.moment(until)}`,
});

export const frenchBlockers = (names: Known): Sayings<Blockers> => ({
  paused: () => 'la reprise du déploiement, en pause',
  'bad-version': ({ version }) => `une autre version : ${version} est jugée mauvaise`,
  incident: ({ incident, severity }) =>
    `la résolution de l'incident ${incident} (${frenchSeverities[severity]}), ou deux personnes de la porte qui passent outre`,
  freeze: ({ freeze, until }) => `la fin du gel « ${names.freeze(freeze)} » (${names.moment(until)})`,
});

/** As what holds something, not as what it waits for. */
export const frenchDelays = (names: Known): Sayings<Blockers> => ({
  paused: () => 'le déploiement est en pause',
  'bad-version': ({ version }) => `la version ${version} est jugée mauvaise`,
  incident: ({ incident, severity }) =>
    `l'incident ${incident} (${frenchSeverities[severity]}) n'est pas résolu : résolvez-le, ou deux personnes de la porte passent outre`,
  freeze: ({ freeze, until }) => `gel « ${names.freeze(freeze)} » jusqu'au ${names.moment(until)}`,
});

/** Of a refusal: freezes have their ids, and instants are as the API writes them. */
export const asRequested: Known = { freeze: (id) => id, moment: (instant) => instant };
