import type { Sayings } from '#domain/coded.ts';
import type { NotFounds } from '#domain/refusals/not-found.ts';

export const frenchNotFounds: Sayings<NotFounds> = {
  'no-such-phase': ({ phase, known }) => `le plan n'a pas de phase « ${phase} » : il a ${known.join(', ')}`,
  'no-such-item': ({ phase, item }) => `la checklist de la phase « ${phase} » n'a pas d'élément « ${item} »`,
  'no-such-incident': ({ release, incident }) =>
    `le déploiement « ${release} » n'a pas d'incident « ${incident} »`,
  'no-such-task': ({ release, task, known }) =>
    `le déploiement « ${release} » n'a pas de tâche « ${task} » : ${known.length === 0 ? "il n'en a aucune" : `il a ${known.join(', ')}`}`,
  'no-such-criterion': ({ phase, criterion, known }) =>
    `la porte de « ${phase} » n'a pas de critère « ${criterion} » : elle a ${known.join(', ')}`,
  'no-such-freeze': ({ freeze, known }) =>
    `le plan n'a pas de gel « ${freeze} » : ${known.length === 0 ? "il n'en a aucun" : `il a ${known.join(', ')}`}`,
  'no-such-measure': ({ measure, known }) =>
    `« ${measure} » n'est pas une mesure que l'on rapporte : ce sont ${known.join(', ')}`,
  'no-such-world-path': ({ path, known }) => `« ${path} » n'existe pas : il y a ${known.join(', ')}`,
};
