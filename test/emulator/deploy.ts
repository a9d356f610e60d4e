/**
 * A real deployment, to an emulator of AWS that nobody here wrote: the CDK's own command line, the real template, every
 * function with an event of its kind, the API without and with a token, a schedule that fires, rows in DynamoDB, a second
 * deployment that changes nothing, and the end of it all. Its Step Functions is known to be wrong, so nothing is said of it.
 *
 *   node test/emulator/deploy.ts [folder]     the folder keeps the Python environment between runs
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { ListQueuesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { deployedFunctions } from '#lib/catalogued.ts';
import { type MiniStack, startMiniStack } from './ministack.ts';
import { dayFrom, samplesFor } from './samples.ts';

const root = join(import.meta.dirname, '..', '..');
const region = 'eu-west-3';
const account = '000000000000';
const stack = 'jalon-technicia-emulator';
/** Schedules are looked at every ten seconds there; failed events are tried again first. */
const eventMsMax = 60_000;

const folder = process.argv[2] ?? mkdtempSync(join(tmpdir(), 'jalon-emulator-'));
mkdirSync(folder, { recursive: true });

let steps = 0;
async function step<T>(title: string, run: () => Promise<T> | T): Promise<T> {
  const from = performance.now();
  try {
    const result = await run();
    steps += 1;
    process.stdout.write(`ok   ${((performance.now() - from) / 1000).toFixed(1).padStart(5)} s  ${title}\n`);
    return result;
  } catch (error) {
    process.stdout.write(
      `FAIL          ${title}\n${error instanceof Error ? error.message : String(error)}\n`,
    );
    throw error;
  }
}
function mustBe(held: boolean, said: string): asserts held {
  if (!held) throw new Error(said);
}

const stop = await step('MiniStack starts on 127.0.0.1', () => startMiniStack(folder));
try {
  await deployAndTry(stop);
  process.stdout.write(`${steps} steps, all as they must be\n`);
} catch {
  process.stdout.write(`the emulator's log ends with:\n${stop.log().split('\n').slice(-40).join('\n')}\n`);
  process.exitCode = 1;
} finally {
  await stop.stop();
}

async function deployAndTry({ endpoint }: MiniStack): Promise<void> {
  const environment = {
    ...process.env,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: region,
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CI: 'true',
  };
  const output = join(folder, 'cdk.out');
  const cdk = (cwd: string, ...args: readonly string[]) => {
    try {
      const all = [...args, '--no-notices'];
      return execFileSync('cdk', all, { cwd, env: environment, encoding: 'utf8', stdio: 'pipe' });
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new Error(`${stdout}${stderr}`.split('\n').slice(-30).join('\n'), { cause: error });
    }
  };
  const synthesizing = ['--context', 'stage=emulator', '--output', output];
  const deploy = () =>
    cdk(root, 'deploy', stack, '--require-approval', 'never', '--outputs-file', outputsFile, ...synthesizing);
  const outputsFile = join(folder, 'outputs.json');
  const client = {
    endpoint,
    region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  };
  const lambda = new LambdaClient(client);

  await step('cdk bootstrap', () => cdk(folder, 'bootstrap', `aws://${account}/${region}`));
  await step('cdk deploy', deploy);

  const executionArn = `arn:aws:states:${region}:${account}:execution:${stack}-release:emulated`;
  const samples = samplesFor(dayFrom(Date.now(), 30), executionArn);
  const deployed = deployedFunctions('run-command').map(({ name }) => name);
  await step('there is a sample for every function', () => {
    mustBe(
      deployed.toSorted().join() === Object.keys(samples).toSorted().join(),
      `deployed: ${deployed.join(', ')}`,
    );
  });
  const invoke = async (name: string, event: unknown) => {
    const { Payload, FunctionError: error } = await lambda.send(
      new InvokeCommand({ FunctionName: `${stack}-${name}`, Payload: JSON.stringify(event) }),
    );
    return { text: new TextDecoder().decode(Payload), failed: error !== undefined };
  };
  for (const [name, { event, answers, fails = false, busyWith }] of Object.entries(samples)) {
    await step(`${name} answers`, async () => {
      let { text, failed } = await invoke(name, event);
      if (busyWith !== undefined) {
        mustBe(
          failed && text.includes(busyWith),
          `expected "${busyWith}" at first, not ${text.slice(0, 600)}`,
        );
        ({ text, failed } = await invoke(name, event));
      }
      mustBe(
        text.includes(answers) && failed === fails,
        `expected ${fails ? 'an error' : 'an answer'} with "${answers}", not ${text.slice(0, 600)}`,
      );
    });
  }

  const ledgerOf = async (releaseId: string): Promise<readonly (string | undefined)[]> => {
    const { Items = [] } = await new DynamoDBClient(client).send(
      new QueryCommand({
        TableName: `${stack}-releases`,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': { S: `REL#${releaseId}` }, ':sk': { S: 'EV#' } },
      }),
    );
    return Items.map((item) => item['sk']?.S);
  };
  await step('rows of the release are in DynamoDB, its ledger without gaps', async () => {
    const keys = await ledgerOf('emulated');
    mustBe(keys.length > 10, `${keys.length} entries`);
    const counted = keys.map((_, index) => `EV#${String(index + 1).padStart(8, '0')}`);
    mustBe(keys.join() === counted.join(), `the ledger has gaps: ${keys.join()}`);
  });

  const outputs = (JSON.parse(readFileSync(outputsFile, 'utf8')) as Record<string, Outputs>)[stack];
  mustBe(outputs !== undefined, 'the stack has no outputs');
  const url = apiAt(endpoint, outputs);
  const ask = async (token?: string, path = '', body?: object) => {
    const answer = await fetch(`${url}${path}`, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    return { status: answer.status, text: await answer.text() };
  };
  await step('the API: 401 without a token, 401 with a forged one, 200 with a real one', async () => {
    const token = await tokenOf(endpoint, outputs, 'project-lead');
    const without = await ask();
    mustBe(without.status === 401, `without a token: ${without.status}`);
    const forged = await ask(`${token.slice(0, -6)}AAAAAA`);
    mustBe(forged.status === 401, `with a forged token: ${forged.status}`);
    const list = await ask(token);
    mustBe(list.status === 200 && list.text.includes('"releases"'), `the list: ${list.status} ${list.text}`);
    const one = await ask(token, '/emulated');
    mustBe(one.status === 200 && one.text.includes('"abandoned"'), `one: ${one.status} ${one.text}`);
    const timeline = await ask(token, '/emulated/timeline?after=3');
    mustBe(timeline.text.includes('"seq":4'), `the timeline: ${timeline.status} ${timeline.text}`);
    const ended = await ask(token, '/emulated/pause', { paused: true, reason: 'a try' });
    mustBe(ended.status === 409, `pausing what has ended: ${ended.status} ${ended.text}`);
    const unknown = await ask(token, '/nobody/pause', { paused: true, reason: 'a try' });
    mustBe(unknown.status === 404, `an unknown release: ${unknown.status} ${unknown.text}`);
  });

  await step(
    'a one-time schedule fires into its handler, and a message that was planned is held',
    async () => {
      const second = { releaseId: 'emulated-2', version: '2.0.1', startedBy: 'marie.dupont' };
      const launchDay = dayFrom(Date.now(), 0);
      const { failed, text } = await invoke('admit-release', {
        ...{ contract: 1, executionArn: `${executionArn}-2` },
        input: { ...second, launchDay },
      });
      mustBe(!failed, text);
      const planned = await ledgerOf(second.releaseId);
      const at = new Date(Date.now() + 3000).toISOString().slice(0, 19);
      await new SchedulerClient(client).send(
        new CreateScheduleCommand({
          Name: 'emulated-2.message',
          GroupName: `${stack}-schedules`,
          ScheduleExpression: `at(${at})`,
          FlexibleTimeWindow: { Mode: 'OFF' },
          ActionAfterCompletion: 'DELETE',
          Target: {
            Arn: `arn:aws:lambda:${region}:${account}:function:${stack}-date-reached`,
            RoleArn: `arn:aws:iam::${account}:role/${stack}-scheduler`,
            Input: JSON.stringify({
              ...{ kind: 'message', message: 'pilots-invitation', epoch: 1 },
              releaseId: second.releaseId,
            }),
          },
        }),
      );
      await eventually(
        async () => (await ledgerOf(second.releaseId)).length > planned.length,
        `its ledger still has ${planned.length} entries`,
      );
    },
  );

  await step('an event of unknown shape lies in the dead letters, with the reason', async () => {
    const event = { kind: 'of a shape that nobody knows' };
    await lambda.send(
      new InvokeCommand({
        FunctionName: `${stack}-date-reached`,
        InvocationType: 'Event',
        Payload: JSON.stringify(event),
      }),
    );
    const sqs = new SQSClient(client);
    const { QueueUrls = [] } = await sqs.send(
      new ListQueuesCommand({ QueueNamePrefix: `${stack}-dead-letters` }),
    );
    await eventually(async () => {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: QueueUrls[0] }));
      return Messages.some(
        ({ Body = '' }) => Body.includes('date-reached: kind') && Body.includes(event.kind),
      );
    }, 'nothing came into the dead letters');
  });

  await step('cdk deploy again, bundled and synthesized anew, changes nothing', () => {
    const said = deploy();
    mustBe(/no changes/.test(said), said.slice(-600));
  });
  await step('cdk destroy', () => cdk(folder, 'destroy', stack, '--force', '--app', output));
}

async function eventually(held: () => boolean | Promise<boolean>, otherwise: string): Promise<void> {
  const untilMs = Date.now() + eventMsMax;
  while (!(await held())) {
    mustBe(Date.now() < untilMs, otherwise);
    await sleep(500);
  }
}

/** Outputs of the stack, as the CDK's command line writes them. */
interface Outputs {
  readonly ApiUrl: string;
  readonly UserPoolId: string;
  readonly UserPoolClientId: string;
}

/** The emulator answers for every API under its own address. */
function apiAt(endpoint: string, { ApiUrl }: Outputs): string {
  const [id] = new URL(ApiUrl).hostname.split('.');
  return `${endpoint}/_aws/execute-api/${id}/releases`;
}

/** Of a new user in a group, through Cognito's own protocol (no client of it is needed anywhere else). */
async function tokenOf(
  endpoint: string,
  { UserPoolId, UserPoolClientId }: Outputs,
  role: string,
): Promise<string> {
  const cognito = async (operation: string, body: object): Promise<unknown> => {
    const answer = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
        authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/cognito-idp/aws4_request, SignedHeaders=host, Signature=none`,
      },
      body: JSON.stringify({ UserPoolId, ...body }),
    });
    const text = await answer.text();
    mustBe(answer.ok, `${operation}: ${answer.status} ${text}`);
    return JSON.parse(text);
  };
  const Username = 'marie.dupont';
  const Password = 'Un-mot-de-passe-1';
  await cognito('AdminCreateUser', { Username, MessageAction: 'SUPPRESS', TemporaryPassword: Password });
  await cognito('AdminSetUserPassword', { Username, Password, Permanent: true });
  await cognito('AdminAddUserToGroup', { Username, GroupName: role });
  const { AuthenticationResult } = (await cognito('AdminInitiateAuth', {
    ClientId: UserPoolClientId,
    AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: Username, PASSWORD: Password },
  })) as { AuthenticationResult: { AccessToken: string } };
  return AuthenticationResult.AccessToken;
}
