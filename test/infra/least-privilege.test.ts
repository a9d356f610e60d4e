/**
 * Each function's role allows what its bundle can send, no more and no less, whoever runs the scripts. What it can send is not
 * a list that somebody keeps: it is which commands of the SDK the bundler left in, and what kinds of rows its adapters write.
 */
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { bundle } from '#lib/bundles.ts';
import { type Deployed, deployedFunctions } from '#lib/deployed-functions.ts';
import { loadPlan } from '#plans/plan-file.ts';
import { codeOf, textOf } from '#test/support/sources.ts';
import { folderForNow, otherRunners, type Resource, type Synthesized, synthesize } from './synthesized.ts';

const runCommand = await synthesize();
const codeDeploy = await synthesize({ scripts: otherRunners.codedeploy }, { bundled: false });
const webhook = await synthesize({ scripts: otherRunners.webhook }, { bundled: false });

/** Only what a runner changes is bundled anew: the other functions are the same text, and so the same bundle. */
const ofRunner = (one: Deployed) =>
  one.needs.some((power) => power === 'scripts' || power === 'runs') ||
  !runCommand.bundles.metafiles.has(one.name);
const changed = Object.fromEntries(
  await Promise.all(
    [codeDeploy, webhook].map(async ({ stage }) => {
      const { plan, scripts } = stage;
      const functions = deployedFunctions(scripts.runner).filter(ofRunner);
      const into = join(folderForNow(), 'bundles');
      return [scripts.runner, await bundle(loadPlan(plan), stage, into, functions)] as const;
    }),
  ),
);
const bundled = (runner: string, name: string) =>
  changed[runner]?.metafiles.get(name) ?? runCommand.bundles.metafiles.get(name);

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Effect: string;
  readonly Condition?: unknown;
}
const list = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);

/** IAM's prefix for a client of the SDK. */
const prefixes: Readonly<Record<string, string>> = {
  appconfig: 'appconfig',
  'application-signals': 'application-signals',
  cloudwatch: 'cloudwatch',
  codedeploy: 'codedeploy',
  dynamodb: 'dynamodb',
  lambda: 'lambda',
  s3: 's3',
  scheduler: 'scheduler',
  'secrets-manager': 'secretsmanager',
  ses: 'ses',
  sfn: 'states',
  sqs: 'sqs',
  ssm: 'ssm',
};
/** A transaction needs the permission of each kind of change in it (DynamoDB, "IAM and transactions"). */
const changes = { put: 'PutItem', update: 'UpdateItem', remove: 'DeleteItem', check: 'ConditionCheckItem' };

/**
 * Left in by the SDK's own wiring (a paginator that nobody asks for, endpoint discovery that is off, sessions of S3's express buckets): no file of ours
 * names them, and a test of the adapters sees to it for scans.
 */
const neverSent = ['Scan', 'DescribeEndpoints', 'CreateSession'];

const commandFile = /node_modules\/@aws-sdk\/client-([a-z0-9-]+)\/dist-es\/commands\/(\w+)Command\.js$/;

/** Actions that a bundle can ask AWS for. Throws Error for a function that was not bundled. */
function sendable(metafile: Metafile | undefined): readonly string[] {
  if (metafile === undefined) throw new Error('there is no bundle to look into');
  const inputs = Object.values(metafile.outputs).flatMap((output) =>
    Object.entries(output.inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([file]) => file),
  );
  const actions = inputs.flatMap((file): readonly string[] => {
    const [, client = '', command = ''] = commandFile.exec(file) ?? [];
    if (command === '' || neverSent.includes(command)) return [];
    const prefix = prefixes[client];
    if (prefix === undefined) throw new Error(`client-${client} has no IAM prefix in this test`);
    if (client === 'dynamodb') return onTables(inputs, command);
    if (command === 'SendMessageBatch') return ['sqs:SendMessage'];
    if (command === 'Invoke') return ['lambda:InvokeFunction'];
    return [`${prefix}:${command}`];
  });
  const implied = [
    // Creating a schedule hands Scheduler its role.
    ...(actions.includes('scheduler:CreateSchedule') ? ['iam:PassRole'] : []),
    // CreateDeployment is known to ask for these by itself.
    ...(actions.includes('codedeploy:CreateDeployment') ? askedByCreateDeployment : []),
    // The tables are encrypted with keys of ours.
    ...(actions.some((action) => action.startsWith('dynamodb:')) ? keyUse : []),
    // Asked in Prometheus's own API, signed by hand.
    ...(inputs.includes('functions/adapters/metrics/amazon-prometheus.ts')
      ? ['aps:GetLabels', 'aps:QueryMetrics']
      : []),
  ];
  return [...new Set([...actions, ...implied])].toSorted();
}
const askedByCreateDeployment = [
  'codedeploy:GetApplicationRevision',
  'codedeploy:GetDeploymentConfig',
  'codedeploy:RegisterApplicationRevision',
];
const keyUse = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'];

/** Reads are sent through the piece that all adapters share; any other command by the adapter that names it. */
const direct = (code: string, command: string) =>
  ['GetItem', 'Query'].includes(command) ||
  (command === 'BatchGetItem' && /\breadAll\(/.test(code)) ||
  code.includes(command.replace(/Item$/, 'Command'))
    ? [command]
    : [];

/** Of each table's adapters: the read itself, or the kinds of changes in their code (`{ put: …`, `update: …`). */
function onTables(inputs: readonly string[], command: string): readonly string[] {
  const stores = inputs.filter(
    // What all stores share writes to no table by itself.
    (file) => /^functions\/adapters\/dynamodb\//.test(file) && !/\/table(-keys)?\.ts$/.test(file),
  );
  const tableOf = (file: string) => (file.endsWith('dynamodb/waits.ts') ? 'waits' : 'releases');
  return [...new Set(stores.map(tableOf))].flatMap((table) => {
    const code = stores
      .filter((file) => tableOf(file) === table)
      .map((file) => codeOf(textOf(file)))
      .join('\n');
    const kinds = Object.entries(changes).filter(([kind]) => new RegExp(`\\b${kind}:`).test(code));
    const sent = command === 'TransactWriteItems' ? kinds.map(([, action]) => action) : direct(code, command);
    return sent.map((action) => `dynamodb:${action} on ${table}`);
  });
}

/** What a function needs to be called and observed, whatever its code does. */
function serviced(kind: string): readonly string[] {
  const consumes = kind === 'worker' || kind === 'importer';
  return [
    ...['logs:CreateLogStream', 'logs:PutLogEvents', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
    ...(consumes ? ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'] : []),
    // Its failures go to the dead letters.
    ...(kind === 'event' ? ['sqs:SendMessage'] : []),
  ];
}

const nameOf = ({ Properties }: Resource, key: string) => String(Properties[key]);
const referred = (value: unknown): string =>
  String((value as { Ref?: string }).Ref ?? (value as { 'Fn::GetAtt'?: string[] })['Fn::GetAtt']?.[0]);

/** What a stage's template lets whom do. */
function permissionsIn({ resources, stage }: Synthesized) {
  const roles = resources('AWS::IAM::Role');
  const policies = Object.values(resources('AWS::IAM::Policy'));
  const functions = Object.values(resources('AWS::Lambda::Function'));
  const prefix = `jalon-technicia-${stage.name}-`;

  function statementsOf(roleId: string): readonly Statement[] {
    const role = roles[roleId];
    if (!role) throw new Error(`no role ${roleId}`);
    const inline = (role.Properties['Policies'] ?? []) as { PolicyDocument: { Statement: Statement[] } }[];
    const attached = policies
      .filter(({ Properties }) => (Properties['Roles'] as unknown[]).some((one) => referred(one) === roleId))
      .map(({ Properties }) => Properties as unknown as { PolicyDocument: { Statement: Statement[] } });
    return [...inline, ...attached].flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
  }
  function roleIdOf(name: string): string {
    const found = functions.find((one) => nameOf(one, 'FunctionName') === `${prefix}${name}`);
    if (!found) throw new Error(`no function ${name} in the template`);
    return referred(found.Properties['Role']);
  }
  return { roles, functions, prefix, statementsOf, roleIdOf };
}

/** A statement's actions; those on rows with the table that they are on. */
const placed = ({ Action, Resource }: Statement): readonly string[] =>
  list(Action).flatMap((action) => {
    if (!action.startsWith('dynamodb:')) return [action];
    const on = JSON.stringify(Resource);
    const tables = (['Releases', 'Waits'] as const).filter((table) => on.includes(`Storage${table}`));
    return tables.map((table) => `${action} on ${table.toLowerCase()}`);
  });

/** AWS knows no resource for these (service authorization reference). */
const onEverything = [
  'cloudwatch:GetMetricData',
  'codedeploy:BatchGetDeploymentTargets',
  'codedeploy:ListDeploymentTargets',
  'scheduler:ListSchedules',
  'ses:GetSendQuota',
  'ssm:ListCommandInvocations',
  'ssm:ListCommands',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];

describe.each<readonly [string, Synthesized]>([
  ['run-command', runCommand],
  ['codedeploy', codeDeploy],
  ['webhook', webhook],
])('scripts run by %s', (_, synthesized) => {
  const { runner } = synthesized.stage.scripts;
  const deployed = deployedFunctions(runner);
  const { roles, functions, prefix, statementsOf, roleIdOf } = permissionsIn(synthesized);
  const everyAction = Object.keys(roles).flatMap((id) =>
    statementsOf(id).flatMap(({ Action }) => list(Action)),
  );

  it.each(deployed)('$name may do exactly what its code can ask for', ({ name, kind }) => {
    const needed = new Set([...sendable(bundled(runner, name)), ...serviced(kind)]);
    const allowed = new Set(statementsOf(roleIdOf(name)).flatMap(placed));
    expect([...allowed].toSorted()).toEqual([...needed].toSorted());
  });

  it.each(deployed)('$name has only reads that know no resource on everything', ({ name }) => {
    const wide = statementsOf(roleIdOf(name)).filter(({ Resource }) => list(Resource).includes('*'));
    expect(onEverything).toEqual(expect.arrayContaining(wide.flatMap(({ Action }) => list(Action))));
  });

  it('each function has a role of its own', () => {
    const used = deployed.map(({ name }) => roleIdOf(name));
    expect(new Set(used).size).toBe(used.length);
    expect(functions).toHaveLength(deployed.length);
  });

  it('machines may call the steps of their plan and no other function', () => {
    for (const machine of ['release', 'escalation']) {
      const [id = ''] = Object.entries(roles).find(
        ([, role]) => nameOf(role, 'RoleName') === `${prefix}${machine}`,
      ) ?? [''];
      const invoked = statementsOf(id).filter(({ Action }) => list(Action).includes('lambda:InvokeFunction'));
      const names = JSON.stringify(invoked).match(/function:[\w-]+/g) ?? [];
      const steps = deployed.filter(({ kind }) => kind === 'step').map(({ name }) => `${prefix}${name}`);
      expect(names.length).toBeGreaterThan(0);
      expect(steps).toEqual(expect.arrayContaining(names.map((one) => one.slice('function:'.length))));
    }
  });

  it('no policy anywhere has an action with a wildcard', () => {
    expect(everyAction.length).toBeGreaterThan(100);
    expect(everyAction.filter((action) => action.includes('*'))).toEqual([]);
  });
});
