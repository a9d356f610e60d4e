/**
 * A real deployment, to an emulator of AWS that nobody here wrote: the CDK's own command line, the real template, every
 * function with an event of its kind, the API without and with a token, a schedule that fires and the mail that leaves for
 * it, rows in DynamoDB, dead letters, a second deployment that changes nothing, and the end of it all. Its Step Functions is
 * known to be wrong, so nothing is said of it.
 *
 *   node test/emulator/deploy.ts [folder]     the folder keeps the Python environment between runs
 *
 * Without one, a folder of its own is removed at the end, unless something failed.
 */

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  GetQueueUrlCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { linkFor } from '#domain/mailing/links.ts';
import { DynamoAudienceStore } from '#functions/adapters/dynamodb/audience.ts';
import { documentClient } from '#functions/adapters/dynamodb/table.ts';
import { recipientKey } from '#functions/adapters/dynamodb/table-keys.ts';
import { hmacLinks } from '#functions/adapters/links/links.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import { personOf } from '#test/support/hashed.ts';
import { haveOrEnd } from '#test/support/needed.ts';
import { mailsOf, rulesOf, tokenOf } from './aws.ts';
import { environmentOf, type MiniStack, miniStackNeeds, startMiniStack } from './ministack.ts';
import { dayFrom, eventsOfRules, mailDelivered, type Sample, samplesFor } from './samples.ts';

const root = join(import.meta.dirname, '..', '..');
const region = 'eu-west-3';
const account = '000000000000';
const product = 'technicia';
const stack = `jalon-${product}-emulator`;
/** Schedules are looked at every ten seconds there; failed events are tried again first. */
const eventMsMax = 300_000;
/** Of one command of the CDK. */
const outputBytesMax = 64 * 1024 * 1024;

haveOrEnd(miniStackNeeds);
const kept = process.argv[2];
const folder = kept === undefined ? mkdtempSync(join(tmpdir(), 'jalon-emulator-')) : resolve(kept);
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

const emulator = await step('MiniStack starts on 127.0.0.1', () => startMiniStack(folder));
try {
  await deployAndTry(emulator);
  process.stdout.write(`${steps} steps, all as they must be\n`);
} catch {
  const end = emulator.log().split('\n').slice(-40).join('\n');
  process.stdout.write(`the emulator's log, in ${folder}, ends with:\n${end}\n`);
  process.exitCode = 1;
} finally {
  await emulator.stop();
}
if (kept === undefined && process.exitCode === undefined) rmSync(folder, { recursive: true });

async function deployAndTry({ endpoint }: MiniStack): Promise<void> {
  const environment = {
    ...environmentOf(folder),
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: region,
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CI: 'true',
  };
  const output = join(folder, 'cdk.out');
  const cdk = async (cwd: string, ...args: readonly string[]): Promise<string> => {
    try {
      const command = join(root, 'node_modules', '.bin', 'cdk');
      const options = { cwd, env: environment, maxBuffer: outputBytesMax };
      const { stdout, stderr } = await promisify(execFile)(command, [...args, '--no-notices'], options);
      return `${stdout}${stderr}`;
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
  const emulated = { endpoint, region };
  const lambda = new LambdaClient(client);
  const sqs = new SQSClient(client);
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  const releases = {
    client: documentClient(new DynamoDBClient(client)),
    table: `${stack}-releases`,
  };
  const functionNames = async () => {
    const names: string[] = [];
    for await (const { Functions = [] } of paginateListFunctions({ client: lambda }, {}))
      for (const { FunctionName = '' } of Functions) names.push(FunctionName);
    return names;
  };

  await step('cdk bootstrap', () => cdk(folder, 'bootstrap', `aws://${account}/${region}`));
  await step('cdk deploy', deploy);

  const outputs = (JSON.parse(readFileSync(outputsFile, 'utf8')) as Record<string, Outputs>)[stack];
  mustBe(outputs !== undefined, 'the stack has no outputs');
  const deployment = { stack, region, account, uploads: outputs.UploadsBucket };
  const executionArn = `arn:aws:states:${region}:${account}:execution:${stack}-release:emulated`;
  const samples = samplesFor(dayFrom(Date.now(), 30), deployment);
  await step('there is a sample for every function that was deployed', async () => {
    const deployed = await functionNames();
    const expected = Object.keys(samples).map((name) => `${stack}-${name}`);
    mustBe(deployed.toSorted().join() === expected.toSorted().join(), `deployed: ${deployed.join(', ')}`);
  });
  await step('every rule lets its own events through, and no others', async () => {
    const rules = await rulesOf(emulated, stack);
    const events = Object.entries(eventsOfRules(deployment));
    mustBe(rules.length === events.length, `rules: ${rules.map(({ name }) => name).join(', ')}`);
    for (const { name, matches } of rules)
      for (const [rule, event] of events)
        mustBe((await matches(event)) === (name === `${stack}-${rule}`), `${name}: event for ${rule}`);
  });
  const invoke = async (name: string, event: unknown) => {
    const {
      Payload,
      LogResult = '',
      FunctionError: error,
    } = await lambda.send(
      new InvokeCommand({
        FunctionName: `${stack}-${name}`,
        Payload: JSON.stringify(event),
        LogType: 'Tail',
      }),
    );
    return {
      text: new TextDecoder().decode(Payload),
      failed: error !== undefined,
      logged: Buffer.from(LogResult, 'base64').toString(),
    };
  };
  const mustAnswer = async (name: string, event: unknown, expected: Sample['answers']) => {
    const { text, failed, logged } = await invoke(name, event);
    const held =
      typeof expected === 'string'
        ? !failed && text.includes(expected)
        : failed && logged.includes(`${expected.refusal} {`);
    mustBe(held, `expected ${JSON.stringify(expected)}, not ${text.slice(0, 600)}\n${logged}`);
  };
  for (const [name, { event, answers, first }] of Object.entries(samples)) {
    await step(`${name} answers`, async () => {
      if (first !== undefined) await mustAnswer(name, event, first);
      await mustAnswer(name, event, answers);
    });
  }

  const ledgerOf = async (releaseId: string) => {
    const { Items = [] } = await releases.client.send(
      new QueryCommand({
        TableName: releases.table,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': `REL#${releaseId}`, ':sk': 'EV#' },
      }),
    );
    return Items.map(({ sk, actor, fact }) => ({
      key: String(sk),
      actor: String(actor),
      fact: fact as { readonly type: string },
    }));
  };
  const mailTo = async (campaign: string, userId: string): Promise<unknown> => {
    const Key = recipientKey(campaign, personOf(userId));
    const { Item } = await releases.client.send(new GetCommand({ TableName: releases.table, Key }));
    return Item?.['status'];
  };
  await step('rows of the release are in DynamoDB, its ledger without gaps', async () => {
    const keys = (await ledgerOf('emulated')).map(({ key }) => key);
    mustBe(keys.length > 10, `${keys.length} entries`);
    const counted = keys.map((_, index) => `EV#${String(index + 1).padStart(8, '0')}`);
    mustBe(keys.join() === counted.join(), `the ledger has gaps: ${keys.join()}`);
    const status = await mailTo('emulated.sample', 'pilot-1');
    mustBe(status === 'delivered', `the mail of the samples: ${String(status)}`);
  });

  const url = apiAt(endpoint, outputs);
  const ask = async (token?: string, path = '', body?: object) => {
    const answer = await fetch(`${url}${path}`, {
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    return { status: answer.status, text: await answer.text() };
  };
  const leadToken = await step(
    'the API: 401 without a token, 401 with a forged one, 200 with a real one',
    async () => {
      const token = await tokenOf(emulated, outputs, 'project-lead');
      const without = await ask();
      mustBe(without.status === 401, `without a token: ${without.status}`);
      const forged = await ask(`${token.slice(0, -6)}AAAAAA`);
      mustBe(forged.status === 401, `with a forged token: ${forged.status}`);
      const list = await ask(token);
      mustBe(
        list.status === 200 && list.text.includes('"releases"'),
        `the list: ${list.status} ${list.text}`,
      );
      const one = await ask(token, '/emulated');
      mustBe(one.status === 200 && one.text.includes('"abandoned"'), `one: ${one.status} ${one.text}`);
      const timeline = await ask(token, '/emulated/timeline?after=3');
      mustBe(timeline.text.includes('"seq":4'), `the timeline: ${timeline.status} ${timeline.text}`);
      const ended = await ask(token, '/emulated/pause', { reason: 'a try' });
      mustBe(ended.status === 409, `pausing what has ended: ${ended.status} ${ended.text}`);
      // Access that is still growing is stopped first, and the person is told to ask again.
      const withdraw = () => ask(token, '/emulated/access/withdraw', { reason: 'a try' });
      const stopped = await withdraw();
      mustBe(stopped.status === 503, `withdrawing what is growing: ${stopped.status} ${stopped.text}`);
      const withdrawn = await withdraw();
      mustBe(withdrawn.status === 200, `withdrawing access: ${withdrawn.status} ${withdrawn.text}`);
      const after = await ask(token, '/emulated');
      mustBe(after.text.includes('"exposure":0'), `afterwards: ${after.status} ${after.text}`);
      const wrong = await ask(token, '/emulated/timeline', {});
      mustBe(wrong.status === 405, `a method that is not there: ${wrong.status} ${wrong.text}`);
      const past = await ask(token, '?state=ended');
      mustBe(past.text.includes('"emulated"'), `releases that have ended: ${past.status} ${past.text}`);
      const headers = { authorization: `Bearer ${token}` };
      const described = await fetch(url.replace(/releases$/, 'openapi.json'), { headers });
      mustBe(described.status === 200, `its description: ${described.status} ${await described.text()}`);
      const known = { ...headers, 'if-none-match': described.headers.get('etag') ?? '' };
      const again = await fetch(described.url, { headers: known });
      mustBe(again.status === 304, `its description again: ${again.status}`);
      const unknown = await ask(token, '/nobody/pause', { reason: 'a try' });
      mustBe(unknown.status === 404, `an unknown release: ${unknown.status} ${unknown.text}`);
      return token;
    },
  );

  const second = { releaseId: 'emulated-2', version: '2.0.1', startedBy: 'marie.dupont' };
  const campaign = `${second.releaseId}.pilots-invitation`;
  const pilot = { userId: 'zoé', address: 'zoe@technicia.example' };
  await step('a file of users that was uploaded is the audience, and its report lies beside it', async () => {
    const Bucket = deployment.uploads;
    const Body = `userId,email,locale,segments\n${pilot.userId},${pilot.address},fr,pilots\n`;
    await s3.send(new PutObjectCommand({ Bucket, Key: 'uploads/pilots.csv', Body }));
    const report = new GetObjectCommand({ Bucket, Key: 'reports/pilots.csv.json' });
    await eventually(async () => {
      const told = await s3.send(report).then(
        ({ Body: body }) => body?.transformToString(),
        () => undefined,
      );
      return told?.includes('"outcome": "imported"') === true;
    }, 'there is no report that says so');
  });
  await step('a one-time schedule fires: a message that is due goes to the pilots, once', async () => {
    const { failed, text } = await invoke('admit-release', {
      contract: 1,
      executionArn: `${executionArn}-2`,
      // Pilots are invited a week before: that was yesterday.
      input: { ...second, launchDay: dayFrom(Date.now(), 6) },
    });
    mustBe(!failed, text);
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
            kind: 'message',
            message: 'pilots-invitation',
            epoch: 1,
            releaseId: second.releaseId,
          }),
        },
      }),
    );
    await eventually(
      async () => (await ledgerOf(second.releaseId)).some(({ fact }) => fact.type === 'message.sent'),
      'the ledger does not say that the message was sent',
    );
    const mails = (await mailsOf(emulated, account)).filter((mail) => mail.startsWith(pilot.address));
    mustBe(mails.length === 1 && mails[0]?.includes('invitation') === true, `mails: ${mails.join(', ')}`);
  });

  await step('a link of a mail ends announcements: looked at nothing changes, one click does', async () => {
    const { SecretString = '' } = await new SecretsManagerClient(client).send(
      new GetSecretValueCommand({ SecretId: `${stack}-links` }),
    );
    const about = {
      releaseId: second.releaseId,
      message: 'pilots-invitation',
      person: personOf(pilot.userId),
    };
    const pages = hmacLinks({ secret: async () => SecretString, pagesUrl: url.replace(/\/releases$/, '') });
    const address = await pages.make(linkFor('unsubscribe', about, Date.now()));
    const preferences = new DynamoAudienceStore({ ...releases, product, sha256 });
    const optedOut = async () => (await preferences.members([about.person])).get(about.person)?.optOut;
    const seen = await fetch(address);
    mustBe(seen.status === 200 && (await seen.text()).includes('<form'), `the page: ${seen.status}`);
    mustBe((await optedOut()) === undefined, 'looking at the page has ended announcements');
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    const clicked = await fetch(address, { method: 'POST', body });
    mustBe(clicked.status === 200, `one click: ${clicked.status} ${await clicked.text()}`);
    mustBe((await optedOut()) === true, 'one click has not ended announcements');
    const altered = await fetch(address.replace('?t=a.u.', '?t=a.s.'));
    mustBe(altered.status === 404, `an altered link: ${altered.status}`);
  });

  await step('a command over the API is in the ledger, with the name of whoever gave it', async () => {
    const path = `/${second.releaseId}/pause`;
    const { status, text } = await ask(leadToken, path, { reason: 'a try' });
    mustBe(status === 200, `pausing: ${status} ${text}`);
    const last = (await ledgerOf(second.releaseId)).at(-1);
    mustBe(
      last?.fact.type === 'release.paused' && last.actor === 'user:marie.dupont',
      `the last entry: ${JSON.stringify(last)}`,
    );
  });

  const queueUrl = async (name: string) =>
    (await sqs.send(new GetQueueUrlCommand({ QueueName: `${stack}-${name}` }))).QueueUrl;
  await step('what SES says of that mail comes through its queue to the recipient', async () => {
    const person = personOf(pilot.userId);
    const tags = { release: second.releaseId, message: 'pilots-invitation', campaign, person };
    const event = mailDelivered(deployment, tags, pilot.address);
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: await queueUrl('mail-events'),
        MessageBody: JSON.stringify(event),
      }),
    );
    await eventually(
      async () => (await mailTo(campaign, pilot.userId)) === 'delivered',
      'the recipient is not marked as reached',
    );
  });

  await step(
    'an event of unknown shape lies in the dead letters with the reason; redriven, it comes back',
    async () => {
      const event = { kind: 'of a shape that nobody knows' };
      /** The function and the member, in whatever language the plan is. */
      const why = /"errorMessage": ?"date-reached ?: kind\b/;
      await lambda.send(
        new InvokeCommand({
          FunctionName: `${stack}-date-reached`,
          InvocationType: 'Event',
          Payload: JSON.stringify(event),
        }),
      );
      const dead = { QueueUrl: await queueUrl('dead-letters'), VisibilityTimeout: 0 };
      const lies = () =>
        eventually(async () => {
          const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(dead));
          return Messages.some(({ Body = '' }) => why.test(Body) && Body.includes(event.kind));
        }, 'nothing came into the dead letters');
      await lies();
      const { text } = await invoke('redrive', { limit: 1 });
      mustBe(text.includes(`${stack}-date-reached`), `redriven: ${text}`);
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(dead));
      mustBe(Messages.length === 0, 'the letter was delivered again and is still there');
      await lies();
    },
  );

  await step('cdk deploy again, bundled and synthesized anew, changes nothing', async () => {
    const said = await deploy();
    mustBe(/no changes/.test(said), said.slice(-600));
  });
  await step('cdk destroy leaves no function, table or queue', async () => {
    await cdk(folder, 'destroy', stack, '--force', '--app', output);
    const { TableNames = [] } = await releases.client.send(new ListTablesCommand());
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand());
    const left = [...(await functionNames()), ...TableNames, ...QueueUrls];
    mustBe(left.length === 0, `left: ${left.join(', ')}`);
  });
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
  readonly UploadsBucket: string;
}

/** The emulator answers for every API under its own address. */
function apiAt(endpoint: string, { ApiUrl }: Outputs): string {
  const [id] = new URL(ApiUrl).hostname.split('.');
  return `${endpoint}/_aws/execute-api/${id}/releases`;
}
