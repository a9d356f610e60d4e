/** Constats sur le cours d'un déploiement, en français. */
import type { CourseFindings } from '#domain/lint/findings.ts';
import type { FindingTexts } from './finding-texts.ts';

const oneLevel = {
  allowed: 'exactement un niveau pour chaque gravité',
  fix: 'citez la gravité sous un seul niveau',
};

export const frenchCourse: FindingTexts<CourseFindings> = {
  'corrects-itself': () => ({
    message: 'une phase corrigée en elle-même est corrigée sur place',
    allowed: 'in-place, ou une autre phase',
    fix: 'écrivez correction: in-place',
  }),
  'correction-leads-forward': ({ phase, target, earlier }) => ({
    message: `« ${target} » vient après « ${phase} » : ce qui y serait corrigé sauterait les phases intermédiaires`,
    allowed: earlier.join(', ') || 'in-place',
    fix: 'nommez une phase antérieure, ou corrigez sur place',
  }),
  'correction-leads-on': ({ phase, target, inPlace }) => ({
    message: `« ${target} » est elle-même corrigée ailleurs : rien ne ramènerait à « ${phase} »`,
    allowed: inPlace.join(', ') || 'in-place',
    fix: 'nommez une phase corrigée sur place',
  }),
  'users-before-launch': ({ phase, launch }) => ({
    message: `« ${phase} » donne accès à des utilisateurs avant le lancement, qui est dans « ${launch} »`,
    allowed: 'aucun accès avant le lancement',
    fix: "faites-en la phase de lancement, ou n'y donnez accès à personne",
  }),
  'plan-too-long': ({ days, daysMax }) => ({
    message: `le plan et ses derniers messages durent ${days} jours`,
    allowed: `${daysMax} jours au plus`,
    fix: 'raccourcissez le plan, ou envoyez les derniers messages avec le déploiement suivant',
  }),
  'phase-too-long': ({ phase, days, daysMax }) => ({
    message: `« ${phase} » dure ${days} jours ; sa checklist et sa porte attendent ${daysMax} jours au plus`,
    allowed: `${daysMax} jours au plus`,
    fix: 'divisez la phase',
  }),
  'unreachable-phase': ({ phase, before, gate }) => ({
    message: `aucun déploiement n'atteint « ${phase} » : la porte de « ${before} » ne peut jamais être franchie`,
    allowed: 'une phase derrière des portes qui peuvent être franchies',
    fix: `corrigez ${gate} ou la checklist qui la précède`,
  }),
  'rollback-without-steps': () => ({
    message: 'choisir ce niveau ne ferait rien',
    allowed: 'au moins une étape',
    fix: "dites ce qui est fait, dans l'ordre",
  }),
  'data-restored-unasked': ({ level }) => ({
    message: `une mesure de classe « rollback » qui tranche exécute « ${level} » sans demander à personne : ce que les utilisateurs ont saisi depuis la dernière sauvegarde est perdu, et le déploiement se termine`,
    allowed: "ne rien dire : l'accès est retiré tout de suite, et deux personnes acceptent le reste",
    fix: 'retirez-le, sauf si votre document prévoit cet automatisme',
  }),
  'severity-without-rollback': ({ severity }) => ({
    message: `rien ne répond à la gravité « ${severity} »`,
    ...oneLevel,
  }),
  'severity-with-two-rollbacks': ({ severity, levels }) => ({
    message: `${levels.join(' et ')} répondent à la fois à la gravité « ${severity} »`,
    ...oneLevel,
  }),
  'marker-too-long': ({ marker, charactersMax }) => ({
    message: `une exécution de ce script porte la marque « ${marker} » (${marker.length} caractères), si l'identifiant du déploiement est le plus long possible`,
    allowed: `${charactersMax} caractères au plus (le commentaire d'une commande dans AWS Systems Manager)`,
    fix: "raccourcissez l'identifiant de la phase, du script ou de l'étape du retour arrière",
  }),
};
