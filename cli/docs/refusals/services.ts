import { quoted } from '#domain/quoted.ts';
import type {
  MailsRefused,
  ScriptsNotStarted,
  ServicesUnavailable,
  WaitsClosed,
} from '#domain/refusals/services.ts';
import type { RefusalExamples } from './example.ts';

const said = quoted('MessageRejected: Address is on the suppression list');

export const servicesUnavailable: RefusalExamples<ServicesUnavailable> = {
  'service-silent': {
    when: 'a service of AWS is busy, broken or silent',
    params: { service: 'DynamoDB', error: 'TimeoutError' },
  },
  'service-refused': {
    when: 'AWS refuses the start of a machine: it is not there, is being deleted, or may not be started',
    params: { service: 'Step Functions', said: quoted('StateMachineDeleting: …') },
  },
  'rows-contended': { when: 'others write the same rows all the time', params: { times: 8 } },
  'rows-left-unwritten': {
    when: 'DynamoDB takes a part of a batch only, again and again',
    params: { times: 8 },
  },
  'rows-left-unread': {
    when: 'DynamoDB answers a part of what is read, again and again',
    params: { times: 8 },
  },
  'release-contended': {
    when: 'a release is written to as often as it is read',
    params: { release: 'technicia-2025-05-18', times: 8 },
  },
  'flags-contended': { when: 'somebody else writes the flags at the same time', params: { times: 5 } },
  'flags-deploying': { when: 'a deployment of the flags that gives access is under way', params: {} },
  'schedule-contended': {
    when: 'a schedule is made, changed and removed at the same time',
    params: { schedule: 'technicia.message.launch', times: 5 },
  },
  'schedule-changing': {
    when: 'a schedule is removed while it is being changed',
    params: { schedule: 'technicia.message.launch' },
  },
  'import-contended': { when: 'imports of an audience end at the same moment', params: { times: 5 } },
  'erasure-contended': { when: 'the audience is written while a person is erased', params: { times: 5 } },
  'mail-events-contended': {
    when: 'events about one mail come at once',
    params: { campaign: 'technicia.launch', times: 5 },
  },
  'answers-contended': { when: 'one person sends answers at once', params: { times: 5 } },
  'mail-service-refused': {
    when: 'SES refuses to send, for a reason that may be lifted',
    params: { said: quoted('SES: AccountSendingPausedException: paused') },
  },
  'mail-quota-used-up': { when: 'no mail may be sent until tomorrow', params: {} },
  'mail-queue-incomplete': {
    when: 'the queue takes a part of the mails only, again and again',
    params: { left: 2, jobs: 10, times: 5, said: quoted('InternalError') },
  },
  'chat-left-alone': {
    when: 'a chat has failed several times in a row',
    params: { chat: 'slack', failures: 3, seconds: 60 },
  },
  'chat-silent': { when: 'a chat does not answer', params: { chat: 'slack' } },
  'chat-busy': { when: 'a chat answers that it is busy', params: { chat: 'teams', status: 429 } },
  'pipeline-silent': { when: 'a pipeline does not answer', params: { host: 'ci.example.org' } },
  'pipeline-busy': {
    when: 'a pipeline answers that it is busy or broken',
    params: { host: 'ci.example.org', status: 503 },
  },
};

export const scriptsNotStarted: RefusalExamples<ScriptsNotStarted> = {
  'runner-refused': {
    when: 'the service that runs scripts refuses this one',
    params: { service: 'SSM', what: 'command', said: quoted('InvalidInstanceId: none') },
  },
  'pipeline-refused': {
    when: 'a pipeline refuses a script, or sends elsewhere',
    params: { host: 'ci.example.org', script: 'scripts/deploy.sh', status: 302 },
  },
  'no-such-command': { when: 'AWS knows no command of this id', params: { command: 'c-1' } },
  'no-such-deployment': { when: 'CodeDeploy knows no deployment of this id', params: { deployment: 'd-1' } },
  'no-such-run': { when: 'the id of a run is not of a pipeline', params: { run: 'd-1' } },
};

export const mailsRefused: RefusalExamples<MailsRefused> = {
  'mail-refused': { when: 'a mail is refused for its address or its content', params: { said } },
};
export const waitsClosed: RefusalExamples<WaitsClosed> = {
  'wait-closed': { when: 'an answer comes after the task was answered, timed out or stopped', params: {} },
};
