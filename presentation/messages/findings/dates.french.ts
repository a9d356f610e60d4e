/** Constats sur les jours, les heures et les observations, en français. */
import type { DateFindings } from '#domain/lint/findings.ts';
import type { FindingTexts } from './finding-texts.ts';

export const frenchDates: FindingTexts<DateFindings> = {
  'dates-reversed': ({ from }) => ({
    message: `se termine avant de commencer, le ${from}`,
    allowed: `${from} ou plus tard`,
    fix: "corrigez l'une des deux dates",
  }),
  'dates-overlap': ({ expected }) => ({
    message: 'commence avant la fin de la précédente',
    allowed: expected,
    fix: 'commencez le lendemain de la fin de la précédente',
  }),
  'dates-gap': ({ days, expected }) => ({
    message: `laisse ${days} ${days > 1 ? 'jours' : 'jour'} après la précédente`,
    allowed: expected,
    fix: 'commencez le lendemain de la fin de la précédente',
  }),
  'workday-reversed': ({ start }) => ({
    message: `la journée se termine avant de commencer, à ${start}`,
    allowed: `plus tard que ${start}`,
    fix: "corrigez l'une des deux heures",
  }),
  'time-does-not-exist': ({ timeZone, instead }) => ({
    message: `les horloges de ${timeZone} avancent et sautent cette heure`,
    allowed: `une heure que les horloges indiquent, par exemple ${instead}`,
    fix: 'choisissez une autre heure ou un autre jour',
  }),
  'phase-without-period': () => ({
    message: 'aucune ligne du planning général ne couvre cette phase',
    allowed: "une phase que cite l'une des périodes",
    fix: "ajoutez-la aux phases d'une période",
  }),
  'period-differs': ({ from, to }) => ({
    message: "la ligne et ses phases n'ont pas les mêmes dates",
    allowed: `du ${from} au ${to}, les dates de ses phases`,
    fix: 'corrigez la ligne ou les phases',
  }),
  'launch-day-differs': ({ phase, from }) => ({
    message: `le jour J n'est pas le premier jour de « ${phase} »`,
    allowed: from,
    fix: 'corrigez le jour J ou la phase',
  }),
  'launch-without-users': () => ({
    message: 'la phase de lancement ne donne accès à aucun utilisateur',
    allowed: 'la première phase qui ouvre un accès',
    fix: 'ouvrez un accès dans cette phase, ou nommez-en une autre',
  }),
  'exposure-goes-down': ({ beforePercent }) => ({
    message: `des utilisateurs perdraient leur accès : une phase antérieure donne ${beforePercent} %`,
    allowed: `de ${beforePercent} à 100`,
    fix: 'seul un retour arrière retire un accès',
  }),
  'deadline-before-proof': ({ hours }) => ({
    message: `la santé se prouve en ${hours} h, l'observation se termine avant`,
    allowed: `${hours} ou plus`,
    fix: "donnez plus de temps à l'observation",
  }),
  'bake-longer-than-phase': ({ hours }) => ({
    message: `la phase dure ${hours} h : la suivante commencera en retard`,
    allowed: `${hours} au plus`,
    fix: "raccourcissez l'observation ou allongez la phase",
  }),
  'bake-watches-nothing': ({ proving }) => ({
    message: 'aucune mesure de classe rollback ou pause : le temps seul prouverait la santé de la phase',
    allowed: proving.join(', ') || 'aucune mesure du plan ne peut prouver la santé',
    fix: 'nommez les mesures qui prouvent la santé de la phase',
  }),
  'freeze-reversed': ({ freeze, from }) => ({
    message: `le gel « ${freeze} » se termine avant de commencer, à ${from}`,
    allowed: `plus tard que ${from}`,
    fix: "corrigez l'un des deux moments",
  }),
  'freeze-outlasts-message': ({ freeze, message, days }) => ({
    message: `le gel « ${freeze} » retient le message « ${message} » plus longtemps que les ${days} jours de retard admis : il ne partirait pas`,
    allowed: 'une fin avant le dernier jour du message, ou pas de messages retenus',
    fix: 'finissez-le plus tôt, déplacez le message, ou admettez plus de retard',
  }),
  'freeze-always': ({ freeze }) => ({
    message: `le gel « ${freeze} » ne finit jamais : ses phases n'avancent que si quelqu'un le lève`,
    allowed: 'une plage qui laisse quelques heures dans la semaine',
    fix: "retirez un jour, ou terminez-le avant qu'il ne recommence",
  }),
};
