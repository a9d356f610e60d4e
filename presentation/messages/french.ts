/** What the timeline says in French. The keys are the catalogue's: see `texts.ts`. */

import { frenchCauses } from './causes.french.ts';
import type { Texts } from './english.ts';
import { frenchOutcomes } from './outcomes.ts';
import { frenchSeverities } from './severities.ts';
import { frenchSourceFaults } from './source-faults.french.ts';

const plural = (count: number, one: string, many: string) => `${count} ${count > 1 ? many : one}`;
const done = (count: number, total: number, byTeam: number, bySystem: number) =>
  `${count === total ? plural(count, 'élément fait', 'éléments faits') : `${plural(count, 'élément fait', 'éléments faits')} sur ${total}`} (${byTeam} par l'équipe, ${bySystem} par le système)`;
const quoted = (text: string) => `« ${text} »`;

export const french: Texts = {
  quoted,
  colon: ' : ',
  launchOffset: (days) => (days === 0 ? 'Jour J' : `J${days > 0 ? '+' : '-'}${Math.abs(days)}`),
  title: (title, version) => `Répétition : ${title}, version ${version}`,
  subtitle: (launch, zone) => `Jour J : ${launch}. Dates et heures de ${zone}.`,
  scenario: (title) => `Scénario : ${title}`,
  circumstances: (users, seed) => `${users} utilisateurs simulés, graine ${seed}.`,

  admission: 'Démarrage',
  followUp: 'Suivi après la dernière phase',
  phaseHeading: (name, section, attempt) =>
    `${name} (section ${section})${attempt > 1 ? `, tentative ${attempt}` : ''}`,
  plannedDates: (from, to) => (from === to ? `prévu le ${from}` : `prévu du ${from} au ${to}`),
  realDates: (from, to) =>
    to === undefined
      ? `réel : depuis le ${from}`
      : from === to
        ? `réel : le ${from}`
        : `réel : du ${from} au ${to}`,
  rollbackHeading: (name, level, phase) => `${name} (${level}) après ${phase}`,
  askedHeading: (phase) => `${phase} ne peut pas continuer, une personne décide`,

  admitted: (by, revision) => `Déploiement démarré par ${by}, plan du ${revision}`,
  paused: (by) => `Déploiement mis en pause par ${by}`,
  unpaused: (by) => `Pause levée par ${by}`,
  abortAsked: (by) =>
    `${by} demande l'arrêt du déploiement au milieu de son retour arrière : il y faut une seconde personne`,
  launchMoved: (from, to) => `Jour J déplacé du ${from} au ${to}`,
  opened: (attempt, max) =>
    attempt > 1 ? `Phase ouverte de nouveau (tentative ${attempt} sur ${max})` : 'Phase ouverte',
  held: (from) =>
    `Phase suspendue ${{ gate: 'par la porte', observation: "par l'observation", exposure: 'par la comparaison des cohortes' }[from]}, une personne décide`,
  heldBy: (blocker) => `Phase suspendue avant l'accès des utilisateurs : ${blocker}`,
  unblocked: "Plus rien ne retient la phase : les utilisateurs reçoivent l'accès",
  resumed: {
    gate: 'Suspension levée : la porte se prononce à nouveau',
    observe: 'Suspension levée : nouvelle observation',
    expose: "Suspension levée : l'accès est ouvert malgré tout",
    correct: 'Suspension levée : correction demandée',
  },
  left: {
    promote: 'Phase terminée',
    correct: 'Phase quittée pour correction',
    hold: 'Phase suspendue',
    'roll-back': 'Phase quittée pour retour arrière',
  },
  corrected: 'Correction rapportée, la phase recommence',
  late: (open) =>
    `En retard : ${plural(open, 'élément encore ouvert', 'éléments encore ouverts')} au dernier jour`,
  andOthers: (count) => `… et ${plural(count, 'autre', 'autres')}`,

  scriptUncertain: (script) => `${script} : en cours peut-être, son démarrage n'a pas été confirmé`,
  exposureUncertain: (to) => `Accès pour ${to} % des utilisateurs : appliqué peut-être, rien ne l'a confirmé`,
  scriptRunning: (script) => `${script} : en cours`,
  scriptPassed: (script, after) => `${script} : réussi en ${after}`,
  scriptFailed: (script, after, code) => `${script} : échec après ${after} (code ${code})`,
  checklist: (count, total, byTeam, bySystem) => `Checklist : ${done(count, total, byTeam, bySystem)}`,
  checklistAtGate: (count, total, byTeam, bySystem) =>
    `Suivi de la phase : ${done(count, total, byTeam, bySystem)}`,
  firstDone: (first) => `, le premier le ${first}`,
  waived: (item, by, reason) => `Dispense : ${item}, par ${by} (${reason})`,
  unticked: (item, by) => `De nouveau à faire : ${item}, par ${by}`,

  ordered: {
    'skip-wait': (by) => `${by} n'attend pas la date`,
    promote: (by) => `${by} met fin à l'observation avant son terme`,
    hold: (by) => `${by} suspend la phase`,
    correct: (by) => `${by} ordonne une correction`,
    'roll-back': (by) => `${by} ordonne un retour arrière`,
  },
  markedBad: (version, by) => `Version ${version} jugée mauvaise par ${by}`,
  candidateReplaced: (from, to, by) => `La version ${to} remplace ${from}, par ${by}`,
  freezeOverridden: (name, until, by) => `Gel ${quoted(name)} levé jusqu'au ${until} par ${by}`,
  overrideAsked: (criterion, by) => `${by} demande que le critère ${criterion} ne compte pas`,
  overridden: (criterion, by) => `Le critère ${criterion} ne compte pas : accordé par ${by}`,
  notCounted: 'écarté par deux personnes',
  reopened: (by) => `Incident rouvert par ${by}`,
  taskDone: (title, by) => `Tâche faite : ${title}, par ${by}`,

  exposure: (from, to) =>
    to > from
      ? `Accès ouvert : de ${from} % à ${to} % des utilisateurs`
      : `Accès retiré : de ${from} % à ${to} %`,
  observing: (hours) => `Observation commencée : ${hours} h de santé continue à prouver`,
  breached: (check, value, objective, reset) =>
    `Seuil dépassé : ${check} ${value} (objectif ${objective})${reset ? ', le compteur repart de zéro' : ''}`,
  provenWorse: (control) => `prouvé face aux utilisateurs restés sur l'ancienne version (${control})`,
  environment: "pas le fait de la nouvelle version : c'est l'environnement qu'il faut regarder",
  recovered: (check) => `${check} : de nouveau dans l'objectif`,
  cohorts: {
    healthy: "Cohortes comparées avant l'arrivée de la nouvelle version : semblables",
    unhealthy: "Cohortes comparées avant l'arrivée de la nouvelle version : elles diffèrent déjà",
    inconclusive: "Cohortes comparées avant l'arrivée de la nouvelle version : trop peu de trafic",
    unknown: "Cohortes non comparables d'avance : rien n'est encore mesuré par cohorte",
  },
  sees: (check, ratio) => `Cette observation verra ${check} à partir de ${ratio} fois l'habituel`,
  blind: (check) => `Cette observation est aveugle à ${check} : trop peu de trafic pour sa durée`,
  risk: {
    quiet: (risk) => `Le risque ne se voit plus : ${risk}`,
    threatening: (risk) => `Le risque se réalise : ${risk}`,
  },
  noValue: 'sans valeur',
  breachesMore: (count) =>
    `Encore ${plural(count, 'dépassement', 'dépassements')} du même seuil, jusqu'au dernier à cette heure`,
  sourceFaults: frenchSourceFaults,
  judge: {
    heading: (phase, exposure, from, to) => `${phase}, ${exposure} % des utilisateurs, du ${from} au ${to}`,
    budget: (percent) => `Une version saine serait dite malade avec ${percent} % de chances au plus.`,
    columns: ['Mesure', 'Valeur', 'Ancienne version', 'Évidence', 'Il en faut', 'Verdict'],
    proven: 'il est prouvé que la nouvelle version fait pire',
    notProven: 'rien ne prouve que la nouvelle version fasse pire',
    byWindow: 'jugée sur sa fenêtre de relevés',
    unknown: {
      unavailable: 'inconnu : la source ne répond pas',
      'no-such-metric': "inconnu : cette métrique n'existe pas",
      ambiguous: 'inconnu : plusieurs séries au lieu d’une',
      malformed: 'inconnu : pas de nombres',
      impossible: 'inconnu : des comptes impossibles',
      backwards: 'inconnu : le temps recule',
      'no-cohort': 'inconnu : personne à qui comparer',
      stale: "inconnu : la source s'est tue",
      split: 'inconnu : les cohortes ne sont pas les bonnes',
    },
    leftOut: (check, minutes, why) =>
      `${check} : ${plural(minutes, 'minute impossible est écartée', 'minutes impossibles sont écartées')} (${why})`,
    undecided: "Les données s'arrêtent avant la fin de l'observation",
    escalated: "Plus rien ne se voit : quelqu'un est appelé",
    rule: 'Règle',
    check: 'Mesure',
    decision: 'Décision',
    rollsBackAfter: (duration) => `revient en arrière après ${duration}`,
    neverRollsBack: 'ne revient pas en arrière',
  },
  frozen: (why) => `Observation gelée : ${why}`,
  unfrozen: (duration) => `Observation reprise après ${duration} sans mesure`,
  observed: {
    healthy: 'Santé prouvée',
    unhealthy: 'Observation interrompue, la phase est malade',
    inconclusive: 'Santé non prouvée dans le délai',
    unknown: 'Observation sans mesure',
  },
  healthyHours: (hours) => ` (${hours} h de santé continue)`,

  gateOpened: (missing) => `Porte ouverte, approbations attendues : ${missing}`,
  approved: (role, by) => `Approuvé par ${role} (${by})`,
  rejected: (role, by) => `Refusé par ${role} (${by})`,
  notBefore: (moment) => ` ; pas de décision avant le ${moment}`,
  gateLate: (hours, waitsFor) =>
    `Porte sans décision après ${hours} h, il manque ${waitsFor} : quelqu'un est appelé`,
  decided: {
    promote: 'Porte franchie',
    correct: 'Porte fermée : correction',
    hold: 'Porte fermée : suspension',
    'roll-back': 'Porte fermée : retour arrière',
  },
  noCriteria: 'pas de critère chiffré dans le plan : checklist complète et approbations',
  criterionApproved: (role) => `approuvé par ${role}`,
  criterionNotApproved: (role) => `sans approbation de ${role}`,
  criterionUnread: 'sans mesure',
  noDataPasses: 'sans mesure, admis par le plan',
  objectiveIs: (objective) => `objectif ${objective}`,
  belowControl: 'pas plus mal que la version en place',

  messagesPlanned: (count, first, last) =>
    `${plural(count, 'message daté', 'messages datés')}, ${first === last ? `le ${first}` : `du ${first} au ${last}`}`,
  messagesReplanned: (count) =>
    `${plural(count, 'message reçoit une nouvelle date', 'messages reçoivent une nouvelle date')}`,
  messageSent: (label, audience, subject, people) =>
    `${label}, ${audience} : ${quoted(subject)}, destinataires : ${people}`,
  messageFailed: (count) => ` (${plural(count, 'envoi échoué', 'envois échoués')})`,
  messageSending: (label, audience, subject) => `${label}, ${audience} : ${quoted(subject)}, envoi en cours`,
  invitesToThePast: (phase, day) => `invite à une phase déjà close : ${phase}, terminée le ${day}`,
  messageHeld: (label, subject, why) => `${label} retenu : ${quoted(subject)} (${why})`,
  messageSkipped: (label, subject, why) => `${label} abandonné : ${quoted(subject)} (${why})`,
  reportSent: (step, roles) => `Rapport à l'équipe (${step}), pour ${roles}`,
  reportAgain: (step) => `Rapport à l'équipe (${step}) : premier envoi interrompu, il repart`,
  reportSkipped: (step, why) => `Rapport à l'équipe (${step}) abandonné : ${why}`,
  gateReminded: "Relance de ceux qui n'ont pas encore approuvé",
  messagesCancelled: (labels) => `Messages annulés : ${labels}`,

  severities: frenchSeverities,
  incident: (severity, title) => `Incident ${severity} : ${title}`,
  called: (level, role) => `Appel du niveau ${level} : ${role}`,
  calledAt: (level, role) => `, appel du niveau ${level} (${role})`,
  grouped: ', pour ceux qui sont déjà appelés à la suite de la même personne',
  acknowledged: (by, after) => `Incident pris en charge par ${by}, ${after} après son ouverture`,
  unanswered: "Personne n'a répondu à l'incident",
  resolved: (by, after) =>
    by === undefined
      ? `Incident clos de lui-même, ${after} après son ouverture : son contrôle va de nouveau bien`
      : `Incident résolu par ${by}, ${after} après son ouverture`,
  falseAlarm: (by, after) => `Incident clos par ${by} comme fausse alerte, ${after} après son ouverture`,
  incidentOverrideAsked: (by) => `${by} demande que l'incident n'arrête pas le déploiement`,
  incidentOverridden: (by) => `L'incident n'arrête pas le déploiement : accordé par ${by}`,

  rollbackChosen: (name, why) => `${name} choisi : ${why}`,
  asked: {
    none: (why) => `Une personne décide : ${why}`,
    withdraw: (why) => `Accès retiré, une personne décide : ${why}`,
    'switch-off': (why) => `Composant désactivé, une personne décide : ${why}`,
  },
  agreed: (what, by) => `${by} accepte : ${what}`,
  declined: (what, by) => `${by} refuse : ${what}. Une personne décide`,
  rollbackFailed: (error) => `Le retour arrière a échoué (${error}), une personne décide`,
  giveUp: 'abandonner le déploiement',
  component: { on: 'remis en service', limited: 'limité', off: 'désactivé' },
  task: (title, owner) => `Tâche ouverte pour ${owner} : ${title}`,
  decisions: {
    retry: 'Décision : nouvel essai',
    abandon: 'Décision : abandon',
  },
  noReason: 'sans motif',
  causes: frenchCauses,
  closed: {
    ...frenchOutcomes,
    active: 'Déploiement en cours',
  },
  stoppedAt: (phase) => `Répétition arrêtée à l'ouverture de ${phase}, comme demandé (--until)`,
  stuck: (status, error) => `Exécution ${status}${error === '' ? '' : ` (${error})`}`,

  summary: 'Bilan',
  outcome: 'Issue',
  span: 'Durée',
  spanText: (from, to, days) => `du ${from} au ${to}, ${plural(days, 'jour', 'jours')}`,
  finalAccess: 'Accès final',
  finalAccessText: (percent) => `${percent} % des utilisateurs`,
  phases: 'Phases',
  phase: 'Phase',
  planned: 'Prévu',
  real: 'Réel',
  delay: 'Écart',
  delayDays: (days) => (days === 0 ? 'à la date' : `${days > 0 ? '+' : '-'}${Math.abs(days)} j`),
  attempts: 'Tentatives',
  notReached: 'non atteinte',
  running: 'en cours',
  unfinished: 'inachevée',
  outcomes: { promote: 'promue', correct: 'corrigée', hold: 'suspendue', 'roll-back': 'annulée' },
  messages: 'Messages',
  message: 'Message',
  audience: 'Public',
  recipients: 'Destinataires',
  status: 'État',
  onEvent: 'sur événement',
  statuses: {
    planned: 'prévu',
    held: 'retenu',
    sending: 'en cours',
    sent: 'envoyé',
    skipped: 'abandonné',
    cancelled: 'annulé',
    unused: 'non utilisé',
  },
  metrics: 'Métriques de succès',
  metric: 'Métrique',
  target: 'Objectif',
  lastValue: 'Dernière valeur',
  verdict: 'Verdict',
  metricMet: '✓ atteinte',
  metricMissed: '✗ manquée',
  metricUnknown: 'non mesurée',
  metricEarly: (day) => `attendue le ${day}`,
  measuredAt: 'Mesuré le',
  notices: "Dit à l'équipe",
  notice: 'Avis',
  count: 'Fois',
  toldRoles: 'Pour',
  noticeKinds: {
    incident: 'incidents',
    verdict: 'observations',
    gate: 'portes et décisions',
    reminder: 'rappels et tâches',
    report: 'rapports et statut',
  },
  incidents: 'Incidents',
  none: 'Aucun.',
  incidentTitle: 'Objet',
  severity: 'Gravité',
  openedAt: 'Ouvert le',
  resolvedAfter: 'Résolu en',
  incidentStatuses: {
    open: 'ouvert',
    acknowledged: 'pris en charge',
    unanswered: 'sans réponse',
    resolved: 'résolu',
  },
  bill: 'Coût estimé sur AWS',
  machine: (transitions, events, limit, calls) =>
    `${transitions} transitions d'état, ${events} événements d'historique (limite ${limit}), ${calls} appels Lambda`,
  service: 'Service',
  quantity: 'Quantité',
  cost: 'Coût',
  total: 'Total',
  units: {
    'state transitions': "transitions d'état",
    invocations: 'appels',
    mails: 'e-mails',
    'metrics read': 'métriques lues',
    reads: 'lectures',
    writes: 'écritures',
  },

  progress: (moment, phase, access) => `${moment}  ${phase}  accès ${access} %`,
  interrupted: (moment, phase, access) =>
    `Interrompu : la répétition en était au ${moment}, phase ${phase}, accès ${access} %.`,
  interruptedEarly: 'Interrompu avant le premier événement.',
};
