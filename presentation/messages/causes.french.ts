/** Causes, titles and evidence in French. */
import { say } from '#domain/coded.ts';
import type { CheckAnswer } from '#domain/ledger/causes.ts';
import { frenchBlockers, frenchDelays } from './blockers.ts';
import type { CauseTexts, Names } from './causes.ts';
import { frenchOutcomes } from './outcomes.ts';
import { frenchSourceFaults } from './source-faults.french.ts';

export function frenchCauses(names: Names): CauseTexts {
  const { phase, check, role, person, script, number, words } = names;
  const answer = (id: string, said: CheckAnswer): string => `${check(id)} : ${answerText(names, id, said)}`;

  const needs: CauseTexts['needs'] = {
    ...frenchBlockers(names),
    'last-day': () => 'le dernier jour de la phase',
    items: ({ open }) => `${open} ${open > 1 ? 'éléments' : 'élément'} de la checklist`,
    criterion: ({ criterion }) => `une valeur pour le critère ${criterion}`,
    approvals: ({ roles }) => `l'approbation de ${roles.map(role).join(', ')}`,
    people: ({ more }) => `${more} ${more > 1 ? 'autres personnes' : 'autre personne'}`,
    'second-person': () => 'un second regard',
  };
  const causes: CauseTexts['causes'] = {
    check: ({ check: id, answer: said }) => answer(id, said),
    'not-proven': ({ hours }) => `santé non prouvée en ${hours} h`,
    script: ({ script: id, said }) =>
      `échec de ${script(id)}, ${said === undefined ? 'sans résultat' : words(said)}`,
    rejected: ({ role: id, comment }) => `${role(id)} : ${words(comment)}`,
    criterion: ({ criterion, value }) =>
      `${names.criterion(criterion)} (${value === undefined ? 'sans valeur' : number(value)})`,
    'gate-late': ({ need }) => `attente trop longue : ${say(needs, need)}`,
    'held-too-often': ({ holds }) => `suspendue ${holds} fois`,
    'corrected-after-hold': () => 'corrigée après une suspension',
    ordered: ({ by, reason }) => `${person(by)} : ${words(reason)}`,
    'no-correction': ({ error }) => `panne (${error}), aucune correction n'a été rapportée`,
    fault: ({ error, said }) =>
      `panne (${error})${said === undefined || said === '' ? '' : `, ${words(said)}`}`,
  };
  const titles: CauseTexts['titles'] = {
    reported: ({ words: said }) => words(said),
    blind: ({ check: id, answer: said }) => `sans mesure : ${answer(id, said)}`,
    'no-look': () => "plus aucun relevé n'arrive",
    objective: ({ check: id }) => `${check(id)} : objectif manqué, rien de prouvé contre la nouvelle version`,
    'gate-late': ({ phase: id }) => `${phase(id)} : la porte attend depuis trop longtemps`,
    'checklist-late': ({ phase: id, open }) =>
      `${phase(id)} : ${open} ${open > 1 ? 'éléments ont' : 'élément a'} un jour de retard`,
    alarm: ({ phase: id, alarm }) =>
      `${phase(id)} : une alarme sonne alors que rien n’observe la phase (${alarm})`,
    problems: ({ phase: id, reports }) =>
      `${phase(id)} : ${number(reports)} utilisateurs ont signalé un problème`,
    'phase-failed': ({ cause }) => (cause === undefined ? 'la phase a échoué' : say(causes, cause)),
    'rollback-failed': ({ phase: id, error }) =>
      `${phase(id)} : le retour arrière a échoué (${error}), des utilisateurs ont peut-être encore ce qui devait être défait`,
    'machine-ends': ({ day }) =>
      `l'exécution du déploiement s'arrête le ${day}, quoi qu'il en reste : terminez-le, ou arrêtez-le et démarrez-en un autre`,
    'agreement-late': ({ phase: id, minutes }) =>
      `${phase(id)} : après ${minutes} minutes, deux personnes n'ont pas encore accepté ; rien n'est restauré et rien ne se termine d'ici là`,
  };
  return {
    blockers: frenchDelays(names),
    needs,
    causes,
    titles,
    ...frenchMatters(names),
    blindSpots: {
      check: ({ check: id, answer: said }) => answer(id, said),
      'no-look': titles['no-look'],
    },
    tasks: {
      step: ({ text }) => text,
      'post-incident': ({ title }) => `Retour d'expérience : ${say(titles, title)}`,
    },
  };
}

/** What is not about a phase that went another way: evidence, messages, the end. */
function frenchMatters(names: Names): Pick<CauseTexts, 'delays' | 'evidences' | 'omissions' | 'closings'> {
  const { phase, number, words } = names;
  const delays: CauseTexts['delays'] = {
    ...frenchDelays(names),
    'release-ended': () => 'le déploiement est terminé',
    exposure: ({ exposure, exposureMin }) => `l'accès est à ${exposure} %, pas encore à ${exposureMin} %`,
    'phase-not-opened': ({ phase: id }) => `la phase ${phase(id)} n'est pas ouverte`,
    quota: ({ recipients, mailsLeft }) =>
      `${number(recipients)} destinataires, et il ne reste que ${number(mailsLeft)} e-mails au quota du jour`,
  };
  return {
    delays,
    evidences: {
      words: ({ words: said }) => words(said),
      link: ({ link }) => link,
      file: ({ file }) => file,
      check: ({ check: id, value }) =>
        value === undefined ? 'sans mesure, admis par le plan' : names.reading(id, value),
      message: ({ recipients }) => `${number(recipients)} destinataires`,
      script: ({ command }) => command,
      exposure: ({ percent }) => `${percent} %`,
    },
    omissions: {
      'too-late': ({ days, delay }) =>
        delay === undefined
          ? `plus de ${days} jours après sa date`
          : `${say(delays, delay)}, ${days} jours après sa date`,
      'release-ended': ({ status }) => frenchOutcomes[status],
      'phases-over': () => 'ses phases sont terminées',
      'nobody-reached': () => "personne n'a pu être joint",
      'next-one-due': ({ unsure }) =>
        `le suivant est déjà dû${unsure ? ', celui-ci est peut-être parti' : ''}`,
      'access-again': () => 'ses lecteurs ont de nouveau accès',
    },
    closings: {
      'run-through': () => '',
      ordered: ({ reason }) => words(reason),
      'rollback-left': ({ reason, undone }) =>
        `${words(reason)} ; resté à faire : ${undone.join(' ; ') || 'rien'}`,
      'execution-ended': ({ status }) => executionEnded[status],
    },
  };
}

function answerText(names: Names, check: string, answer: CheckAnswer): string {
  switch (answer.code) {
    case 'value': {
      const { value, control } = answer.params;
      const read = (one: number) => names.reading(check, one);
      return control === undefined ? read(value) : `${read(value)} (ancienne version : ${read(control)})`;
    }
    case 'no-data':
      return 'pas de données';
    case 'no-traffic':
      return 'pas de trafic';
    case 'unreadable':
      return say(frenchSourceFaults, answer.params.fault);
  }
}

const executionEnded = {
  succeeded: "l'exécution s'est terminée",
  failed: "l'exécution a échoué",
  'timed-out': "l'exécution a dépassé son temps",
  aborted: "l'exécution a été arrêtée",
} as const;
