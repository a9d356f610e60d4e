/** The adapters on AWS keep the same promises as the rehearsal's (`../memory.test.ts`), before stand-ins for the services. */
import { AppConfigClient } from '@aws-sdk/client-appconfig';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { describe } from 'vitest';
import { appConfigExposure } from '#functions/adapters/appconfig/exposure.ts';
import { eventBridgeSchedules } from '#functions/adapters/scheduler/schedules.ts';
import { sqsMailQueue } from '#functions/adapters/sqs/mail-queue.ts';
import { runCommandScripts } from '#functions/adapters/ssm/scripts.ts';
import { sfnEscalations } from '#functions/adapters/step-functions/escalations.ts';
import { sfnExecutions } from '#functions/adapters/step-functions/executions.ts';
import { sfnMachine } from '#functions/adapters/step-functions/machine.ts';
import { sfnTasks } from '#functions/adapters/step-functions/tasks.ts';
import { machineArns } from '#rehearsal/world/cloud.ts';
import { describeExposure } from '../exposure.behaviour.ts';
import { describeMailQueue } from '../mail-queue.behaviour.ts';
import { describeSchedules } from '../schedules.behaviour.ts';
import { describeScriptRunner } from '../script-runner.behaviour.ts';
import { describeWorkflow } from '../workflow.behaviour.ts';
import { fakeAppConfig } from './app-config.fake.ts';
import { fakeQueue } from './queue.fake.ts';
import { fakeRunCommand } from './run-command.fake.ts';
import { fakeScheduler } from './scheduler.fake.ts';
import { wireService } from './service.ts';
import { fakeStepFunctions } from './step-functions.fake.ts';

const service = wireService();

describe('Step Functions', () => {
  describeWorkflow((stepFunctions) => {
    service.serve(fakeStepFunctions(stepFunctions));
    const client = new SFNClient(service.settings());
    return {
      tasks: sfnTasks({ client }),
      machine: sfnMachine({ client, machineArn: machineArns.release }),
      executions: sfnExecutions({ client }),
      escalations: sfnEscalations({ client, escalationMachineArn: machineArns.escalation }),
    };
  });
});

describe('EventBridge Scheduler', () => {
  describeSchedules(() => {
    const { respond, ...bench } = fakeScheduler(Date.parse('2025-03-30T00:40:20Z'), {
      'arn:tick': 'tick',
      'arn:date': 'date',
    });
    service.serve(respond);
    const schedules = eventBridgeSchedules({
      client: new SchedulerClient(service.settings()),
      clock: bench.clock,
      group: 'jalon',
      roleArn: 'arn:role',
      targetArns: { tick: 'arn:tick', date: 'arn:date' },
      deadLetterArn: 'arn:dead',
    });
    return { ...bench, schedules };
  });
});

describe('SQS', () => {
  describeMailQueue(() => {
    const { respond, arrived } = fakeQueue();
    service.serve(respond);
    const client = new SQSClient({ ...service.settings(), useQueueUrlAsEndpoint: false });
    const queueUrl = 'https://sqs.eu-west-3.amazonaws.com/111122223333/jalon-mail';
    return { queue: sqsMailQueue({ client, queueUrl }), arrived };
  });
});

describe('Run Command', () => {
  describeScriptRunner(() => {
    const { respond, finish } = fakeRunCommand();
    service.serve(respond);
    const scripts = runCommandScripts({
      client: new SSMClient(service.settings()),
      document: { name: 'jalon-run-script-2', version: '3', prefix: 'jalon-run-script-' },
      targets: { tag: 'jalon:target', values: ['production'] },
      outputBucket: 'jalon-script-output',
      deliverySeconds: 600,
    });
    return { scripts, finish, unknown: 'c0' };
  });
});

describe('AppConfig', () => {
  describeExposure(() => {
    const { respond, seen } = fakeAppConfig();
    service.serve(respond);
    const exposure = appConfigExposure({
      client: new AppConfigClient(service.settings()),
      applicationId: 'app1',
      environmentId: 'env1',
      profileId: 'prf1',
      strategyIds: { raise: 'slow', withdraw: 'fast' },
    });
    return { exposure, seen };
  });
});
