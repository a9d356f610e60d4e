/** What the timeline says in French. The keys are the catalogue's: see `texts.ts`. */
import type { Texts } from './texts.ts';

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
  noRollbackHeading: (phase) => `Échec de ${phase} avant toute exposition`,

  admitted: (by, revision) => `Déploiement démarré par ${by}, plan du ${revision}`,
  paused: (by) => `Déploiement mis en pause par ${by}`,
  unpaused: (by) => `Pause levée par ${by}`,
  launchMoved: (from, to) => `Jour J déplacé du ${from} au ${to}`,
  opened: (attempt, max) =>
    attempt > 1 ? `Phase ouverte de nouveau (tentative ${attempt} sur ${max})` : 'Phase ouverte',
  held: (from) =>
    `Phase suspendue ${from === 'gate' ? 'par la porte' : "par l'observation"}, une personne décide`,
  resumed: {
    gate: 'Suspension levée : la porte se prononce à nouveau',
    observe: 'Suspension levée : nouvelle observation',
    correct: 'Suspension levée : correction demandée',
    'roll-back': 'Suspension levée : retour arrière demandé',
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

  scriptRunning: (script) => `${script} : en cours`,
  scriptPassed: (script, after) => `${script} : réussi en ${after}`,
  scriptFailed: (script, after, code) => `${script} : échec après ${after} (code ${code})`,
  checklist: (count, total, byTeam, bySystem) => `Checklist : ${done(count, total, byTeam, bySystem)}`,
  checklistAtGate: (count, total, byTeam, bySystem) =>
    `Suivi de la phase : ${done(count, total, byTeam, bySystem)}`,
  firstDone: (first) => `, le premier le ${first}`,
  waived: (item, by, reason) => `Dispense : ${item}, par ${by} (${reason})`,

  exposure: (from, to) =>
    to > from
      ? `Accès ouvert : de ${from} % à ${to} % des utilisateurs`
      : `Accès retiré : de ${from} % à ${to} %`,
  observing: (hours) => `Observation commencée : ${hours} h de santé continue à prouver`,
  breached: (check, value, objective, reset) =>
    `Seuil dépassé : ${check} ${value} (objectif ${objective})${reset ? ', le compteur repart de zéro' : ''}`,
  noValue: 'sans valeur',
  breachesMore: (count) =>
    `Encore ${plural(count, 'dépassement', 'dépassements')} du même seuil, jusqu'au dernier à cette heure`,
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
  messagesCancelled: (labels) => `Messages annulés : ${labels}`,

  severities: { user: 'utilisateur', technical: 'technique', critical: 'critique', major: 'majeur' },
  incident: (severity, title) => `Incident ${severity} : ${title}`,
  called: (level, role) => `Appel du niveau ${level} : ${role}`,
  calledAt: (level, role) => `, appel du niveau ${level} (${role})`,
  acknowledged: (by, after) => `Incident pris en charge par ${by}, ${after} après son ouverture`,
  unanswered: "Personne n'a répondu à l'incident",
  resolved: (by, after) => `Incident résolu par ${by}, ${after} après son ouverture`,

  rollbackChosen: (name, why) => `${name} choisi : ${why}`,
  noRollback: (why) => `Rien à défaire, une personne décide : ${why}`,
  component: { on: 'remis en service', limited: 'limité', off: 'désactivé' },
  task: (title, owner) => `Tâche ouverte pour ${owner} : ${title}`,
  decisions: {
    retry: 'Décision : nouvel essai',
    'roll-back': 'Décision : retour arrière',
    abandon: 'Décision : abandon',
  },
  reasons: {
    script: (script) => `échec de ${script}`,
    fault: (error) => `panne (${error})`,
    none: 'sans motif',
  },
  closed: {
    completed: 'Déploiement terminé',
    'rolled-back': 'Déploiement annulé : retour arrière complet',
    abandoned: 'Déploiement abandonné',
    'rollback-failed': 'Retour arrière en échec : la production demande une intervention',
    aborted: 'Déploiement interrompu par une personne',
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

  phrases: [
    [/\bno data\b/g, 'pas de données'],
    [/the provider left it out/, 'le fournisseur ne la donne pas'],
    [/no tick reached the bake/, "plus aucun relevé n'arrive"],
    [/nobody decided in time/, "personne n'a décidé à temps"],
    [/not proven healthy within (\d+) h/, 'santé non prouvée en $1 h'],
    [/held (\d+) times or refused by a person/, 'suspendue $1 fois, ou refusée par une personne'],
    [/corrected after a hold/, 'corrigée après une suspension'],
    [/a person chose to roll back/, 'une personne a choisi le retour arrière'],
    [/no correction was reported/, "aucune correction n'a été rapportée"],
    [/: the gate has waited too long/, ' : la porte attend depuis trop longtemps'],
    [/: (\d+) items are a day late/, ' : $1 éléments ont un jour de retard'],
    [/\bapproval by /, "l'approbation de "],
    [/(\d+) more people/, '$1 autre(s) personne(s)'],
    [/a second pair of eyes/, 'un second regard'],
    [/^the last day of the phase/, 'le dernier jour de la phase'],
    [/(\d+) items of the checklist/, '$1 éléments de la checklist'],
    [/a value for criterion (\S+)/, 'une valeur pour le critère $1'],
    [/^the release is paused/, 'la reprise du déploiement, en pause'],
    [/waited too long for /, 'attente trop longue : '],
    [/the metrics provider answers (\d+)/, 'le fournisseur de mesures répond $1'],
    [/the execution is \S+/, "l'exécution a été arrêtée"],
    [/^blind: /, 'sans mesure : '],
    [/the phase failed/, 'la phase a échoué'],
    [/exposure is (\d+) %, not yet (\d+) %/, "l'accès est à $1 %, pas encore à $2 %"],
    [/the release is active/, 'le déploiement est en cours'],
    [/the release is \S+/, 'le déploiement est terminé'],
    [/phase (\S+) has not opened/, "la phase $1 n'est pas ouverte"],
    [/ (\d+) days after its date/, ', $1 jours après sa date'],
    [/\(no value\)/, '(sans valeur)'],
    [/(\d)\.(\d)/g, '$1,$2'],
    [/(\S): /g, '$1 : '],
  ],
};
