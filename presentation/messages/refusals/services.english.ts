import type { Sayings } from '#domain/coded.ts';
import type {
  MailsRefused,
  ScriptsNotStarted,
  ServicesUnavailable,
  WaitsClosed,
} from '#domain/refusals/services.ts';

export const englishServices: Sayings<ServicesUnavailable & ScriptsNotStarted & MailsRefused & WaitsClosed> =
  {
    'service-silent': ({ service, error }) => `${service} did not answer, or is at its limit (${error})`,
    'service-refused': ({ service, said }) => `${service} refused what it was asked: ${said}`,
    'rows-contended': ({ times }) => `the rows were busy ${times} times in a row`,
    'rows-left-unwritten': ({ times }) => `DynamoDB left rows unwritten in ${times} answers in a row`,
    'rows-left-unread': ({ times }) => `DynamoDB left rows out of ${times} answers in a row`,
    'release-contended': ({ release, times }) =>
      `release "${release}" changed ${times} times while it was read`,
    'flags-contended': ({ times }) => `the flags changed ${times} times while they were written`,
    'flags-deploying': () => 'AppConfig is in another deployment of this environment',
    'schedule-contended': ({ schedule, times }) =>
      `schedule "${schedule}" came and went, or is being changed, ${times} times`,
    'schedule-changing': ({ schedule }) => `schedule "${schedule}" is being changed`,
    'import-contended': ({ times }) => `${times} other imports of an audience ended at the same moment`,
    'erasure-contended': ({ times }) =>
      `the tally of the audience changed ${times} times while a person was erased`,
    'mail-events-contended': ({ campaign, times }) =>
      `${times} events about one mail of campaign "${campaign}" came at once`,
    'answers-contended': ({ times }) => `${times} answers of one person came at once`,

    'mail-service-refused': ({ said }) => said,
    'mail-quota-used-up': () => 'the mail quota of the last 24 hours is used up',
    'mail-queue-incomplete': ({ left, jobs, times, said }) =>
      `the mail queue left out ${left} of ${jobs} jobs ${times} times: ${said}`,
    'chat-left-alone': ({ chat, failures, seconds }) =>
      `the ${chat} webhook: it has failed ${failures} times in a row, and is left alone for ${seconds} s`,
    'chat-silent': ({ chat }) => `the ${chat} webhook: it did not answer`,
    'chat-busy': ({ chat, status }) => `the ${chat} webhook: it answered ${status}`,
    'pipeline-silent': ({ host }) => `the pipeline at ${host} did not answer`,
    'pipeline-busy': ({ host, status }) => `the pipeline at ${host} is busy or broken: it answered ${status}`,

    'runner-refused': ({ service, what, said }) => `${service} refused the ${what}: ${said}`,
    'pipeline-refused': ({ host, script, status }) =>
      `the pipeline at ${host} refused ${script}: it answered ${status}${status < 400 ? '; redirects are not followed: set the address it leads to' : ''}`,
    'no-such-command': ({ command }) => `there is no command ${command}`,
    'no-such-deployment': ({ deployment }) => `there is no deployment ${deployment}`,
    'no-such-run': ({ run }) => `there is no run ${run} of a pipeline`,

    'mail-refused': ({ said }) => said,
    'wait-closed': () => 'the workflow no longer waits for this answer',
  };
