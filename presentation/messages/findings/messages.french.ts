/** Constats sur les messages aux utilisateurs et les rapports à l'équipe, en français. */
import type { MessageFindings, ReportFindings } from '#domain/lint/findings.ts';
import type { FindingTexts } from './finding-texts.ts';

export const frenchMessages: FindingTexts<MessageFindings & ReportFindings> = {
  'two-messages-one-day': ({ audience, other, message }) => ({
    message: `« ${other} » et « ${message} » partiraient le même jour pour un même public : ${audience}`,
    allowed: 'un message par jour pour un même public',
    fix: "déplacez l'un des deux, ou réunissez-les",
  }),
  'invitation-after-phase': ({ phase, to }) => ({
    message: `invite à « ${phase} », qui se termine le ${to}`,
    allowed: `${to} ou plus tôt`,
    fix: 'envoyez-le avant la phase, ou dites à quoi il invite vraiment',
  }),
  'message-after-last-phase': ({ end }) => ({
    message: `la dernière phase se termine le ${end} : le déploiement reste ouvert jusqu'au départ du message`,
    allowed: `${end} ou plus tôt`,
    fix: 'allongez la dernière phase, ou acceptez ce suivi',
  }),
  'guard-not-true-in-time': (found) =>
    found.waitsFor === 'exposure'
      ? {
          message: `le ${found.day}, le plan a donné accès à ${found.reachedPercent} % : le message sera retenu`,
          allowed: `de 0 à ${found.reachedPercent}`,
          fix: 'déplacez le message ou abaissez sa condition',
        }
      : {
          message: `le ${found.day}, « ${found.phase} » n'est pas ouverte : le message sera retenu jusqu'au ${found.from}`,
          allowed: `une phase qui s'ouvre le ${found.day} ou plus tôt`,
          fix: 'déplacez le message ou nommez une phase antérieure',
        },
  'told-without-access': ({ percent, surePercent }) =>
    surePercent === undefined
      ? {
          message: `un événement l'envoie à ${percent} % des utilisateurs, qu'ils aient alors accès ou non`,
          allowed: '{ told: true }',
          fix: 'écrivez audience: { told: true }, à moins de viser tout le monde',
        }
      : {
          message: `il peut partir quand ${surePercent} % ont accès, à ${percent} % : certains apprendraient ce qu'ils n'ont pas`,
          allowed: `de 0 à ${surePercent}, que sa condition garantit`,
          fix: `écrivez guard: { exposureMin: ${percent} }, à moins qu'il n'annonce seulement`,
        },
  'unused-message': ({ message }) => ({
    message: `« ${message} » n'a pas de date, et aucun niveau de retour arrière ne l'envoie`,
    allowed: "un message daté, ou nommé par une étape ou l'avis d'un retour arrière",
    fix: 'donnez-lui une date, nommez-le dans un niveau de retour arrière, ou supprimez-le',
  }),
  'report-days': (found) =>
    found.wrong === 'time'
      ? {
          message: "un rapport en temps réel n'a pas d'heure",
          allowed: 'pas d’heure',
          fix: 'supprimez-la, ou changez de cadence',
        }
      : {
          message: `${found.count} ${found.count > 1 ? 'jours' : 'jour'} par semaine, ce n'est pas ce que dit « ${found.cadence} »`,
          allowed:
            found.daysMax === 0
              ? 'aucun jour : les alertes viennent quand il se passe quelque chose'
              : `de ${found.daysMin} à ${found.daysMax} jours différents`,
          fix: 'corrigez les jours ou la cadence',
        },
  'report-never-sent': ({ report }) => ({
    message: `aucun de ces jours ne tombe dans les phases de « ${report} »`,
    allowed: "un jour de la semaine que compte l'une de ses phases",
    fix: 'choisissez un autre jour, ou une autre cadence',
  }),
};
