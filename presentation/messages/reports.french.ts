/** What the team's reports say in French. The keys are those of the English: see `reports.ts`. */
import type { ReportTexts } from './reports.english.ts';

const plural = (count: number, one: string, many: string) => `${count} ${count > 1 ? many : one}`;

export const frenchReports: ReportTexts = {
  subject: (product, version, step, day) => `${product} ${version}, ${step} : rapport du ${day}`,
  title: (step, version) => `${step}, version ${version}`,
  introduction: (content, from, to, audience) => `${content}. Du ${from} au ${to}, pour : ${audience}.`,
  subjectAgain: (subject) => `Nouvel envoi : ${subject}`,
  again: "Le premier envoi s'est interrompu : vous avez peut-être déjà ce rapport.",
  none: 'À ce jour',
  others: 'Et',
  before: 'Avant',
  since: 'Depuis',
  semicolon: ' ; ',
  more: (count) => `${plural(count, 'autre', 'autres')}, dans la chronologie du déploiement`,
  nothing: "Il ne s'est rien passé depuis le dernier rapport.",

  happened: 'Depuis le dernier rapport',
  standing: 'Où en sommes-nous',
  day: 'Jour',
  launch: (day) => `jour J : ${day}`,
  phaseSince: (held, attempt, max, since) =>
    `${held ? 'suspendue' : 'en cours'} depuis le ${since}, tentative ${attempt} sur ${max}`,
  access: 'Accès',
  release: 'Déploiement',
  paused: "En pause : aucune phase ne commence, aucune porte n'est franchie.",

  checklists: 'Checklists',
  items: (total, done, waived, open, late) =>
    `${plural(done, 'élément fait', 'éléments faits')} sur ${total}, ${plural(waived, 'dispense', 'dispenses')}, ${plural(open, 'ouvert', 'ouverts')}${late ? ', en retard' : ''}`,
  noChecklist: 'Aucune phase avec une checklist en cours.',
  gates: 'Portes en attente',
  waitsFor: (roles, since) =>
    roles === ''
      ? `depuis le ${since}, de ses critères ou de sa date`
      : `depuis le ${since}, de l'approbation de : ${roles}`,
  noGate: "Aucune porte n'attend personne.",
  incidents: 'Incidents ouverts',
  openFor: (status, age) => `${status}, depuis ${age}`,
  noIncident: 'Aucun incident ouvert.',
  risks: 'Risques qui se réalisent',
  threatens: (check, since, mitigation) => `vu par ${check} depuis le ${since} ; parade : ${mitigation}`,
  noRisk: 'Aucun risque ne se réalise.',
  messages: 'Messages aux utilisateurs',
  people: (count) => `, destinataires : ${count}`,
  noMessage: "Aucun message n'est parti, aucun n'est prévu.",

  results: 'Résultats des tests et des critères',
  ended: {
    succeeded: (at) => `réussi, ${at}`,
    failed: (at, code) => `échec, ${at}, code ${code}`,
  },
  approvedBy: (role) => `décidé par ${role}`,
  verdicts: {
    healthy: 'atteint',
    unhealthy: 'manqué',
    inconclusive: 'trop peu pour conclure',
    unknown: 'non mesuré',
  },
  noResult: "Aucun script n'a tourné, aucun critère n'est mesuré dans la phase en cours.",
  scorecard: 'Tableau de bord',
  target: (target) => `objectif : ${target}`,
  measuredFrom: (day) => `compte à partir du ${day}`,
  noMetric: "Le plan n'a pas de métrique de succès.",
  commitments: 'Engagements',
  endedOn: (day, delay) =>
    delay === undefined
      ? `non tenu : devait finir le ${day}, et dure encore`
      : delay <= 0
        ? `tenu : finie pour le ${day}`
        : `non tenu : ${plural(delay, 'jour', 'jours')} après le ${day}`,
  kept: (how) => ({ kept: 'tenu', late: 'tenu en retard', broken: 'non tenu à ce jour' })[how],
  noCommitment: "Rien n'était promis jusqu'à ce jour.",

  nextDates: 'Prochaines dates',
  phaseEnds: (name) => `fin prévue : ${name}`,
  phaseBegins: (name) => `début : ${name}`,
  messageGoes: (label, subject) => `message ${label} : ${subject}`,
  nextReport: 'prochain rapport, si la phase est encore en cours',
  noDate: 'Aucune date à venir.',
};
