import type { Sayings } from '#domain/coded.ts';
import type {
  MailsRefused,
  ScriptsNotStarted,
  ServicesUnavailable,
  WaitsClosed,
} from '#domain/refusals/services.ts';

const runs = { command: 'la commande', deployment: 'le déploiement' } as const;

export const frenchServices: Sayings<ServicesUnavailable & ScriptsNotStarted & MailsRefused & WaitsClosed> = {
  'service-silent': ({ service, error }) => `${service} n'a pas répondu, ou est à sa limite (${error})`,
  'service-refused': ({ service, said }) => `${service} a refusé ce qui lui était demandé : ${said}`,
  'rows-contended': ({ times }) => `les lignes étaient occupées ${times} fois de suite`,
  'rows-left-unwritten': ({ times }) =>
    `DynamoDB a laissé des lignes non écrites dans ${times} réponses de suite`,
  'rows-left-unread': ({ times }) => `DynamoDB a omis des lignes dans ${times} réponses de suite`,
  'release-contended': ({ release, times }) =>
    `le déploiement « ${release} » a changé ${times} fois pendant sa lecture`,
  'flags-contended': ({ times }) => `les drapeaux ont changé ${times} fois pendant leur écriture`,
  'flags-deploying': () => 'AppConfig exécute un autre déploiement de cet environnement',
  'schedule-contended': ({ schedule, times }) =>
    `le rendez-vous « ${schedule} » a paru et disparu, ou changeait, ${times} fois`,
  'schedule-changing': ({ schedule }) => `le rendez-vous « ${schedule} » est en train de changer`,
  'import-contended': ({ times }) => `${times} autres imports d'une audience se sont terminés au même moment`,
  'erasure-contended': ({ times }) =>
    `le compte de l'audience a changé ${times} fois pendant l'effacement d'une personne`,
  'mail-events-contended': ({ campaign, times }) =>
    `${times} événements d'un même courriel de la campagne « ${campaign} » sont arrivés à la fois`,
  'answers-contended': ({ times }) => `${times} réponses d'une même personne sont arrivées à la fois`,

  'mail-service-refused': ({ said }) => `le service de courriel refuse pour le moment : ${said}`,
  'mail-quota-used-up': () => 'le quota de courriels des dernières 24 heures est épuisé',
  'mail-queue-incomplete': ({ left, jobs, times, said }) =>
    `la file des courriels a laissé ${left} envois sur ${jobs}, ${times} fois : ${said}`,
  'chat-left-alone': ({ chat, failures, seconds }) =>
    `le webhook ${chat} : ${failures} échecs de suite, il est laissé en paix pendant ${seconds} s`,
  'chat-silent': ({ chat }) => `le webhook ${chat} : pas de réponse`,
  'chat-busy': ({ chat, status }) => `le webhook ${chat} : il a répondu ${status}`,
  'pipeline-silent': ({ host }) => `le pipeline de ${host} n'a pas répondu`,
  'pipeline-busy': ({ host, status }) =>
    `le pipeline de ${host} est occupé ou en panne : il a répondu ${status}`,

  'runner-refused': ({ service, what, said }) => `${service} a refusé ${runs[what]} : ${said}`,
  'pipeline-refused': ({ host, script, status }) =>
    `le pipeline de ${host} a refusé ${script} : il a répondu ${status}${status < 400 ? " ; les redirections ne sont pas suivies : donnez l'adresse où il mène" : ''}`,
  'no-such-command': ({ command }) => `il n'y a pas de commande ${command}`,
  'no-such-deployment': ({ deployment }) => `il n'y a pas de déploiement ${deployment}`,
  'no-such-run': ({ run }) => `il n'y a pas d'exécution ${run} d'un pipeline`,

  'mail-refused': ({ said }) => `le courriel a été refusé : ${said}`,
  'wait-closed': () => "la machine n'attend plus cette réponse",
};
