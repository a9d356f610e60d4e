/**
 * What each power costs: the variables that set it, and the permissions it needs, on nothing but what it is for.
 * `functions/runtime/powers/` has a file for each; `test/infra/least-privilege.test.ts` compares these actions with the
 * SDK's commands in the bundles.
 */
import { Aws } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Plan } from '#domain/plan/plan.ts';
import { gsi1, openIndex } from '#functions/adapters/dynamodb/table-keys.ts';
import type { Calendar } from './calendar/calendar.ts';
import type { Communications } from './communications/communications.ts';
import { eventFunctions } from './deployed-functions.ts';
import type { ExposureConfiguration } from './exposure/exposure.ts';
import { allow, type Grant, type Powers } from './iam.ts';
import { metricsPower } from './metrics/power.ts';
import type { Wildcard } from './nag-suppressions.ts';
import type { ResourceNames } from './names.ts';
import type { Pages } from './pages/pages.ts';
import type { Scripts } from './scripts/scripts.ts';
import type { Stage } from './stage.ts';
import { keyUse } from './storage/key.ts';
import type { Storage } from './storage/storage.ts';
import type { UploadStorage } from './uploads/uploads.ts';

export interface Resources {
  readonly names: ResourceNames;
  readonly stage: Stage;
  readonly plan: Plan;
  readonly storage: Storage;
  readonly calendar: Calendar;
  readonly communications: Communications;
  readonly uploads: UploadStorage;
  readonly exposure: ExposureConfiguration;
  readonly scripts: Scripts;
  readonly pages: Pages;
  readonly deadLetters: Queue;
}

const nothing: Grant = { environment: {}, statements: [] };

export function powersOf(resources: Resources): Powers {
  const { plan, stage, storage, calendar, communications, uploads, exposure, scripts, pages } = resources;
  return {
    ...onReleases(storage),
    waits: {
      environment: { WAITS_TABLE: storage.waits.tableName },
      statements: rows(storage.waits, storage.waitsKey, ['GetItem', 'Query', 'UpdateItem'], openIndex),
    },
    ...onMachines(resources),
    ...communications.powers,
    uploads: uploads.power,
    schedules: calendar.power,
    scripts: scripts.power,
    runs: scripts.runs,
    signatures: scripts.signatures,
    metrics: metricsPower(plan, stage),
    exposure: exposure.power,
    // Files of the bundle.
    templates: nothing,
    alerts: nothing,
    letters: nothing,
    reportWriter: nothing,
    links: pages.linksPower,
    deadLetters: onDeadLetters(resources),
  };
}

/** Each kind of row is a power of its own: what it may do is what its adapter does. */
function onReleases({ releases, releasesKey }: Storage) {
  const power = (write: readonly string[], index?: string): Grant => ({
    environment: { RELEASES_TABLE: releases.tableName },
    statements: rows(releases, releasesKey, ['GetItem', 'Query', ...write], index),
  });
  return {
    releases: power(['PutItem', 'DeleteItem', 'ConditionCheckItem'], gsi1),
    reader: power([], gsi1),
    versions: power(['PutItem']),
    bakes: power(['PutItem']),
    evidence: power([]),
    campaigns: power(['PutItem', 'UpdateItem'], gsi1),
    audience: power(['BatchGetItem']),
    audienceImports: power(['BatchWriteItem', 'PutItem', 'UpdateItem']),
    audienceRemoval: power(['BatchWriteItem', 'PutItem', 'UpdateItem', 'DeleteItem']),
    preferences: power(['UpdateItem']),
    answers: power(['PutItem', 'DeleteItem']),
    scriptReports: power(['PutItem']),
    feedback: power(['PutItem', 'UpdateItem']),
  } satisfies Partial<Powers>;
}

function onMachines({ names, stage }: Resources) {
  const [release, escalation] = [names.machineArn('release'), names.machineArn('escalation')];
  const executionsOf = (machine: 'release' | 'escalation'): Wildcard => ({
    resource: names.executionArns(machine),
    reason: 'Executions of this machine only',
  });
  const releaseExecutions = executionsOf('release');
  const escalationExecutions = executionsOf('escalation');
  /** Executions start through the alias, where the stage has one. */
  const live = stage.leaveOut.includes('AWS::StepFunctions::StateMachineAlias') ? '' : ':live';
  return {
    tasks: {
      environment: {},
      statements: [allow(['states:SendTaskSuccess', 'states:SendTaskHeartbeat'], [release, escalation])],
    },
    machine: {
      environment: { RELEASE_MACHINE: `${release}${live}` },
      statements: [
        allow(['states:StartExecution'], [release]),
        allow(['states:StopExecution'], [releaseExecutions.resource]),
      ],
      wildcards: [releaseExecutions],
    },
    executions: {
      environment: {},
      statements: [
        allow(['states:DescribeExecution'], [releaseExecutions.resource, escalationExecutions.resource]),
      ],
      wildcards: [releaseExecutions, escalationExecutions],
    },
    escalations: {
      environment: { ESCALATION_MACHINE: `${escalation}${live}` },
      statements: [allow(['states:StartExecution'], [escalation])],
    },
  } satisfies Partial<Powers>;
}

/** Takes the letters, and hands each back to where it was not taken. */
const onDeadLetters = ({ names, communications: { events }, deadLetters }: Resources): Grant => ({
  environment: {
    DEAD_LETTERS: JSON.stringify({
      queueUrl: deadLetters.queueUrl,
      mailEvents: { arn: events.queueArn, url: events.queueUrl },
    }),
  },
  statements: [
    allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage'], [deadLetters.queueArn]),
    allow(['sqs:SendMessage'], [events.queueArn]),
    allow(
      ['lambda:InvokeFunction'],
      eventFunctions.map((name) => names.functionArn(name)),
    ),
  ],
});

/** Rows of a table (and of its indexes), and through DynamoDB alone the key that they are encrypted with. */
function rows(table: Table, key: IKey, actions: readonly string[], index?: string) {
  return [
    allow(
      actions.map((action) => `dynamodb:${action}`),
      [table.tableArn],
    ),
    ...(index === undefined ? [] : [allow(['dynamodb:Query'], [`${table.tableArn}/index/${index}`])]),
    new PolicyStatement({
      actions: [...keyUse],
      resources: [key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${Aws.REGION}.amazonaws.com` } },
    }),
  ];
}
