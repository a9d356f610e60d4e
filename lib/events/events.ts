/** Everything that wakes a release up: rules, schedules and queues, each with an end to its tries and a place for the rest. */
import { Duration } from 'aws-cdk-lib';
import { type EventPattern, type IRuleTarget, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as CallFunction, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { unreachable } from '#domain/unreachable.ts';
import { uploadsFolder } from '#functions/adapters/s3/uploads-folders.ts';
import type { Calendar } from '../calendar/calendar.ts';
import { type Communications, sendersMax } from '../communications/communications.ts';
import { eventFunctions } from '../deployed-functions.ts';
import { pascalCase } from '../function.ts';
import type { Functions } from '../functions.ts';
import type { ResourceNames } from '../names.ts';
import type { Stage } from '../stage.ts';
import type { UploadStorage } from '../uploads/uploads.ts';

/** Of an event that a function did not take: Lambda waits a minute, then two. */
const triesAfterFailure = 2;
const eventHoursMax = 6;
/** Of what SES says of mails. A job is ten mails already: at the sandbox's one mail a second it takes its sender's time. */
const mailEventsPerCall = 10;
const mailJobsPerCall = 1;

/** What tells that a script's run has moved; a webhook's pipeline tells it itself. */
function scriptEventsOf(names: ResourceNames, { scripts }: Stage): EventPattern | undefined {
  switch (scripts.runner) {
    case 'run-command':
      return {
        source: ['aws.ssm'],
        detailType: ['EC2 Command Status-change Notification'],
        detail: { 'document-name': [{ prefix: names.of('run-script') }] },
      };
    case 'codedeploy':
      return {
        source: ['aws.codedeploy'],
        detailType: ['CodeDeploy Deployment State-change Notification'],
        detail: { application: [scripts.application], deploymentGroup: [scripts.deploymentGroup] },
      };
    case 'webhook':
      return undefined;
    default:
      return unreachable(scripts);
  }
}

interface EventsProps {
  readonly names: ResourceNames;
  readonly stage: Stage;
  readonly functions: Functions;
  readonly calendar: Calendar;
  readonly communications: Communications;
  readonly uploads: UploadStorage;
  /** Gets every event that nobody could take, with the reason. */
  readonly deadLetters: Queue;
}

export class Events extends Construct {
  readonly #props: EventsProps;

  constructor(scope: Construct, id: string, props: EventsProps) {
    super(scope, id);
    this.#props = props;
    this.#limitTries();
    this.#rules();
    this.#queues();
    this.#hourly('reconcile', 'everything that an event should have told, asked for');
    this.#hourly('sweep-audience', 'audiences that nobody reads any more, deleted');
  }

  /** A tick that came late is worthless, the next is due; everything else is tried again, then kept with its reason. */
  #limitTries(): void {
    const { functions, deadLetters } = this.#props;
    for (const name of eventFunctions) {
      functions.get(name).configureAsyncInvoke({
        retryAttempts: name === 'tick' ? 0 : triesAfterFailure,
        maxEventAge: Duration.hours(eventHoursMax),
        onFailure: new SqsDestination(deadLetters),
      });
    }
  }

  #rules(): void {
    const { names, stage, communications, uploads } = this.#props;
    if (stage.alarms.length > 0)
      this.#calls('alarm', 'An alarm of the product changed: look at the bake now', {
        source: ['aws.cloudwatch'],
        detailType: ['CloudWatch Alarm State Change'],
        detail: { alarmName: [...stage.alarms] },
      });
    const scriptEvents = scriptEventsOf(names, stage);
    if (scriptEvents) this.#calls('script-status', 'A run of a script changed its state', scriptEvents);
    this.#calls('execution-status', 'An execution of this deployment ended', {
      source: ['aws.states'],
      detailType: ['Step Functions Execution Status Change'],
      detail: {
        stateMachineArn: [names.machineArn('release')],
        status: ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'],
      },
    });
    this.#fills(communications.events, 'mail-events', 'What SES says of mails of this deployment', {
      source: ['aws.ses'],
      detail: { mail: { tags: { 'ses:configuration-set': [names.of('mail')] } } },
    });
    this.#fills(uploads.arrived, 'uploads', 'A file of users was uploaded', {
      source: ['aws.s3'],
      detailType: ['Object Created'],
      detail: {
        bucket: { name: [uploads.bucket.bucketName] },
        object: { key: [{ prefix: uploadsFolder }] },
      },
    });
  }

  /** Of an event's function, which is named as the rule is. */
  #calls(name: string, description: string, eventPattern: EventPattern): void {
    const { functions, deadLetters: deadLetterQueue } = this.#props;
    const target = new CallFunction(functions.get(name), { deadLetterQueue, retryAttempts: 185 });
    this.#rule(name, description, eventPattern, target);
  }

  #fills(queue: Queue, name: string, description: string, eventPattern: EventPattern): void {
    const { deadLetters: deadLetterQueue } = this.#props;
    this.#rule(name, description, eventPattern, new SqsQueue(queue, { deadLetterQueue }));
  }

  #rule(name: string, description: string, eventPattern: EventPattern, target: IRuleTarget): void {
    const ruleName = this.#props.names.of(name);
    new Rule(this, pascalCase(name), { ruleName, description, eventPattern, targets: [target] });
  }

  #queues(): void {
    const { functions, communications, uploads } = this.#props;
    const queue = (name: string, from: Queue, limits: { batchSize: number; maxConcurrency?: number }) =>
      functions
        .get(name)
        .addEventSource(new SqsEventSource(from, { ...limits, reportBatchItemFailures: true }));
    queue('mail-job', communications.jobs, { batchSize: mailJobsPerCall, maxConcurrency: sendersMax });
    queue('mail-event', communications.events, { batchSize: mailEventsPerCall });
    queue('import-audience', uploads.arrived, { batchSize: 1 });
  }

  #hourly(name: string, description: string): void {
    const { names, calendar, functions, deadLetters } = this.#props;
    new Schedule(this, pascalCase(name), {
      scheduleName: names.of(name),
      description: `Once an hour: ${description}`,
      scheduleGroup: calendar.group,
      schedule: ScheduleExpression.rate(Duration.hours(1)),
      target: new LambdaInvoke(functions.get(name), {
        role: calendar.role.withoutPolicyUpdates(),
        deadLetterQueue: deadLetters,
      }),
    });
  }
}
