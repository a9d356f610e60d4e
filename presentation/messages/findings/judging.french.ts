/** Constats sur les mesures, et sur ce qui passerait sans preuve, en français. */
import { type Sayings, say } from '#domain/coded.ts';
import type { JudgingFindings, NeverHappening, SilenceFindings } from '#domain/lint/findings.ts';
import type { FindingTexts } from './finding-texts.ts';

const neverHappens: Sayings<NeverHappening> = {
  'script-not-always': ({ script }) => `la phase n'exécute pas le script « ${script} » à chaque fois`,
  'exposure-not-given': ({ percent }) => `la phase ne donne pas accès à ${percent} %`,
  'users-after-checklist': () =>
    "les utilisateurs n'arrivent qu'après la checklist : l'élément s'attendrait lui-même",
  'message-without-date': ({ message }) =>
    `le message « ${message} » n'a pas de date : seul un événement l'envoie`,
  'message-after-phase': ({ message, day }) => `le message « ${message} » part le ${day}, après la phase`,
  'message-waits-for-exposure': ({ message, percent, reachedPercent }) =>
    `le message « ${message} » attend ${percent} % et cette phase donne ${reachedPercent} %`,
  'message-waits-for-phase': ({ message, phase }) =>
    `le message « ${message} » attend « ${phase} », qui vient plus tard`,
  'messages-after-checklist': () =>
    "les messages de la phase partent après la checklist : l'élément s'attendrait lui-même",
};

const silence: FindingTexts<SilenceFindings> = {
  'criterion-bound-to-nothing': () => ({
    message: 'rien ne décide de ce critère',
    allowed: "check ou approval, l'un des deux",
    fix: 'liez-le à la mesure ou au rôle qui peut le dire',
  }),
  'criterion-bound-twice': () => ({
    message: 'une mesure et une approbation en décident toutes deux',
    allowed: "check ou approval, l'un des deux",
    fix: 'liez-le à la mesure ou au rôle qui peut le dire',
  }),
  'gate-always-open': () => ({
    message: 'la porte est franchie sans que rien soit montré ni que personne soit consulté',
    allowed: 'au moins un critère ou un rôle',
    fix: "dites ce qui doit être vrai, ou qui doit être d'accord",
  }),
  'silence-passes': () => ({
    message: "l'absence de données compterait comme une bonne santé, et personne ne dit pourquoi",
    allowed: 'un motif écrit, ou action: hold ou fail',
    fix: 'écrivez le motif, ou laissez le silence suspendre la porte',
  }),
  'window-never-breached': ({ breaches, of }) => ({
    message: `${breaches} des ${of} derniers relevés ne peuvent jamais être mauvais`,
    allowed: `de 1 à ${of}`,
    fix: 'demandez moins de mauvais relevés, ou regardez-en plus',
  }),
  'verified-by-what-never-happens': ({ why }) => ({
    message: say(neverHappens, why),
    allowed: 'person, ou ce que la phase elle-même exécute, ouvre, mesure ou envoie',
    fix: 'laissez une personne le cocher, ou vérifiez-le par ce qui arrive dans cette phase',
  }),
};

const judging: FindingTexts<JudgingFindings> = {
  'control-without-tolerance': () => ({
    message: "la nouvelle version est comparée à l'ancienne et la moindre différence compterait",
    allowed: 'un rapport de 1 à 10, par exemple 1.1',
    fix: 'dites de combien la nouvelle version peut être pire et rester acceptable',
  }),
  'share-without-percentage': () => ({
    message: "les mauvais événements parmi tous sont un pourcentage, et cet objectif n'en est pas un",
    allowed: "plus de 0 et moins de 100, avec l'unité %",
    fix: "donnez l'objectif en pour cent, ou mesurez un autre genre de métrique",
  }),
  'count-without-control': ({ metric }) => ({
    message: `une métrique ${metric} ne dit rien seule : elle se compare aux utilisateurs de l'ancienne version`,
    allowed: 'control',
    fix: 'écrivez compare: control, ou mesurez un taux (rate) ou une valeur (value)',
  }),
  'certificate-without-test': ({ tolerance }) => ({
    message:
      "seul un taux comparé à l'ancienne version permet de prouver qu'il n'est pas pire, au-delà de sa tolérance",
    allowed: `plus de ${tolerance}, sur une métrique rate avec compare: control`,
    fix: 'retirez certify, ou donnez un rapport plus grand',
  }),
  'no-control-left': ({ check, percent }) => ({
    message: `à ${percent} % il n'y a plus personne à qui comparer : seul l'objectif juge « ${check} »`,
    allowed: 'un accès de 1 à 99',
    fix: "gardez des utilisateurs sur l'ancienne version jusqu'à la fin de l'observation, ou acceptez que de petites régressions passent",
  }),
  'blind-bake': ({ phase, check, wanted, noneBelow }) => ({
    message:
      noneBelow === undefined
        ? `« ${phase} » ne décèle « ${check} » qu'à partir de ce nombre de fois l'habituel`
        : `« ${phase} » ne décèle rien de « ${check} » en dessous de ${noneBelow} fois l'habituel`,
    allowed: `${wanted} fois au plus`,
    fix: 'donnez accès à plus d’utilisateurs, observez plus longtemps, ou mesurez quelque chose de plus fréquent',
  }),
  'sight-unknown': ({ phase, check }) => ({
    message: `personne ne peut dire d'avance ce que « ${phase} » verra de « ${check} »`,
    allowed: '{ perMinute, badPercent } : les événements de tous les utilisateurs, et la part de mauvais',
    fix: 'dites quel trafic et quelle part sont habituels',
  }),
};

export const frenchJudging = { ...silence, ...judging };
