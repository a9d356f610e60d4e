/** Every kind of fact has its sentence in both languages, or a reason to have none. */
import { describe, expect, it } from 'vitest';
import type { Fact } from '#domain/ledger/facts.ts';
import { everyFact } from '#test/adapters/every-fact.ts';
import { linesOf } from './telling.ts';

type Line = ReturnType<typeof linesOf>[number];
/** A line and its details in each language, or why a fact that stands alone has none. */
type Sentence =
  | { readonly mark: Line['mark']; readonly en: readonly string[]; readonly fr: readonly string[] }
  | { readonly none: string };

/** Of `everyFact`, each alone in its phase; a type that is missing does not compile. */
const sentences: { readonly [T in Fact['type']]: Sentence } = {
  'release.admitted': {
    mark: 'neutral',
    en: ['Release started by ada, plan of Wed 2025-01-01'],
    fr: ['Déploiement démarré par ada, plan du mer. 01/01/2025'],
  },
  'release.paused': {
    mark: 'warning',
    en: ['Release paused by project-lead-1', '“é, "quoted", 日本”'],
    fr: ['Déploiement mis en pause par project-lead-1', '« é, "quoted", 日本 »'],
  },
  'release.unpaused': {
    mark: 'neutral',
    en: ['Pause lifted by project-lead-1'],
    fr: ['Pause levée par project-lead-1'],
  },
  'version.marked-bad': {
    mark: 'bad',
    en: ['Version 1.9.0 found to be bad by project-lead-1', '“loses files”'],
    fr: ['Version 1.9.0 jugée mauvaise par project-lead-1', '« loses files »'],
  },
  'candidate.replaced': {
    mark: 'warning',
    en: ['Version 2.0.1 takes the place of 2.0.0, by project-lead-1', '“mended”'],
    fr: ['La version 2.0.1 remplace 2.0.0, par project-lead-1', '« mended »'],
  },
  'freeze.overridden': {
    mark: 'warning',
    en: ['Freeze "Quiet nights" does not count until Mon 2025-03-10 10:00, by project-lead-1', '“urgent”'],
    fr: ["Gel « Quiet nights » levé jusqu'au lun. 10/03/2025 10:00 par project-lead-1", '« urgent »'],
  },
  'launch.moved': {
    mark: 'warning',
    en: ['Launch day moved from Mon 2025-03-10 to Mon 2025-03-17', '“late”'],
    fr: ['Jour J déplacé du lun. 10/03/2025 au lun. 17/03/2025', '« late »'],
  },
  'phase.opened': { mark: 'neutral', en: ['Phase opened'], fr: ['Phase ouverte'] },
  'phase.held': {
    mark: 'warning',
    en: ['Phase held by the gate, a person decides'],
    fr: ['Phase suspendue par la porte, une personne décide'],
  },
  'phase.resumed': {
    mark: 'neutral',
    en: ['Hold lifted: observed again'],
    fr: ['Suspension levée : nouvelle observation'],
  },
  'phase.unblocked': {
    mark: 'neutral',
    en: ['Nothing holds the phase any more: users get access'],
    fr: ["Plus rien ne retient la phase : les utilisateurs reçoivent l'accès"],
  },
  'phase.ordered': {
    mark: 'warning',
    en: ['project-lead-1 orders a rollback', '“slow”'],
    fr: ['project-lead-1 ordonne un retour arrière', '« slow »'],
  },
  'phase.late': {
    mark: 'warning',
    en: [
      'Late: 2 items still open on the last day',
      '4.1.1 do 4.1.1 (Operator)',
      '4.1.2 do 4.1.2 (Operator)',
    ],
    fr: [
      'En retard : 2 éléments encore ouverts au dernier jour',
      '4.1.1 do 4.1.1 (Operator)',
      '4.1.2 do 4.1.2 (Operator)',
    ],
  },
  'phase.corrected': {
    mark: 'good',
    en: ['Correction reported, the phase begins again', '“mended”'],
    fr: ['Correction rapportée, la phase recommence', '« mended »'],
  },
  'script.starting': { none: 'told only when nobody will ever know whether it started' },
  'exposure.changing': { none: 'told only when nobody will ever know whether it was switched' },
  'script.started': { mark: 'neutral', en: ['deploy.sh: running'], fr: ['deploy.sh : en cours'] },
  'script.finished': {
    mark: 'good',
    en: ['deploy.sh: succeeded in < 1 min'],
    fr: ['deploy.sh : réussi en < 1 min'],
  },
  'item.ticked': {
    mark: 'neutral',
    en: ['Checklist: 1 of 2 items done (1 by the team, 0 by the system)'],
    fr: ["Checklist : 1 élément fait sur 2 (1 par l'équipe, 0 par le système)"],
  },
  'item.unticked': {
    mark: 'warning',
    en: ['Open again: 4.1.1 do 4.1.1, by ada', '“not so”'],
    fr: ['De nouveau à faire : 4.1.1 do 4.1.1, par ada', '« not so »'],
  },
  'item.waived': {
    mark: 'warning',
    en: ['Waived: 4.1.2 do 4.1.2, by ada (not needed)'],
    fr: ['Dispense : 4.1.2 do 4.1.2, par ada (not needed)'],
  },
  'exposure.changed': {
    mark: 'access',
    en: ['Access opened: from 0 % to 10 % of users'],
    fr: ['Accès ouvert : de 0 % à 10 % des utilisateurs'],
  },
  'access.withdrawn': {
    mark: 'access',
    en: ['Access withdrawn: from 10 % to 0 %', '“aborted”'],
    fr: ['Accès retiré : de 10 % à 0 %', '« aborted »'],
  },
  'observation.concluded': {
    mark: 'bad',
    en: ['Observation ended, the phase is unhealthy (1 h of continuous health)'],
    fr: ['Observation interrompue, la phase est malade (1 h de santé continue)'],
  },
  'observation.started': {
    mark: 'neutral',
    en: ['Observation started: 48 h of continuous health to prove'],
    fr: ['Observation commencée : 48 h de santé continue à prouver'],
  },
  'observation.breached': {
    mark: 'bad',
    en: [
      'Breach: Error rate 0.3 % (objective < 1 %)',
      'proven against the users without the new version (0.1 %)',
    ],
    fr: [
      'Seuil dépassé : Error rate 0,3 % (objectif < 1 %)',
      "prouvé face aux utilisateurs restés sur l'ancienne version (0,1 %)",
    ],
  },
  'observation.recovered': {
    mark: 'good',
    en: ['Error rate: back within the objective'],
    fr: ["Error rate : de nouveau dans l'objectif"],
  },
  'observation.foreseen': {
    mark: 'neutral',
    en: [
      'This observation finds Error rate from 1.5 times the usual on',
      'This observation is blind to Response time: too little traffic for its length',
    ],
    fr: [
      "Cette observation verra Error rate à partir de 1,5 fois l'habituel",
      'Cette observation est aveugle à Response time : trop peu de trafic pour sa durée',
    ],
  },
  'cohorts.compared': {
    mark: 'good',
    en: ['Cohorts compared before the new version is there: alike', 'Error rate'],
    fr: ["Cohortes comparées avant l'arrivée de la nouvelle version : semblables", 'Error rate'],
  },
  'risk.changed': {
    mark: 'warning',
    en: ['Risk coming true: R1 Files are lost'],
    fr: ['Le risque se réalise : R1 Files are lost'],
  },
  'observation.frozen': {
    mark: 'warning',
    en: ['Observation frozen: Error rate: no data'],
    fr: ['Observation gelée : Error rate : pas de données'],
  },
  'observation.unfrozen': {
    mark: 'neutral',
    en: ['Observation goes on after 5 min without values'],
    fr: ['Observation reprise après 5 min sans mesure'],
  },
  'gate.opened': {
    mark: 'neutral',
    en: ['Gate opened, approvals awaited: Quality, Operations'],
    fr: ['Porte ouverte, approbations attendues : Quality, Operations'],
  },
  'gate.approved': { mark: 'good', en: ['Approved by Quality (ada)'], fr: ['Approuvé par Quality (ada)'] },
  'gate.rejected': {
    mark: 'bad',
    en: ['Rejected by Operations (bob)', '“no”'],
    fr: ['Refusé par Operations (bob)', '« no »'],
  },
  'gate.override-asked': {
    mark: 'warning',
    en: ['ada asks that criterion errors shall not count', '“known”'],
    fr: ['ada demande que le critère errors ne compte pas', '« known »'],
  },
  'gate.overridden': {
    mark: 'warning',
    en: ['Criterion errors does not count: granted by bob'],
    fr: ['Le critère errors ne compte pas : accordé par bob'],
  },
  'gate.late': {
    mark: 'warning',
    en: ['Gate undecided after 48 h, it waits for a second pair of eyes: somebody is called'],
    fr: ["Porte sans décision après 48 h, il manque un second regard : quelqu'un est appelé"],
  },
  'gate.decided': {
    mark: 'good',
    en: ['Gate passed', 'no measured criterion in the plan: complete checklist and approvals'],
    fr: ['Porte franchie', 'pas de critère chiffré dans le plan : checklist complète et approbations'],
  },
  'phase.closed': { mark: 'good', en: ['Phase finished'], fr: ['Phase terminée'] },
  'rollback.chosen': {
    mark: 'bad',
    en: ['A person decides: no reason given'],
    fr: ['Une personne décide : sans motif'],
  },
  'release.abort-asked': {
    mark: 'warning',
    en: [
      'bob asks to abort the release in the middle of its rollback: a second person must ask as well',
      '“nothing moves”',
    ],
    fr: [
      "bob demande l'arrêt du déploiement au milieu de son retour arrière : il y faut une seconde personne",
      '« nothing moves »',
    ],
  },
  'rollback.agreed': {
    mark: 'neutral',
    en: ['bob agrees: Undo critical', '“the backup is good”'],
    fr: ['bob accepte : Undo critical', '« the backup is good »'],
  },
  'rollback.declined': {
    mark: 'warning',
    en: ['bob declines: give the release up. A person decides', '“not yet”'],
    fr: ['bob refuse : abandonner le déploiement. Une personne décide', '« not yet »'],
  },
  'rollback.failed': {
    mark: 'bad',
    en: ['The rollback failed (Release.UndoFailed), a person decides'],
    fr: ['Le retour arrière a échoué (Release.UndoFailed), une personne décide'],
  },
  'component.switched': {
    mark: 'access',
    en: ['Reading of scans: limited'],
    fr: ['Reading of scans : limité'],
  },
  'message.planned': {
    mark: 'neutral',
    en: ['1 message dated, for 03-10 (Launch day)'],
    fr: ['1 message daté, le 10/03 (Jour J)'],
  },
  'message.replanned': {
    mark: 'mail',
    en: ['1 message re-planned', 'Mon 2025-03-10 10:00  Launch day, “Welcome”'],
    fr: ['1 message reçoit une nouvelle date', 'lun. 10/03/2025 10:00  Jour J, « Welcome »'],
  },
  'message.held': {
    mark: 'warning',
    en: ['Launch day held: “Welcome” (phase exposure is 0 % has not opened)'],
    fr: ["Jour J retenu : « Welcome » (la phase exposure is 0 % n'est pas ouverte)"],
  },
  'message.sending': {
    mark: 'mail',
    en: ['Launch day, Pilots: “Welcome”, being sent'],
    fr: ['Jour J, Pilots : « Welcome », envoi en cours'],
  },
  'message.sent': { none: 'told where the message began to go' },
  'message.recounted': { none: 'told where the message began to go' },
  'message.skipped': {
    mark: 'bad',
    en: ['Launch day skipped: “Welcome” (its phases are over)'],
    fr: ['Jour J abandonné : « Welcome » (ses phases sont terminées)'],
  },
  'message.cancelled': {
    mark: 'warning',
    en: ['Messages cancelled: Launch day'],
    fr: ['Messages annulés : Jour J'],
  },
  'gate.reminded': {
    mark: 'warning',
    en: ['Those who have not approved are asked again'],
    fr: ["Relance de ceux qui n'ont pas encore approuvé"],
  },
  'report.planned': { none: 'a report is worth a line when it goes, not when it is dated' },
  'report.sending': {
    mark: 'warning',
    en: ['Report to the team (State of things): the first sending broke off, it goes again'],
    fr: ["Rapport à l'équipe (State of things) : premier envoi interrompu, il repart"],
  },
  'report.sent': {
    mark: 'mail',
    en: ['Report to the team (State of things), to Operations, Quality'],
    fr: ["Rapport à l'équipe (State of things), pour Operations, Quality"],
  },
  'report.skipped': {
    mark: 'warning',
    en: ['Report to the team (State of things) left out: its phases are over'],
    fr: ["Rapport à l'équipe (State of things) abandonné : ses phases sont terminées"],
  },
  'report.cancelled': { none: 'a report that does not go was never told to be coming' },
  'incident.opened': { mark: 'bad', en: ['Incident (major): Errors'], fr: ['Incident majeur : Errors'] },
  'incident.called': { none: 'the first call is told with the opening' },
  'incident.acknowledged': {
    mark: 'neutral',
    en: ['Incident acknowledged by bob, < 1 min after it opened'],
    fr: ['Incident pris en charge par bob, < 1 min après son ouverture'],
  },
  'incident.unanswered': {
    mark: 'bad',
    en: ['Nobody answered the incident'],
    fr: ["Personne n'a répondu à l'incident"],
  },
  'incident.resolved': {
    mark: 'good',
    en: ['Incident resolved by bob, < 1 min after it opened'],
    fr: ['Incident résolu par bob, < 1 min après son ouverture'],
  },
  'incident.override-asked': {
    mark: 'warning',
    en: ['ada asks that the incident shall not stop the release', '“only the demo”'],
    fr: ["ada demande que l'incident n'arrête pas le déploiement", '« only the demo »'],
  },
  'incident.overridden': {
    mark: 'warning',
    en: ['The incident does not stop the release: granted by bob', '“yes”'],
    fr: ["L'incident n'arrête pas le déploiement : accordé par bob", '« yes »'],
  },
  'incident.reopened': {
    mark: 'bad',
    en: ['Incident opened again by ada', '“again”'],
    fr: ['Incident rouvert par ada', '« again »'],
  },
  'task.opened': {
    mark: 'neutral',
    en: ['Task opened for Quality: Look'],
    fr: ['Tâche ouverte pour Quality : Look'],
  },
  'task.closed': {
    mark: 'good',
    en: ['Task done: t1, by project-lead-1', '“read”'],
    fr: ['Tâche faite : t1, par project-lead-1', '« read »'],
  },
  'decision.taken': { mark: 'neutral', en: ['go'], fr: ['go'] },
  'measure.recorded': { none: 'the summary has the last value; a line a day would drown the rest' },
  'release.closed': {
    mark: 'good',
    en: ['Release completed', '“done”'],
    fr: ['Déploiement terminé', '« done »'],
  },
};

const told = (type: Fact['type'], language: 'en' | 'fr') =>
  linesOf([everyFact[type]], { language }).map(({ mark, text, details = [] }) => ({
    mark,
    says: [text, ...details.map((detail) => detail.text)],
  }));
const types = Object.keys(sentences) as Fact['type'][];
const [spoken, silent] = [
  types.flatMap((type) => ('none' in sentences[type] ? [] : [[type, sentences[type]] as const])),
  types.flatMap((type) => ('none' in sentences[type] ? [[type, sentences[type].none] as const] : [])),
];

describe.each(['en', 'fr'] as const)('a fact that stands alone, told in %s', (language) => {
  it.each(spoken)('%s has its mark, its sentence and its details', (type, sentence) => {
    expect(told(type, language)).toEqual([{ mark: sentence.mark, says: sentence[language] }]);
  });

  it.each(silent)('%s has no line: %s', (type) => {
    expect(told(type, language)).toEqual([]);
  });
});
