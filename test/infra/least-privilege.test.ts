/**
 * Each function's role allows what its bundle can send, no more and no less. What it can send is not a list that somebody
 * keeps: it is which commands of the SDK the bundler left in, and what kinds of rows its adapters write.
 */
import { describe, expect, it } from 'vitest';
import { deployedFunctions } from '#lib/catalogued.ts';
import { codeOf, textOf } from '#test/support/sources.ts';
import { type Resource, synthesize } from './synthesized.ts';

const { bundles, resources, stage } = await synthesize();
const deployed = deployedFunctions(stage.scripts.runner);

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
 * Left in by the SDK's own wiring (a paginator that nobody asks for, endpoint discovery that is off): no file of ours
 * names them, and a test of the adapters sees to it for scans.
 */
const neverSent = ['Scan', 'DescribeEndpoints'];

const commandFile = /node_modules\/@aws-sdk\/client-([a-z-]+)\/dist-es\/commands\/(\w+)Command\.js$/;

/** Actions that a bundle can ask AWS for. */
function sendable(name: string): readonly string[] {
  const inputs = Object.values(bundles.metafiles.get(name)?.outputs ?? {}).flatMap((output) =>
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
    // The tables are encrypted with keys of ours.
    ...(actions.some((action) => action.startsWith('dynamodb:')) ? keyUse : []),
    // Asked in Prometheus's own API, signed by hand.
    ...(inputs.includes('functions/adapters/metrics/amazon-prometheus.ts')
      ? ['aps:GetLabels', 'aps:QueryMetrics']
      : []),
  ];
  return [...new Set([...actions, ...implied])].toSorted();
}
const keyUse = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'];

/** Reads are sent through the piece that all adapters share; any other command by the adapter that names it. */
const direct = (code: string, command: string) =>
  ['GetItem', 'Query'].includes(command) || code.includes(command.replace(/Item$/, 'Command'))
    ? [command]
    : [];

/** Of each table's adapters: the read itself, or the kinds of changes in their code (`{ put: …`, `update: …`). */
function onTables(inputs: readonly string[], command: string): readonly string[] {
  const stores = inputs.filter(
    (file) => /^functions\/adapters\/[^/]*\.dynamodb\.ts$/.test(file) && !file.endsWith('/table.dynamodb.ts'),
  );
  const tableOf = (file: string) => (file.endsWith('/waits.dynamodb.ts') ? 'waits' : 'releases');
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
  const consumes = kind === 'worker';
  return [
    ...['logs:CreateLogStream', 'logs:PutLogEvents', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
    ...(consumes ? ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'] : []),
    // Its failures go to the dead letters.
    ...(kind === 'event' ? ['sqs:SendMessage'] : []),
  ];
}

const roles = resources('AWS::IAM::Role');
const policies = Object.values(resources('AWS::IAM::Policy'));
const functions = Object.values(resources('AWS::Lambda::Function'));

const nameOf = ({ Properties }: Resource, key: string) => String(Properties[key]);
const referred = (value: unknown): string =>
  String((value as { Ref?: string }).Ref ?? (value as { 'Fn::GetAtt'?: string[] })['Fn::GetAtt']?.[0]);

function statementsOf(roleId: string): readonly Statement[] {
  const role = roles[roleId];
  if (!role) throw new Error(`no role ${roleId}`);
  const inline = (role.Properties['Policies'] ?? []) as { PolicyDocument: { Statement: Statement[] } }[];
  const attached = policies
    .filter(({ Properties }) => (Properties['Roles'] as unknown[]).some((one) => referred(one) === roleId))
    .map(({ Properties }) => Properties as unknown as { PolicyDocument: { Statement: Statement[] } });
  return [...inline, ...attached].flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

const prefix = `jalon-technicia-${stage.name}-`;
const functionOf = (name: string) => {
  const found = functions.find((one) => nameOf(one, 'FunctionName') === `${prefix}${name}`);
  if (!found) throw new Error(`no function ${name} in the template`);
  return found;
};
const roleIdOf = (name: string) => referred(functionOf(name).Properties['Role']);

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
  'scheduler:ListSchedules',
  'ssm:ListCommandInvocations',
  'ssm:ListCommands',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];

describe.each(deployed)('$name', ({ name, kind }) => {
  const statements = statementsOf(roleIdOf(name));
  const actions = statements.flatMap(({ Action }) => list(Action));

  it('may do exactly what its code can ask for', () => {
    const needed = new Set([...sendable(name), ...serviced(kind)]);
    const allowed = new Set(statements.flatMap(placed));
    expect([...allowed].toSorted()).toEqual([...needed].toSorted());
  });

  it('has no action with a wildcard, and only reads that know no resource on everything', () => {
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
    const wide = statements.filter(({ Resource }) => list(Resource).includes('*'));
    expect(onEverything).toEqual(expect.arrayContaining(wide.flatMap(({ Action }) => list(Action))));
  });
});

describe('roles', () => {
  it('are one per function', () => {
    const used = deployed.map(({ name }) => roleIdOf(name));
    expect(new Set(used).size).toBe(used.length);
    expect(functions).toHaveLength(deployed.length);
  });

  it('of machines may call the steps of their plan and no other function', () => {
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
    const every = Object.keys(roles).flatMap((id) => statementsOf(id).flatMap(({ Action }) => list(Action)));
    expect(every.length).toBeGreaterThan(100);
    expect(every.filter((action) => action.includes('*'))).toEqual([]);
  });
});
