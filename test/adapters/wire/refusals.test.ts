/**
 * Every error that the services' models list for a command that we send has been thought of: it becomes an error of ours, is
 * harmless, is tried again, or is a fault of ours and goes through. The lists are the SDK's own (`@throws` of its commands).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppConfigClient } from '@aws-sdk/client-appconfig';
import { ApplicationSignalsClient } from '@aws-sdk/client-application-signals';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SESClient } from '@aws-sdk/client-ses';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import type { MailJob } from '#application/ports/mail.ts';
import { appConfigExposure } from '#functions/adapters/appconfig/exposure.ts';
import { applicationSignalsMetrics } from '#functions/adapters/metrics/application-signals.ts';
import { cloudWatchMetrics } from '#functions/adapters/metrics/cloudwatch.ts';
import { sesNotifier } from '#functions/adapters/notifier/ses.ts';
import { eventBridgeSchedules } from '#functions/adapters/scheduler/schedules.ts';
import { sesMailer } from '#functions/adapters/ses/mailer.ts';
import { sqsMailQueue } from '#functions/adapters/sqs/mail-queue.ts';
import { runCommandRuns } from '#functions/adapters/ssm/runs.ts';
import { runCommandScripts } from '#functions/adapters/ssm/scripts.ts';
import { sfnEscalations } from '#functions/adapters/step-functions/escalations.ts';
import { sfnExecutions } from '#functions/adapters/step-functions/executions.ts';
import { sfnMachine } from '#functions/adapters/step-functions/machine.ts';
import { sfnTasks } from '#functions/adapters/step-functions/tasks.ts';
import { checkOf, cohort, fiveMinutes, patience } from '#test/adapters/metrics/checks.ts';
import { root } from '#test/support/sources.ts';
import { type Answer, json, queryRefused, refused, wireService } from './service.ts';

const service = wireService();
const clock = { nowMs: () => Date.parse('2025-03-10T09:00:00Z') };
const tasks = () => sfnTasks({ client: new SFNClient(service.settings()) });
const machine = () => sfnMachine({ client: new SFNClient(service.settings()), machineArn: 'arn:release' });
const executions = () => sfnExecutions({ client: new SFNClient(service.settings()) });
const escalations = () =>
  sfnEscalations({ client: new SFNClient(service.settings()), escalationMachineArn: 'arn:escalation' });
const schedules = () =>
  eventBridgeSchedules({
    client: new SchedulerClient(service.settings()),
    clock,
    group: 'jalon',
    roleArn: 'arn:role',
    targetArns: { tick: 'arn:tick', date: 'arn:date' },
    deadLetterArn: 'arn:dead',
  });
const schedule = { name: 'r1', when: { atMs: 0 }, target: 'date', input: {} } as const;
const exposure = () =>
  appConfigExposure({
    client: new AppConfigClient(service.settings()),
    applicationId: 'app1',
    environmentId: 'env1',
    profileId: 'prf1',
    strategyIds: { raise: 'slow', withdraw: 'fast' },
  });
const ssm = () => new SSMClient(service.settings());
const scripts = () =>
  runCommandScripts({
    client: ssm(),
    document: { name: 'jalon-run-script-2', version: '3', prefix: 'jalon-run-script-' },
    targets: { tag: 'jalon:target', values: ['production'] },
    outputBucket: 'out',
    deliverySeconds: 600,
  });
const call = { path: 'a.ps1', arguments: {}, timeoutMinutes: 1, marker: 'r1/a', askedAtMs: 0 };
const metrics = () => cloudWatchMetrics({ client: new CloudWatchClient(service.settings()), clock, cohort });
const objectives = () =>
  applicationSignalsMetrics({ client: new ApplicationSignalsClient(service.settings()), clock });
const queue = () =>
  sqsMailQueue({
    client: new SQSClient({ ...service.settings(), useQueueUrlAsEndpoint: false }),
    queueUrl: 'https://sqs.eu-west-3.amazonaws.com/111122223333/mail',
  });
const job: MailJob = { releaseId: 'r1', message: 'm', campaign: 'c', kind: 'list' };
const mailer = () =>
  sesMailer({
    client: new SESClient(service.settings()),
    clock,
    from: { name: 'T', address: 't@example.org' },
    configurationSet: 'jalon',
  });
const mail = {
  to: 'ada@example.org',
  subject: 's',
  html: '<p>t</p>',
  text: 't',
  tags: { release: 'r1', message: 'm', campaign: 'c', person: 'p' },
};
const notifier = () =>
  sesNotifier({
    client: new SESClient(service.settings()),
    log: { write: () => {} },
    from: 't@example.org',
    contacts: { lead: 'ada@example.org' },
  });

const noVersions = json({ Items: [] });
const created: Answer = { status: 201, headers: { 'version-number': '1' }, body: '' };
const oneVersion = json({ Items: [{ VersionNumber: 1 }] });
const deploying = json({
  Items: [
    { DeploymentNumber: 7, ConfigurationProfileId: 'prf1', ConfigurationVersion: '0', State: 'DEPLOYING' },
  ],
});
const conflict = refused('ConflictException', 409);
const command = json({ Commands: [{ CommandId: 'c1', Comment: 'r1/a', Status: 'Success' }] });

/** An error of ours by name; `fault`: it goes through; `harmless`: the call succeeds; `again`: other tests say how. */
type Outcome =
  | 'ServiceUnavailable'
  | 'WaitClosed'
  | 'ReleaseExists'
  | 'ScriptNotStarted'
  | 'MailRefused'
  | 'fault'
  | 'harmless'
  | 'again';
interface Command {
  /** Client and command of the SDK. */
  readonly of: readonly [client: string, command: string];
  readonly call: () => Promise<unknown>;
  /** What is answered before the refusal. */
  readonly before?: readonly Answer[];
  readonly errors: Partial<Readonly<Record<Outcome, string>>>;
}

const kmsFaults = 'KmsAccessDeniedException KmsInvalidStateException';
const busy = 'InternalServerException ServiceQuotaExceededException ThrottlingException';
const appConfigFaults = 'BadRequestException ResourceNotFoundException';
const commands: readonly Command[] = [
  {
    of: ['sfn', 'SendTaskSuccess'],
    call: () => tasks().succeed('t', {}),
    errors: {
      WaitClosed: 'InvalidToken TaskDoesNotExist TaskTimedOut',
      ServiceUnavailable: 'KmsThrottlingException',
      fault: `InvalidOutput ${kmsFaults}`,
    },
  },
  {
    of: ['sfn', 'SendTaskHeartbeat'],
    call: () => tasks().heartbeat('t'),
    errors: { WaitClosed: 'InvalidToken TaskDoesNotExist TaskTimedOut' },
  },
  ...(['release', 'escalation'] as const).map(
    (which): Command => ({
      of: ['sfn', 'StartExecution'],
      call: () => (which === 'release' ? machine() : escalations()).start('r1', {}),
      errors: {
        harmless: 'ExecutionAlreadyExists',
        ServiceUnavailable: `ExecutionLimitExceeded KmsThrottlingException InvalidArn InvalidExecutionInput InvalidName StateMachineDeleting StateMachineDoesNotExist ValidationException ${kmsFaults}`,
      },
    }),
  ),
  {
    of: ['sfn', 'StopExecution'],
    call: () => machine().stop('arn', ''),
    errors: {
      harmless: 'ExecutionDoesNotExist',
      ServiceUnavailable: 'KmsThrottlingException',
      fault: `InvalidArn ValidationException ${kmsFaults}`,
    },
  },
  {
    of: ['sfn', 'DescribeExecution'],
    call: () => executions().status('arn'),
    errors: {
      harmless: 'ExecutionDoesNotExist',
      ServiceUnavailable: 'KmsThrottlingException',
      fault: `InvalidArn ${kmsFaults}`,
    },
  },
  {
    of: ['scheduler', 'CreateSchedule'],
    call: () => schedules().put(schedule),
    errors: {
      again: 'ConflictException',
      ServiceUnavailable: busy,
      fault: 'ResourceNotFoundException ValidationException',
    },
  },
  {
    of: ['scheduler', 'UpdateSchedule'],
    call: () => schedules().put(schedule),
    before: [conflict],
    errors: {
      again: 'ConflictException ResourceNotFoundException',
      ServiceUnavailable: busy,
      fault: 'ValidationException',
    },
  },
  {
    of: ['scheduler', 'DeleteSchedule'],
    call: () => schedules().remove('r1'),
    errors: {
      again: 'ConflictException',
      harmless: 'ResourceNotFoundException',
      ServiceUnavailable: busy,
      fault: 'ValidationException',
    },
  },
  {
    of: ['scheduler', 'ListSchedules'],
    call: () => schedules().names('r1'),
    errors: {
      ServiceUnavailable: 'InternalServerException ThrottlingException',
      fault: 'ResourceNotFoundException ValidationException',
    },
  },
  {
    of: ['ssm', 'SendCommand'],
    call: () => scripts().start(call),
    before: [json({ Commands: [] }), json({ Commands: [] })],
    errors: {
      ServiceUnavailable: 'InternalServerError',
      ScriptNotStarted:
        'DuplicateInstanceId InvalidDocument InvalidDocumentVersion InvalidInstanceId InvalidNotificationConfig InvalidOutputFolder InvalidParameters InvalidRole MaxDocumentSizeExceeded UnsupportedPlatformType',
    },
  },
  {
    of: ['ssm', 'ListCommands'],
    call: () => runCommandRuns({ client: ssm() }).describe('c1'),
    errors: {
      ScriptNotStarted: 'InvalidCommandId',
      ServiceUnavailable: 'InternalServerError',
      fault: 'InvalidFilterKey InvalidInstanceId InvalidNextToken',
    },
  },
  {
    of: ['ssm', 'ListCommandInvocations'],
    call: () => runCommandRuns({ client: ssm() }).describe('c1'),
    before: [command],
    errors: {
      ServiceUnavailable: 'InternalServerError',
      fault: 'InvalidCommandId InvalidFilterKey InvalidInstanceId InvalidNextToken',
    },
  },
  {
    of: ['appconfig', 'ListHostedConfigurationVersions'],
    call: () => exposure().set('r1', 10),
    errors: { ServiceUnavailable: 'InternalServerException', fault: appConfigFaults },
  },
  {
    of: ['appconfig', 'GetHostedConfigurationVersion'],
    call: () => exposure().set('r1', 10),
    before: [oneVersion],
    errors: { ServiceUnavailable: 'InternalServerException', fault: appConfigFaults },
  },
  {
    of: ['appconfig', 'CreateHostedConfigurationVersion'],
    call: () => exposure().set('r1', 10),
    before: [noVersions],
    errors: {
      again: 'ConflictException',
      ServiceUnavailable: 'InternalServerException ServiceQuotaExceededException',
      fault: `PayloadTooLargeException ${appConfigFaults}`,
    },
  },
  {
    of: ['appconfig', 'ListDeployments'],
    call: () => exposure().set('r1', 10),
    before: [noVersions, created],
    errors: { ServiceUnavailable: 'InternalServerException', fault: appConfigFaults },
  },
  {
    of: ['appconfig', 'StartDeployment'],
    call: () => exposure().set('r1', 10),
    before: [noVersions, created, json({ Items: [] })],
    errors: {
      ServiceUnavailable: 'ConflictException InternalServerException',
      fault: appConfigFaults,
    },
  },
  {
    of: ['appconfig', 'StopDeployment'],
    call: () => exposure().set('r1', 10),
    before: [noVersions, created, deploying, conflict],
    errors: {
      // It has ended meanwhile: the deployment that was refused is tried again later.
      ServiceUnavailable: 'BadRequestException InternalServerException',
      fault: 'ResourceNotFoundException',
    },
  },
  // A check that cannot be read is unknown, which is no error.
  {
    of: ['cloudwatch', 'GetMetricData'],
    call: () =>
      metrics().read(
        { errors: checkOf('value', { kind: 'cloudwatch', query: 'A/B' }) },
        fiveMinutes,
        patience,
      ),
    errors: { harmless: 'InvalidNextToken' },
  },
  {
    of: ['application-signals', 'BatchGetServiceLevelObjectiveBudgetReport'],
    call: () =>
      objectives().read(
        { uptime: checkOf('value', { kind: 'application-signals', query: 'up' }) },
        fiveMinutes,
        patience,
      ),
    errors: { harmless: 'ThrottlingException ValidationException' },
  },
  {
    of: ['sqs', 'SendMessageBatch'],
    call: () => queue().enqueue([job]),
    errors: {
      ServiceUnavailable: 'KmsThrottled RequestThrottled',
      fault:
        'BatchEntryIdsNotDistinct BatchRequestTooLong EmptyBatchRequest InvalidAddress InvalidBatchEntryId InvalidSecurity KmsAccessDenied KmsDisabled KmsInvalidKeyUsage KmsInvalidState KmsNotFound KmsOptInRequired QueueDoesNotExist TooManyEntriesInBatchRequest UnsupportedOperation',
    },
  },
  {
    of: ['ses', 'SendRawEmail'],
    call: () => mailer().send(mail),
    errors: {
      MailRefused: 'MessageRejected',
      ServiceUnavailable:
        'AccountSendingPausedException ConfigurationSetDoesNotExistException ConfigurationSetSendingPausedException MailFromDomainNotVerifiedException',
    },
  },
  {
    of: ['ses', 'SendEmail'],
    call: () =>
      notifier().notify({
        releaseId: 'r1',
        kind: 'gate',
        about: 'p',
        roles: ['lead'],
        subject: 's',
        text: 't',
      }),
    // Logged: nothing stops because somebody could not be told.
    errors: {
      harmless:
        'AccountSendingPausedException ConfigurationSetDoesNotExistException ConfigurationSetSendingPausedException MailFromDomainNotVerifiedException MessageRejected',
    },
  },
];

const modelled = ([client, name]: Command['of']): readonly string[] => {
  const file = join(root, `node_modules/@aws-sdk/client-${client}/dist-types/commands/${name}Command.d.ts`);
  const thrown = [...readFileSync(file, 'utf8').matchAll(/@throws \{@link (\w+)\}/g)].map(
    ([, error = '']) => error,
  );
  // The last is the base class of the client's errors.
  return thrown.filter((error) => !error.endsWith('ServiceException')).toSorted();
};
const outcomes = ({ errors }: Command) =>
  Object.entries(errors).flatMap(([outcome, names]) =>
    names.split(' ').map((error) => [error, outcome] as const),
  );

describe.each(commands.map((one) => [one.of.join(' '), one] as const))('%s', (_, one) => {
  const { of, call: send, before = [] } = one;
  it('is refused in no other way', () => {
    expect(modelled(of).length).toBeGreaterThan(0);
    expect(
      outcomes(one)
        .map(([error]) => error)
        .toSorted(),
    ).toEqual(modelled(of));
  });

  it.each(outcomes(one).filter(([, outcome]) => outcome !== 'again'))(
    'has the outcome that was thought of: %s is %s',
    async (error, outcome) => {
      const status = error.startsWith('InternalServer') ? 500 : 400;
      service.answer(...before, of[0] === 'ses' ? queryRefused(error, status) : refused(error, status));
      if (outcome === 'harmless') await send();
      else await expect(send()).rejects.toMatchObject({ name: outcome === 'fault' ? error : outcome });
    },
  );
});
