/** One plan on AWS: what there is, and who may do what to it. */
import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Plan } from '#domain/plan.ts';
import { Api } from './api/api.ts';
import type { Bundles } from './bundles.ts';
import { Calendar } from './calendar/calendar.ts';
import { Communications } from './communications/communications.ts';
import { Events } from './events/events.ts';
import { Exposure } from './exposure/exposure.ts';
import { Functions } from './functions.ts';
import { Names } from './names.ts';
import { Operations } from './operations/operations.ts';
import { powersOf } from './powers.ts';
import { Scripts } from './scripts/scripts.ts';
import type { Stage } from './stage.ts';
import { deadLetterQueue } from './storage/queue.ts';
import { Storage } from './storage/storage.ts';
import { Workflow } from './workflow/workflow.ts';

export interface ServiceProps extends StackProps {
  readonly plan: Plan;
  readonly stage: Stage;
  readonly bundles: Bundles;
}

export class Service extends Stack {
  constructor(scope: Construct, id: string, { plan, stage, bundles, ...props }: ServiceProps) {
    super(scope, id, props);
    const names = new Names(this, plan.product, stage.name);
    const { keepsData } = stage;

    const storage = new Storage(this, 'Storage', { names, keepsData });
    const deadLetters = deadLetterQueue(this, 'DeadLetters', names.of('dead-letters'));
    const calendar = new Calendar(this, 'Calendar', { names, deadLetters });
    const communications = new Communications(this, 'Communications', { names, stage });
    const exposure = new Exposure(this, 'Exposure', { names, stage });
    const api = new Api(this, 'Api', { names, stage, plan });
    const scripts = new Scripts(this, 'Scripts', { names, stage, callbackUrl: api.callbackUrl });

    const powers = powersOf({
      ...{ names, stage, storage, calendar, communications, exposure, scripts, deadLetters },
    });
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/jalon/${names.prefix}`,
      retention: stage.logDays,
      removalPolicy: keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const works = { 'mail-job': communications.jobs, 'mail-event': communications.events };
    const functions = new Functions(this, 'Functions', {
      ...{ names, bundles, powers, logGroup, deadLetters, works },
      runner: stage.scripts.runner,
    });

    const workflow = new Workflow(this, 'Workflow', { names, stage, plan });
    new Events(this, 'Events', { names, stage, functions, calendar, communications, deadLetters });
    api.serve(functions);
    new CfnOutput(this, 'ApiUrl', { value: api.url });
    new CfnOutput(this, 'UserPoolId', { value: api.users.userPoolId });
    new CfnOutput(this, 'UserPoolClientId', { value: api.client.userPoolClientId });
    new Operations(this, 'Operations', {
      ...{
        names,
        stage,
        title: plan.title,
        workflow,
        communications,
        calendar,
        storage,
        api,
        deadLetters,
        logGroup,
      },
      reconcile: functions.get('reconcile'),
    });
  }
}
