/** The one Lambda of the house: its bundle, a role of its own with the permissions of its powers, its log. */
import { Duration } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Bundles } from './bundles.ts';
import type { Deployed, FunctionKind } from './deployed-functions.ts';
import { allow, type Powers } from './iam.ts';
import { acknowledge, acknowledgeWildcards } from './nag-suppressions.ts';
import type { ResourceNames } from './names.ts';

/** Shorter than the two minutes that a state waits for a step; an event may walk over several releases; API Gateway waits 29 s. */
export const functionSeconds: Readonly<Record<FunctionKind, number>> = {
  step: 100,
  event: 120,
  worker: 120,
  // Lambda's longest.
  importer: 900,
  api: 28,
  tool: 120,
};
/** What Lambda does on behalf of a function that queueWorkers on a queue. */
const consuming = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
const memoryMegabytes = 512;
/** A whole processor, and room for two million lines to be told apart. */
const importerMegabytes = 1769;

export interface StandardFunctionProps {
  readonly names: ResourceNames;
  readonly bundles: Bundles;
  readonly powers: Powers;
  readonly logGroup: ILogGroup;
  /** Gets events that a function did not take. */
  readonly deadLetters: Queue;
  /** The queue that a function works on, by its name. */
  readonly queueWorkers: Readonly<Record<string, Queue>>;
}

export class StandardFunction extends LambdaFunction {
  constructor(
    scope: Construct,
    { name, kind, needs }: Deployed,
    { names, bundles, powers, logGroup, deadLetters, queueWorkers }: StandardFunctionProps,
  ) {
    const grants = needs.map((power) => powers[power]);
    const logStreams = `${logGroup.logGroupArn}:log-stream:*`;
    const work = queueWorkers[name];
    const role = roleOf(scope, name, names, [
      ...grants.flatMap(({ statements }) => statements),
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logStreams]),
      allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], ['*']),
      ...(work ? [allow(consuming, [work.queueArn])] : []),
      ...(kind === 'event' ? [allow(['sqs:SendMessage'], [deadLetters.queueArn])] : []),
    ]);
    super(scope, pascalCase(name), {
      functionName: names.of(name),
      description: `Jalon: ${name}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(bundles.folder(name)),
      memorySize: kind === 'importer' ? importerMegabytes : memoryMegabytes,
      timeout: Duration.seconds(functionSeconds[kind]),
      // All that it may do stands above: nothing is added by what is connected to it.
      role: role.withoutPolicyUpdates(),
      environment: {
        NODE_OPTIONS: '--enable-source-maps',
        ...Object.assign({}, ...grants.map(({ environment }) => environment)),
      },
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
    });
    acknowledgeWildcards(role, [
      { resource: logStreams, reason: 'Lambda names the streams of its log group' },
      { resource: '*', reason: 'X-Ray takes segments from anywhere (service authorization reference)' },
      ...grants.flatMap(({ wildcards = [] }) => wildcards),
    ]);
    acknowledge(role, {
      'Serverless-LambdaStarPermissions': 'Each wildcard is acknowledged by itself, with its reason',
    });
    acknowledge(this, expected[kind]);
  }
}

const deadLettersOfItsOwn = {
  'Serverless-LambdaDLQ': 'Its queue has dead letters of its own',
  'Serverless-LambdaEventSourceMappingDestination': 'Its queue has dead letters of its own',
};
/** Where failures of a function go, when not to dead letters of its own. */
const expected: Readonly<Record<FunctionKind, Readonly<Record<string, string>>>> = {
  step: { 'Serverless-LambdaDLQ': 'The state machine waits for the answer, and tries again or catches' },
  api: { 'Serverless-LambdaDLQ': 'Whoever asked is told, and asks again' },
  tool: { 'Serverless-LambdaDLQ': 'An operator waits for its answer' },
  event: {
    'Serverless-LambdaDLQ':
      'Its on-failure destination keeps the event with the reason (lib/events/events.ts)',
  },
  worker: deadLettersOfItsOwn,
  importer: deadLettersOfItsOwn,
};

function roleOf(
  scope: Construct,
  name: string,
  names: ResourceNames,
  statements: readonly PolicyStatement[],
): Role {
  const document = new PolicyDocument({ minimize: true });
  document.addStatements(...statements.map((one) => PolicyStatement.fromJson(one.toJSON())));
  return new Role(scope, `${pascalCase(name)}Role`, {
    roleName: names.of(name),
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    description: `What the function ${name} may do`,
    inlinePolicies: { powers: document },
  });
}

export const pascalCase = (name: string) =>
  name.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
