import { type Sayings, say } from '#domain/coded.ts';
import type { Verdict } from '#domain/ledger/facts.ts';
import type { GateOutcome } from '#domain/plan/plan.ts';
import type { NotAllowed } from '#domain/refusals/not-allowed-now.ts';
import type { WaitKind } from '#domain/rules/wait.ts';
import { asRequested, frenchBlockers } from '../blockers.ts';
import { frenchStatuses } from './release.french.ts';

/** What else could be done about a wait that an order is not for. */
const instead: Readonly<Record<WaitKind | 'none', string>> = {
  none: "elle n'est pas en cours",
  start: "elle n'a pas commencé ; mettez le déploiement en pause, ou passez l'attente",
  checklist:
    'sa checklist est ouverte ; cochez-la, mettez le déploiement en pause, corrigez ou revenez en arrière',
  script: 'un script tourne ; attendez sa fin, corrigez ou revenez en arrière',
  bake: 'elle est en observation ; promouvez, suspendez, corrigez ou revenez en arrière',
  gate: 'sa porte est ouverte ; approuvez ou refusez, suspendez, corrigez ou revenez en arrière',
  hold: 'elle est suspendue ; dites comment elle continue',
  correction: 'elle est en correction ; rapportez la correction',
  decision: "quelqu'un doit décider ; nouvel essai, retour arrière à un niveau, ou abandon",
  agreement:
    'deux personnes doivent accepter le retour arrière ; acceptez, refusez, ou revenez à un autre niveau',
  'follow-up': 'le suivi est en cours',
  acknowledgement: 'un incident attend sa prise en charge',
};
/** Completes "attendre …". */
const awaited: Readonly<Record<WaitKind, string>> = {
  start: 'le début',
  script: 'la fin du script',
  checklist: 'la checklist',
  bake: "l'observation",
  gate: 'la porte',
  hold: 'la suite à donner à la suspension',
  correction: 'la correction',
  decision: 'une décision',
  agreement: "l'accord de deux personnes",
  'follow-up': 'le suivi',
  acknowledgement: 'la prise en charge',
};
const outcomes: Readonly<Record<GateOutcome, string>> = {
  promote: 'promotion',
  correct: 'correction',
  hold: 'suspension',
  'roll-back': 'retour arrière',
};
const verdicts: Readonly<Record<Verdict, string>> = {
  healthy: 'santé prouvée',
  unhealthy: 'la phase est malade',
  inconclusive: 'santé non prouvée dans le délai',
  unknown: 'sans mesure',
};

const used = (phase: string, attempts: number) =>
  attempts > 1
    ? `les ${attempts} tentatives de « ${phase} » sont épuisées`
    : `la seule tentative (${attempts}) de « ${phase} » est épuisée`;

export const frenchNotAllowed: Sayings<NotAllowed> = {
  'release-ended': ({ release, status }) =>
    `le déploiement « ${release} » est ${frenchStatuses[status]} : plus rien ne peut y être changé`,
  'fact-after-end': ({ release, status, fact }) =>
    `le déploiement « ${release} » est ${frenchStatuses[status]} : « ${fact} » ne peut plus lui arriver`,
  'rollback-runs': ({ release, phase, until }) =>
    `le déploiement « ${release} » revient en arrière depuis « ${phase} » : attendez la fin ; s'il échoue, ou n'avance plus jusqu'au ${until}, deux personnes peuvent l'arrêter`,
  'release-gives-access': ({ release }) =>
    `le déploiement « ${release} » est en cours et sa machine donne les accès : interrompez-le d'abord`,
  'release-completed': ({ release }) =>
    `le déploiement « ${release} » est terminé : sa version est celle que les utilisateurs doivent avoir`,
  'access-of-another-release': ({ release }) =>
    `l'accès qu'ont les utilisateurs n'est pas celui du déploiement « ${release} » : il n'en a pas donné, ou un autre en a donné depuis`,
  'launch-day-fixed': ({ launchDay }) =>
    `les utilisateurs ont accès depuis le lancement du ${launchDay} : ce jour ne peut plus être déplacé`,
  'no-other-candidate': () =>
    "le plan ne permet à aucune autre version de remplacer celle qui est à l'essai (candidate.replaceableIn)",
  'no-other-candidate-now': ({ phases }) =>
    `une autre version peut venir dans ${phases.join(', ')} : aucune de ces phases n'est en cours`,
  'freeze-not-in-force': ({ freeze }) => `le gel « ${freeze} » ne retient rien en ce moment`,

  'phase-not-open': ({ phase }) => `la phase « ${phase} » n'est pas ouverte`,
  'not-waited-for': ({ release, kind, phase, open }) =>
    `le déploiement « ${release} » n'attend pas ${awaited[kind]}${phase === undefined ? '' : ` de « ${phase} »`} : il n'attend ${open.length === 0 ? 'rien' : `que ${open.map((one) => `${awaited[one.kind]} de « ${one.phase} »`).join(', ')}`}`,
  'order-under-way': ({ by, order, phase }) =>
    `${by} a donné l'ordre « ${order} » dans « ${phase} » : il vaut jusqu'à son exécution`,
  'order-stands': ({ by, order }) => `${by} a donné l'ordre « ${order} » : il vaut`,
  'already-answered': ({ answer }) => `quelqu'un a déjà répondu « ${answer} » : cette réponse vaut`,
  'second-person-wanted': ({ person, level }) =>
    `${person} le veut déjà (« ${level} ») : il y faut une seconde personne, avec un rôle de la porte`,
  'hold-answered': ({ phase, answer }) => `quelqu'un a répondu « ${answer} » à la suspension de « ${phase} »`,
  'phase-over': ({ phase }) => `la phase « ${phase} » est finie : sa suite est en cours`,
  'observation-ended': ({ phase, verdict }) =>
    `l'observation de « ${phase} » est finie : ${verdicts[verdict]}`,
  'gate-decided': ({ phase, outcome }) => `la porte de « ${phase} » s'est prononcée : ${outcomes[outcome]}`,
  'gate-decided-by-item': ({ phase, outcome }) =>
    `la porte de « ${phase} » s'est prononcée avec cet élément : ${outcomes[outcome]}`,
  'gate-without-date': ({ phase }) => `la porte de « ${phase} » n'attend pas de date : approuvez ou refusez`,
  'order-impossible': ({ phase, order, at }) =>
    `la phase « ${phase} » ne peut pas recevoir l'ordre « ${order} » maintenant : ${instead[at]}`,
  'too-many-reports': ({ person, reportsMax, from }) =>
    `${person} a signalé ${reportsMax} incidents en une heure : dites le reste à qui les prend en charge, le suivant est admis à partir de ${from}`,
  'order-held-back': ({ phase, order, because }) =>
    `la phase « ${phase} » ne peut pas recevoir l'ordre « ${order} » ; elle attend ceci : ${say(frenchBlockers(asRequested), because)}`,
  'incident-stops-nothing': ({ incident }) =>
    `l'incident « ${incident} » n'arrête rien : il est résolu, ou ni critique ni majeur`,
  'answer-held-back': ({ phase, answer, because }) =>
    `la phase « ${phase} » ne peut pas recevoir la réponse « ${answer} » ; elle attend ceci : ${say(frenchBlockers(asRequested), because)}`,
  'answer-impossible': ({ phase, answer, possible }) =>
    `« ${answer} » ne mène nulle part là où « ${phase} » est suspendue : choisissez ${possible.join(', ')}`,
  'no-correction-left': ({ phase, attemptsMax }) =>
    `${used(phase, attemptsMax)} : suspendez, ou revenez en arrière`,
  'no-retry-left': ({ phase, attemptsMax }) =>
    `${used(phase, attemptsMax)} : revenez en arrière, ou abandonnez le déploiement`,
};
