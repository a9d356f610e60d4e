/** Alertes en français. Les clés sont celles de l'anglais : voir `alerts.ts`. */
import type { AlertTexts } from './alerts.english.ts';
import { frenchCauses } from './causes.french.ts';
import { frenchSeverities } from './severities.ts';

const items = (count: number) => `${count} ${count > 1 ? 'éléments' : 'élément'}`;

const chosen = (route: string, [first = '', ...others]: readonly string[]) =>
  `${route} avec {"resolution": "${first}", "comment": ""}${others.length > 0 ? ` (ou ${others.join(', ')})` : ''}. Pour revenir en arrière : POST .../order avec « roll-back » et un niveau`;

export const frenchAlerts: AlertTexts = {
  causes: frenchCauses,
  gateWaits: (phase, roles, route) => ({
    subject: `${phase} : la porte attend votre approbation`,
    text: `La porte de la phase « ${phase} » est ouverte. Elle attend : ${roles}.`,
    next: `Approuvez : ${route}/approve (ou refusez : ${route}/reject) avec {"role": "<le vôtre>", "comment": ""}`,
  }),
  gateReminder: (phase, roles, hours, route) => ({
    subject: `${phase} : la porte attend toujours`,
    text: `La moitié des ${hours} h d'attente admises pour la porte de la phase « ${phase} » est passée. Il manque : ${roles}.`,
    next: `Approuvez : ${route}/approve (ou refusez : ${route}/reject) avec {"role": "<le vôtre>", "comment": ""}`,
  }),
  gateChecks: 'ses critères, sa checklist ou sa date',
  held: (phase, route, answers) => ({
    subject: `${phase} : suspendue, une personne décide`,
    text: `La phase « ${phase} » est suspendue en l'état, jusqu'à ce qu'une personne dise comment continuer.`,
    next: `Décidez : ${chosen(route, answers)}`,
  }),
  blocked: (phase, blocker, route, answers) => ({
    subject: `${phase} : pas encore d'accès pour les utilisateurs`,
    text: `La phase « ${phase} » est suspendue avant que les utilisateurs aient accès : ${blocker}. Elle reprend d'elle-même dès que plus rien ne la retient.`,
    next: `Sinon : ${chosen(route, answers)}`,
  }),
  correction: (phase, route) => ({
    subject: `${phase} : une correction est nécessaire`,
    text: `La phase « ${phase} » reprendra quand ce qui a été trouvé aura été corrigé.`,
    next: `Une fois corrigé : ${route} avec {"comment": "<ce qui a été corrigé>"}`,
  }),
  decision: (phase, route) => ({
    subject: `${phase} : ne peut pas continuer, une personne décide`,
    text: `La phase « ${phase} » ne peut pas continuer. D'ici à ce qu'une personne décide, les utilisateurs gardent ce qu'ils ont, et rien n'est restauré.`,
    next: `Décidez : ${route} avec {"decision": "retry", "comment": ""} (ou abandon). Pour revenir en arrière : POST .../order avec « roll-back » et un niveau`,
  }),
  agreement: (phase, route) => ({
    subject: `${phase} : deux personnes doivent accepter le retour arrière`,
    text: `La phase « ${phase} » doit revenir en arrière d'une façon qui ne se défait pas. L'accès est déjà retiré ; rien n'est restauré, et rien ne se termine, tant que deux personnes ne le veulent pas.`,
    next: `Acceptez : ${route}/agree (ou refusez : ${route}/decline) avec {"comment": ""}`,
  }),
  checklistLate: (phase, open, route) => ({
    subject: `${phase} : ${items(open)} en retard`,
    text: `Le dernier jour de la phase « ${phase} » est passé, et ${items(open)} de sa checklist ${open > 1 ? 'restent ouverts' : 'reste ouvert'}. Dans un jour, quelqu'un sera appelé.`,
    next: `Cochez ce qui est fait : ${route} avec {"evidence": "<ce qui le montre>"}`,
  }),
  severities: frenchSeverities,
  incident: (severity, title, level, condition, route, way) => ({
    subject: `Incident ${severity} : ${title}`,
    text: `${title}. Le niveau ${level} de l'escalade est appelé : ${condition}.`,
    next: `Prenez-le en charge : ${route} avec {}${way ? `\nLe retour que le plan prévoit est « ${way.name} » : ${way.route} avec ${way.body}` : ''}`,
  }),
  rollbackFailed: (phase, failure, route) => ({
    subject: `${phase} : le retour arrière a échoué`,
    text: `Le retour arrière de la phase « ${phase} » a échoué (${failure}). Des utilisateurs ont peut-être encore ce qui devait être défait.`,
    next: `Voyez docs/operate/runbook.md, défaites à la main, puis dites ce qui vient ensuite : ${route} montre ce qui est ouvert.`,
  }),
  task: (title, route) => ({
    subject: `Tâche : ${title}`,
    text: `${title}. Cette tâche vous revient après le retour arrière.`,
    next: `Ce qui y a conduit : ${route}`,
  }),
  unhealthy: (phase, why, route) => ({
    subject: `${phase} : l'observation dit non`,
    text: `La phase « ${phase} » est malade : ${why}. L'accès ou le composant est retiré ; ce qui ne se défait pas attend deux personnes.`,
    next: `Les preuves : ${route}`,
  }),
  inconclusive: (phase, why, route) => ({
    subject: `${phase} : santé non prouvée`,
    text: `La santé de la phase « ${phase} » n'a pas pu être prouvée : ${why}. Une personne va être consultée.`,
    next: `Les preuves : ${route}`,
  }),
  frozen: (phase, why, route) => ({
    subject: `${phase} : l'observation est gelée`,
    text: `On ne voit plus rien de la phase « ${phase} » : ${why}. Ce temps ne compte pas ; si cela dure, quelqu'un est appelé.`,
    next: `Voyez si la source des mesures répond. Les preuves : ${route}`,
  }),
  exposed: (phase, from, to, route) => ({
    subject: `${phase} : accès pour ${to} % des utilisateurs`,
    text: `L'accès est passé de ${from} % à ${to} % des utilisateurs (${phase}).`,
    next: `Pour suivre : ${route}`,
  }),
};
