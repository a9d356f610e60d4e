import { SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import type { ScriptCall, ScriptRunner } from '#application/ports/scripts.ts';
import { InvalidInput, ScriptNotStarted, ServiceUnavailable } from '#domain/errors.ts';
import { runCommandScripts } from '#functions/adapters/ssm/scripts.ts';
import { json, outages, refused, wireService } from './service.ts';

const service = wireService();
const scripts = () =>
  runCommandScripts({
    client: new SSMClient(service.settings()),
    document: { name: 'jalon-run-script-2', version: '3', prefix: 'jalon-run-script-' },
    targets: { tag: 'jalon:target', values: ['production'] },
    outputBucket: 'jalon-script-output',
    deliverySeconds: 600,
  });

const command = '11111111-2222-3333-4444-555555555555';
const marker = 'r1/production-10.1.script.deploy';
const call: ScriptCall = {
  path: 'scripts/deploy.ps1',
  arguments: { Version: '2.0.0', Note: 'été "1"' },
  timeoutMinutes: 30,
  marker,
  askedAtMs: Date.parse('2025-03-24T09:00:00.123Z'),
};
const listed = (...Commands: readonly object[]) => json({ Commands });
const DocumentName = 'jalon-run-script-2';
const sent = json({ Command: { CommandId: command } });
/** The run was asked for, less what two clocks may differ. */
const since = { key: 'InvokedAfter', value: '2025-03-24T08:55:00Z' };

describe('start', () => {
  it('looks for the marker, then sends our document to the nodes with the tag', async () => {
    service.answer(
      listed({ CommandId: 'other', Comment: 'r1/other', DocumentName: 'jalon-run-script-2' }),
      listed(),
      sent,
    );
    expect(await scripts().start(call)).toEqual({ command });
    expect(service.asked.map(({ operation, body }) => [operation, body])).toEqual([
      ['ListCommands', { Filters: [since, { key: 'DocumentName', value: DocumentName }], MaxResults: 50 }],
      ['ListCommands', { Filters: [since], MaxResults: 50 }],
      [
        'SendCommand',
        {
          DocumentName: 'jalon-run-script-2',
          DocumentVersion: '3',
          Targets: [{ Key: 'tag:jalon:target', Values: ['production'] }],
          Parameters: {
            path: ['scripts/deploy.ps1'],
            arguments: ['{"Version":"2.0.0","Note":"été \\"1\\""}'],
            executionTimeout: ['1800'],
          },
          Comment: marker,
          TimeoutSeconds: 600,
          OutputS3BucketName: 'jalon-script-output',
          OutputS3KeyPrefix: marker,
          MaxErrors: '0',
        },
      ],
    ]);
  });

  it('answers the command that has the marker, on whatever page, the oldest first', async () => {
    service.answer(
      json({
        Commands: [{ CommandId: 'later', Comment: marker, DocumentName, RequestedDateTime: 200 }],
        NextToken: 'more',
      }),
      listed({ CommandId: command, Comment: marker, DocumentName, RequestedDateTime: 100 }),
    );
    expect(await scripts().start(call)).toEqual({ command });
    expect(service.asked[1]?.body).toMatchObject({ NextToken: 'more' });
  });

  it('answers a command of a document that was replaced since', async () => {
    service.answer(
      listed(),
      listed({ CommandId: command, Comment: marker, DocumentName: 'jalon-run-script-1' }),
    );
    expect(await scripts().start(call)).toEqual({ command });
  });

  it('starts although others have sent ten thousand commands meanwhile', async () => {
    const foreign = Array.from({ length: 50 }, (_, nth) => ({
      CommandId: `theirs-${nth}`,
      Comment: 'patches',
      DocumentName: 'AWS-RunPatchBaseline',
    }));
    let lists = 0;
    service.serve(({ operation, body }) => {
      if (operation === 'SendCommand') return sent;
      const ofOurs = JSON.stringify(body).includes(DocumentName);
      lists += 1;
      return ofOurs ? listed() : json({ Commands: foreign, NextToken: `page ${lists} of 200` });
    });
    expect(await scripts().start(call)).toEqual({ command });
    expect(lists).toBeLessThanOrEqual(25);
  });

  it('takes no command of another deployment for its own, though it has the same marker', async () => {
    service.answer(
      listed(),
      listed({ CommandId: 'theirs', Comment: marker, DocumentName: 'other-run-script-2' }),
      sent,
    );
    expect(await scripts().start(call)).toEqual({ command });
  });

  it('remembers what it sent while listings lag', async () => {
    const runner = scripts();
    service.answer(listed(), listed(), sent, listed());
    await runner.start(call);
    expect(await runner.start(call)).toEqual({ command });
    expect(await runner.describe(command)).toEqual({ marker, status: 'running', exitCode: -1, summary: '' });
    expect(service.operations()).toEqual(['ListCommands', 'ListCommands', 'SendCommand', 'ListCommands']);
  });

  it('refuses a marker that a comment cannot hold', async () => {
    await expect(scripts().start({ ...call, marker: 'm'.repeat(101) })).rejects.toThrow(InvalidInput);
    expect(service.asked).toEqual([]);
  });

  it.each([
    'InvalidDocument',
    'InvalidDocumentVersion',
    'InvalidInstanceId',
    'InvalidOutputFolder',
    'InvalidParameters',
    'InvalidRole',
    'InvalidNotificationConfig',
    'MaxDocumentSizeExceeded',
    'UnsupportedPlatformType',
    'DuplicateInstanceId',
    'AccessDeniedException',
    'ValidationException',
  ])('is refused and nothing ran: %s', async (name) => {
    service.answer(listed(), listed(), refused(name));
    const error = await scripts()
      .start(call)
      .catch((one: unknown) => one);
    expect(error).toBeInstanceOf(ScriptNotStarted);
    expect(String(error)).toContain(name);
  });

  it.each([...outages, ['fails', refused('InternalServerError', 500)] as const])(
    'a service that %s when the command is sent: it may run',
    async (_, answer) => {
      service.answer(listed(), listed(), answer);
      await expect(scripts().start(call)).rejects.toThrow(ServiceUnavailable);
    },
  );
});

const node = (
  InstanceId: string,
  Status: string,
  StatusDetails = Status,
  output = '',
  ResponseCode = -1,
) => ({
  InstanceId,
  Status,
  StatusDetails,
  CommandPlugins: output === '' ? [] : [{ Name: 'run', Status, ResponseCode, Output: output }],
});
const good = (id: string) => node(id, 'Success', 'Success', `${id} done\n`, 0);

describe('describe', () => {
  interface Case {
    readonly what: string;
    readonly status: string;
    readonly details?: string;
    readonly targets: number;
    readonly nodes: readonly object[];
    readonly expected: object;
  }
  const running = { status: 'running', exitCode: -1, summary: '' };
  const cases: readonly Case[] = [
    { what: 'pending', status: 'Pending', targets: 0, nodes: [], expected: running },
    {
      what: 'in progress on one of two',
      status: 'InProgress',
      targets: 2,
      nodes: [good('mi-1'), node('mi-2', 'InProgress')],
      expected: running,
    },
    { what: 'being cancelled', status: 'Cancelling', targets: 1, nodes: [], expected: running },
    {
      what: 'done on all',
      status: 'Success',
      targets: 2,
      nodes: [good('mi-1'), good('mi-2')],
      expected: { status: 'succeeded', exitCode: 0, summary: 'mi-1 done' },
    },
    {
      what: 'done, a node not listed yet',
      status: 'Success',
      targets: 2,
      nodes: [good('mi-1')],
      expected: running,
    },
    {
      what: 'done, a node listed as it was',
      status: 'Success',
      targets: 2,
      nodes: [good('mi-1'), node('mi-2', 'InProgress')],
      expected: running,
    },
    {
      what: 'failed on one',
      status: 'Failed',
      targets: 2,
      nodes: [good('mi-1'), node('mi-2', 'Failed', 'Failed', 'no space left', 3)],
      expected: {
        status: 'failed',
        exitCode: 3,
        summary: 'mi-2: Failed (1/2)\nno space left',
      },
    },
    {
      what: 'a success that never reached one node',
      status: 'Success',
      targets: 2,
      nodes: [good('mi-1'), node('mi-2', 'Failed', 'Undeliverable')],
      expected: {
        status: 'failed',
        exitCode: -1,
        summary: 'mi-2: Undeliverable (1/2)\n',
      },
    },
    {
      what: 'a failure that kept another node from being tried',
      status: 'Failed',
      targets: 2,
      nodes: [node('mi-2', 'Cancelled', 'Terminated'), node('mi-1', 'Failed', 'Failed', 'exit 1', 1)],
      expected: { status: 'failed', exitCode: 1, summary: 'mi-1: Failed (0/2)\nexit 1' },
    },
    {
      what: 'out of time',
      status: 'TimedOut',
      details: 'DeliveryTimedOut',
      targets: 1,
      nodes: [node('mi-1', 'TimedOut', 'Delivery Timed Out')],
      expected: {
        status: 'failed',
        exitCode: -1,
        summary: 'mi-1: Delivery Timed Out (0/1)\n',
      },
    },
    {
      what: 'nobody to run it',
      status: 'Success',
      details: 'NoInstancesInTag',
      targets: 0,
      nodes: [],
      expected: { status: 'failed', exitCode: -1, summary: 'NoInstancesInTag (0/0)\n' },
    },
    {
      what: 'an exit code that asks for a restart, which AWS calls a success',
      status: 'Success',
      targets: 1,
      nodes: [node('mi-1', 'Success', 'Success', 'updates installed', 3010)],
      expected: { status: 'failed', exitCode: 3010, summary: 'mi-1: Success (0/1)\nupdates installed' },
    },
    {
      what: 'a step after the one that failed',
      status: 'Failed',
      targets: 1,
      nodes: [
        {
          ...node('mi-1', 'Failed'),
          CommandPlugins: [
            { Name: 'run', Status: 'Failed', ResponseCode: 7, Output: 'broken' },
            { Name: 'after', Status: 'Success', ResponseCode: 0, Output: 'skipped' },
          ],
        },
      ],
      expected: { status: 'failed', exitCode: 7, summary: 'mi-1: Failed (0/1)\nbroken' },
    },
  ];

  it.each(cases)(
    'sums up what the nodes did: $what',
    async ({ status, details, targets, nodes, expected }) => {
      const known = {
        CommandId: command,
        Comment: marker,
        Status: status,
        StatusDetails: details,
        TargetCount: targets,
      };
      service.answer(listed(known), json({ CommandInvocations: nodes }));
      expect(await scripts().describe(command)).toEqual({ marker, ...expected });
      expect(service.asked.map(({ operation, body }) => [operation, body])).toEqual([
        ['ListCommands', { CommandId: command }],
        ['ListCommandInvocations', { CommandId: command, Details: true, MaxResults: 50 }],
      ]);
    },
  );

  it('counts targets over pages', async () => {
    service.answer(
      listed({ CommandId: command, Comment: marker, Status: 'Success', TargetCount: 2 }),
      json({ CommandInvocations: [good('mi-1')], NextToken: 'more' }),
      json({ CommandInvocations: [node('mi-2', 'Failed', 'Undeliverable')] }),
    );
    expect(await scripts().describe(command)).toMatchObject({ status: 'failed' });
    expect(service.asked[2]?.body).toMatchObject({ NextToken: 'more' });
  });

  it.each([
    ['succeeded', 'Success', 0, 'x'.repeat(100)],
    ['failed', 'Failed', 1, 'x'.repeat(100)],
  ])('keeps the end of what was printed when it %s', async (status, Status, code, end) => {
    service.answer(
      listed({ CommandId: command, Comment: marker, Status, TargetCount: 1 }),
      json({ CommandInvocations: [node('mi-1', Status, Status, `${'y'.repeat(2_000)}${end}`, code)] }),
    );
    const described = await scripts().describe(command);
    expect(described.status).toBe(status);
    expect(described.summary).toHaveLength(500);
    expect(described.summary.endsWith(`y${end}`)).toBe(true);
  });

  it.each([
    ['a sign of two units', '😀', 2],
    ['a family', '👩‍👩‍👧', 8],
    ['a letter with its accent', 'e\u0301', 2],
    ['a flag', '🇫🇷', 4],
  ])('cuts what was printed between two signs: %s', async (_, sign, units) => {
    const Output = `x${sign.repeat(600 / units)}`;
    for (const extra of ['', 'y']) {
      service.answer(
        listed({ CommandId: command, Comment: marker, Status: 'Success', TargetCount: 1 }),
        json({ CommandInvocations: [node('mi-1', 'Success', 'Success', `${Output}${extra}`, 0)] }),
      );
      const { summary } = await scripts().describe(command);
      expect(summary.length).toBeGreaterThan(500 - 2 * units);
      expect(summary).toBe(`${sign.repeat(Math.floor((500 - extra.length) / units))}${extra}`);
    }
  });

  it('shows half a sign, where AWS has cut it, as what it is', async () => {
    service.answer(
      listed({ CommandId: command, Comment: marker, Status: 'Success', TargetCount: 1 }),
      json({ CommandInvocations: [node('mi-1', 'Success', 'Success', 'fin \ud83d', 0)] }),
    );
    expect((await scripts().describe(command)).summary).toBe('fin \ufffd');
  });

  it.each([
    ['no longer listed', listed()],
    ['no id of a command', refused('InvalidCommandId')],
  ])('%s: there is no such command', async (_, answer) => {
    service.answer(answer);
    await expect(scripts().describe(command)).rejects.toThrow(ScriptNotStarted);
  });
});

const calls: readonly (readonly [string, (port: ScriptRunner) => Promise<unknown>])[] = [
  ['start', (port) => port.start(call)],
  ['describe', (port) => port.describe(command)],
];
describe.each(outages)('a service that %s', (_, answer) => {
  it.each(calls)('makes the port unavailable: %s', async (__, ask) => {
    service.answer(answer);
    await expect(ask(scripts())).rejects.toThrow(ServiceUnavailable);
  });
});
