/** What operators rely on, in the template as CloudFormation gets it: what is kept, what is tried again, who is let in. */
import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { deployedFunctions, eventFunctions } from '#lib/deployed-functions.ts';
import { loadPlan } from '#plans/plan-file.ts';
import { escalationMachine } from '#statemachines/escalation.ts';
import { releaseMachine } from '#statemachines/release.ts';
import { alarmMetrics } from '../../bench/cost/assumptions.ts';
import { otherRunners, type Resource, synthesize } from './synthesized.ts';

const { stage, template, resources } = await synthesize({}, { bundled: false });
const plan = loadPlan(stage.plan);
const prefix = `jalon-${plan.product}-${stage.name}`;

type Tree = Readonly<Record<string, unknown>>;
const listOf = (type: string): readonly Resource[] => Object.values(resources(type));
const named = (type: string) => Object.entries(resources(type));
const in_ = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((found, key) => (found as Record<string | number, unknown> | undefined)?.[key], value);
/** The logical id that a Ref or GetAtt leads to. */
const target = (value: unknown): string => String(in_(value, 'Ref') ?? in_(value, 'Fn::GetAtt', 0));
const kept = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };

describe('tables', () => {
  it('are two, can be restored, cannot be deleted, and outlive the stack', () => {
    expect(listOf('AWS::DynamoDB::Table').map(({ Properties }) => Properties['TableName'])).toEqual([
      `${prefix}-releases`,
      `${prefix}-waits`,
    ]);
    for (const table of listOf('AWS::DynamoDB::Table')) {
      expect(table).toMatchObject({
        ...kept,
        Properties: {
          BillingMode: 'PAY_PER_REQUEST',
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
          SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
        },
      });
    }
  });

  it('have each a key of their own, which is rotated and kept', () => {
    const keys = listOf('AWS::DynamoDB::Table').map(({ Properties }) =>
      target(in_(Properties, 'SSESpecification', 'KMSMasterKeyId')),
    );
    expect(new Set(keys).size).toBe(2);
    for (const key of keys) {
      expect(resources('AWS::KMS::Key')[key]).toMatchObject({
        ...kept,
        Properties: { EnableKeyRotation: true, PendingWindowInDays: 30 },
      });
    }
  });

  it('of a stage that keeps nothing go with it', async () => {
    const trial = await synthesize({ keepsData: false }, { bundled: false });
    for (const type of ['AWS::DynamoDB::Table', 'AWS::KMS::Key', 'AWS::Cognito::UserPool'])
      for (const { DeletionPolicy } of Object.values(trial.resources(type)))
        expect(DeletionPolicy).toBe('Delete');
  });
});

/** The text of a definition, with the account and the region filled in. */
const filled = (value: unknown): string => {
  if (typeof value === 'string') return value;
  const join = in_(value, 'Fn::Join', 1);
  if (Array.isArray(join)) return join.map(filled).join('');
  const known: Tree = {
    'AWS::Partition': 'aws',
    'AWS::AccountId': '123456789012',
    'AWS::Region': stage.region,
  };
  const found = known[String(in_(value, 'Ref'))];
  if (found === undefined) throw new Error(`what is ${JSON.stringify(value)}?`);
  return String(found);
};
const arnOf = (step: string) => `arn:aws:lambda:${stage.region}:123456789012:function:${prefix}-${step}`;

describe.each([
  ['release', releaseMachine],
  ['escalation', escalationMachine],
] as const)('the %s machine', (name, generate) => {
  const [id, machine] =
    named('AWS::StepFunctions::StateMachine').find(
      ([, { Properties }]) => Properties['StateMachineName'] === `${prefix}-${name}`,
    ) ?? ([] as const);

  it('keeps its name, runs for months, outlives the stack, and logs no execution data', () => {
    expect(machine).toMatchObject({
      ...kept,
      Properties: {
        StateMachineType: 'STANDARD',
        LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
        TracingConfiguration: { Enabled: true },
      },
    });
  });

  it('is the one that statemachines/ generates from the plan, and valid', () => {
    const definition = JSON.parse(filled(machine?.Properties['DefinitionString'])) as unknown;
    expect(definition).toEqual(JSON.parse(JSON.stringify(generate(plan, arnOf))));
    const { isValid, errorsText } = validate(definition);
    expect(isValid, isValid ? '' : errorsText('\n')).toBe(true);
  });

  it('is started through the alias live, whose version is kept', () => {
    const versions = named('AWS::StepFunctions::StateMachineVersion').filter(
      ([, { Properties }]) => target(Properties['StateMachineArn']) === id,
    );
    expect(versions).toHaveLength(1);
    const [version = '', resource] = versions[0] ?? [];
    expect(resource).toMatchObject(kept);
    const aliases = listOf('AWS::StepFunctions::StateMachineAlias').filter(
      ({ Properties }) =>
        target(in_(Properties, 'RoutingConfiguration', 0, 'StateMachineVersionArn')) === version,
    );
    expect(
      aliases.map(({ Properties }) => [
        Properties['Name'],
        in_(Properties, 'RoutingConfiguration', 0, 'Weight'),
      ]),
    ).toEqual([['live', 100]]);
  });

  it('calls functions that are deployed and no other', () => {
    const text = filled(machine?.Properties['DefinitionString']);
    const called = [...new Set([...text.matchAll(/:function:([\w-]+)/g)].map(([, called]) => called ?? ''))];
    const deployed = deployedFunctions(stage.scripts.runner).map(({ name: one }) => `${prefix}-${one}`);
    expect(called.length).toBeGreaterThan(0);
    expect(called.filter((one) => !deployed.includes(one))).toEqual([]);
  });
});

describe('functions', () => {
  const functions = listOf('AWS::Lambda::Function');

  it('are those of the catalogue, each under its name', () => {
    const names = deployedFunctions(stage.scripts.runner).map(({ name }) => `${prefix}-${name}`);
    expect(functions.map(({ Properties }) => Properties['FunctionName']).toSorted()).toEqual(
      names.toSorted(),
    );
  });

  it.each(functions.map(({ Properties }) => [String(Properties['FunctionName']), Properties] as const))(
    '%s: Node 24 on Graviton, logs in JSON, traced',
    (_, properties) => {
      expect(properties).toMatchObject({
        Architectures: ['arm64'],
        Runtime: 'nodejs24.x',
        LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: expect.any(String) } },
        TracingConfig: { Mode: 'Active' },
      });
      const longest = String(properties['FunctionName']).endsWith('-import-audience') ? 900 : 120;
      expect(properties['Timeout']).toBeLessThanOrEqual(longest);
    },
  );

  it('behind the API answer before the gateway gives up', () => {
    const apis = functions.filter(({ Properties }) => /-api$/.test(String(Properties['FunctionName'])));
    expect(apis.map(({ Properties }) => Properties['Timeout'])).toEqual([28, 28, 28, 28, 28]);
  });

  it('of events are tried again so often, then what they were told is kept', () => {
    const ends = listOf('AWS::Lambda::EventInvokeConfig').map(({ Properties }) => {
      const name = String(resources()[target(Properties['FunctionName'])]?.Properties['FunctionName']);
      expect(Properties['MaximumEventAgeInSeconds']).toBe(21_600);
      expect(queueOf(in_(Properties, 'DestinationConfig', 'OnFailure', 'Destination'))).toBe('dead-letters');
      return [name.slice(prefix.length + 1), Properties['MaximumRetryAttempts']];
    });
    expect(Object.fromEntries(ends)).toEqual(
      Object.fromEntries(eventFunctions.map((name) => [name, name === 'tick' ? 0 : 2])),
    );
  });

  it('of queues say which messages failed', () => {
    const mappings = listOf('AWS::Lambda::EventSourceMapping');
    expect(mappings.map(({ Properties }) => queueOf(Properties['EventSourceArn'])).toSorted()).toEqual([
      'mail-events',
      'mail-jobs',
      'uploads',
    ]);
    for (const { Properties } of mappings)
      expect(Properties['FunctionResponseTypes']).toEqual(['ReportBatchItemFailures']);
  });
});

const queueOf = (reference: unknown) =>
  String(resources('AWS::SQS::Queue')[target(reference)]?.Properties['QueueName']).slice(prefix.length + 1);

describe('outputs', () => {
  it('say what people need to sign in, to ask, to import users and to prepare servers', () => {
    const outputs = template.toJSON()['Outputs'] as Readonly<Record<string, { readonly Value: unknown }>>;
    expect(Object.keys(outputs).toSorted()).toEqual([
      'ApiUrl',
      'ScriptOutputBucket',
      'UploadsBucket',
      'UserPoolClientId',
      'UserPoolId',
    ]);
    expect(resources()[target(outputs['ScriptOutputBucket']?.Value)]?.Type).toBe('AWS::S3::Bucket');
  });
});

describe('queues', () => {
  const queues = named('AWS::SQS::Queue');

  it.each(queues.map(([id, { Properties }]) => [String(Properties['QueueName']), id, Properties] as const))(
    '%s: encrypted, TLS only, two weeks, and dead letters unless it is the end',
    (name, id, properties) => {
      expect(properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 });
      const policies = listOf('AWS::SQS::QueuePolicy').filter(({ Properties }) =>
        (Properties['Queues'] as readonly unknown[]).some((one) => target(one) === id),
      );
      const statements = policies.flatMap(
        ({ Properties }) => in_(Properties, 'PolicyDocument', 'Statement') as readonly Tree[],
      );
      expect(statements).toContainEqual(
        expect.objectContaining({
          Effect: 'Deny',
          Action: 'sqs:*',
          Principal: { AWS: '*' },
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      );
      const dead = in_(properties, 'RedrivePolicy', 'deadLetterTargetArn');
      if (/dead(-letters)?$/.test(name)) expect(dead).toBeUndefined();
      else expect(`${prefix}-${queueOf(dead)}`).toBe(`${name}-dead`);
    },
  );
});

describe('what wakes a release up', () => {
  it('keeps what it could not deliver', () => {
    const rules = listOf('AWS::Events::Rule');
    expect(rules.length).toBeGreaterThanOrEqual(4);
    for (const { Properties } of rules) {
      const targets = Properties['Targets'] as readonly Tree[];
      expect(targets).toHaveLength(1);
      for (const one of targets) expect(queueOf(in_(one, 'DeadLetterConfig', 'Arn'))).toBe('dead-letters');
      expect(Properties['State']).toBe('ENABLED');
    }
    for (const { Properties } of listOf('AWS::Scheduler::Schedule'))
      expect(queueOf(in_(Properties, 'Target', 'DeadLetterConfig', 'Arn'))).toBe('dead-letters');
  });
});

describe('alarms', () => {
  const alarms = listOf('AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
  interface Looked {
    readonly MetricStat?: { readonly Metric: Tree };
  }
  const looksOf = ({ Metrics: metrics }: Tree): readonly Looked[] =>
    (metrics as readonly Looked[] | undefined) ?? [];
  const metricsOf = (alarm: Tree) =>
    looksOf(alarm).flatMap(({ MetricStat: one }) => (one ? [one.Metric] : []));

  it('see every function that Lambda gives up, whatever its log says, ten in an alarm', () => {
    const parts = alarms.filter(({ AlarmName: name }) => String(name).includes('functions-broken'));
    for (const part of parts) expect(metricsOf(part).length).toBeLessThanOrEqual(10);
    const watched = parts.flatMap(metricsOf).map((metric) => {
      expect(metric).toMatchObject({ Namespace: 'AWS/Lambda', MetricName: 'Errors' });
      return target(in_(metric, 'Dimensions', 0, 'Value'));
    });
    expect(watched.toSorted()).toEqual(Object.keys(resources('AWS::Lambda::Function')).toSorted());
  });

  it('do not ring for an abort: what stopped an execution is told by the handler that knows the ledger', () => {
    const stopped = alarms.find(({ AlarmName: name }) => name === `${prefix}-release-stopped`);
    expect(stopped).toMatchObject({ Namespace: prefix, MetricName: 'EXECUTION_STOPPED' });
    const filters = listOf('AWS::Logs::MetricFilter').map(({ Properties }) => Properties['FilterPattern']);
    expect(filters).toContain('{ $.message.code = "EXECUTION_STOPPED" }');
  });

  it('look at as many metrics as the cost model pays for', () => {
    const looked = alarms.map((alarm) => Math.max(1, metricsOf(alarm).length));
    expect(looked.reduce((sum, one) => sum + one, 0)).toBe(alarmMetrics);
  });
});

describe('the API', () => {
  const keysOf = (routes: readonly Resource[]) =>
    routes.map(({ Properties }) => String(Properties['RouteKey'])).toSorted();

  it('lets nobody in without a token', () => {
    const routes = listOf('AWS::ApiGatewayV2::Route');
    const open = routes.filter(({ Properties }) => Properties['AuthorizationType'] === 'NONE');
    // A link in a mail is signed; its reader has no account.
    expect(keysOf(open)).toEqual(['GET /p', 'GET /s', 'GET /u', 'POST /p', 'POST /s', 'POST /u']);
    const closed = routes.filter((route) => !open.includes(route));
    expect(keysOf(closed)).toEqual([
      'ANY /{proxy+}',
      'GET /releases/{releaseId}/phases/{phase}/gate',
      'POST /audience/person/erase',
      'POST /releases',
      'POST /releases/{releaseId}/access/withdraw',
      'POST /releases/{releaseId}/incidents',
      'POST /releases/{releaseId}/incidents/{proxy+}',
      'POST /releases/{releaseId}/phases/{proxy+}',
      'POST /releases/{releaseId}/{proxy+}',
    ]);
    for (const { Properties } of closed) {
      expect(Properties['AuthorizationType']).toBe('JWT');
      expect(resources()[target(Properties['AuthorizerId'])]?.Properties).toMatchObject({
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
      });
    }
  });

  it('but a pipeline behind a webhook, whose signature is the proof', async () => {
    const webhook = await synthesize({ scripts: otherRunners.webhook }, { bundled: false });
    const routes = Object.values(webhook.resources('AWS::ApiGatewayV2::Route'));
    const open = routes.filter(({ Properties }) => Properties['AuthorizationType'] !== 'JWT');
    expect(keysOf(open)).toContain('POST /callbacks/scripts');
    expect(new Set(open.map(({ Properties }) => Properties['AuthorizationType']))).toEqual(new Set(['NONE']));
    expect(routes).toHaveLength(16);
  });

  it('limits every route without a token by itself, below what the team has', async () => {
    const webhook = await synthesize({ scripts: otherRunners.webhook }, { bundled: false });
    const routes = Object.values(webhook.resources('AWS::ApiGatewayV2::Route'));
    const open = routes.filter(({ Properties }) => Properties['AuthorizationType'] === 'NONE');
    const [stage] = Object.values(webhook.resources('AWS::ApiGatewayV2::Stage'));
    const limits = stage?.Properties['RouteSettings'] as Record<string, unknown>;
    expect(Object.keys(limits).toSorted()).toEqual(keysOf(open));
    for (const limit of Object.values(limits))
      expect(limit).toEqual({ ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 });
  });

  it('has one group of people per role of the plan', () => {
    const groups = listOf('AWS::Cognito::UserPoolGroup').map(({ Properties }) => Properties['GroupName']);
    expect(groups.toSorted()).toEqual(Object.keys(plan.roles).toSorted());
  });

  it('lets only an administrator add people, who need a second factor', () => {
    expect(listOf('AWS::Cognito::UserPool')).toEqual([
      expect.objectContaining({
        ...kept,
        Properties: expect.objectContaining({
          AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
          MfaConfiguration: 'ON',
          DeletionProtection: 'ACTIVE',
        }),
      }),
    ]);
  });
});
