/**
 * Scripts on AWS Systems Manager Run Command: our own document, on the nodes that carry a tag. The document has the
 * parameters `path`, `arguments` (a JSON object of texts) and `executionTimeout` (seconds).
 *
 * SendCommand has no client token. The command's comment carries the run's marker, and before sending we look for it. A
 * command may show in ListCommands only a moment after it was sent: this process remembers its own, and for the rest
 * scripts must be repeatable by themselves.
 * Give a client with `maxAttempts: 1`: a try of the SDK after a lost answer would start the script twice.
 * IAM: ssm:SendCommand on the document and, by tag, on the nodes; ssm:ListCommands and ssm:ListCommandInvocations on `*`.
 */
import {
  type Command,
  type CommandInvocation,
  ListCommandInvocationsCommand,
  ListCommandsCommand,
  SendCommandCommand,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import { InvalidInput, ScriptNotStarted, ServiceUnavailable } from '#domain/errors.ts';
import type { ScriptCall, ScriptRunner, ScriptStatus } from '#domain/ports.ts';
import { markerMax } from '#domain/script.ts';
import { ask, isOutage, isThrottled, nameOf } from './aws-errors.ts';

export interface ScriptsSettings {
  readonly client: SSMClient;
  /** A pinned version: what was reviewed is what runs. */
  readonly document: { readonly name: string; readonly version: string };
  /** The nodes: those that carry this tag with one of these values. */
  readonly targets: { readonly tag: string; readonly values: readonly string[] };
  /** Where the whole output goes; listings keep 2,500 characters of it. */
  readonly outputBucket: string;
  /** How long a node may take to fetch the command: 30 s at least. Running has its own limit, the script's. */
  readonly deliverySeconds: number;
}

/** Of ListCommands and ListCommandInvocations. */
const pageMax = 50;
/** Bounds a listing: so many commands of one document in the 30 days that AWS keeps them are a fault. */
const pagesMax = 40;
const summaryMax = 500;
/** Exit code of what has none: still running, or never ran. AWS uses the same. */
const noExitCode = -1;

const service = 'Systems Manager';
const unended: readonly string[] = ['Pending', 'InProgress', 'Delayed', 'Cancelling'];

export function runCommandScripts(settings: ScriptsSettings): ScriptRunner {
  const { client } = settings;
  /** Marker by command: what this process has sent, which listings may not show yet. A few per release. */
  const sent = new Map<string, string>();

  const sentAs = async (marker: string): Promise<Command | undefined> => {
    const commands = await pages(async (NextToken) => {
      const Filters = [{ key: 'DocumentName' as const, value: settings.document.name }];
      const page = await client.send(new ListCommandsCommand({ Filters, MaxResults: pageMax, NextToken }));
      return { found: page.Commands ?? [], next: page.NextToken };
    });
    const ours = commands.filter(({ Comment }) => Comment === marker);
    // Had two got through, everybody must follow the same one.
    return ours.toSorted((a, b) => Number(a.RequestedDateTime) - Number(b.RequestedDateTime))[0];
  };

  return {
    /** Throws ScriptNotStarted when refused, ServiceUnavailable when busy or silent: starting again is safe. */
    async start(call) {
      if (call.marker.length > markerMax) {
        throw new InvalidInput(
          `marker "${call.marker}" has ${call.marker.length} characters; at most ${markerMax} are allowed: shorten the phase's or the script's id`,
        );
      }
      const own = [...sent].find(([, marker]) => marker === call.marker)?.[0];
      const known = own ?? (await sentAs(call.marker))?.CommandId;
      if (known !== undefined) return { command: known };
      try {
        const { Command: started } = await client.send(new SendCommandCommand(commandOf(call, settings)));
        if (started?.CommandId === undefined) throw new TypeError(`${service} sent a command without an id`);
        sent.set(started.CommandId, call.marker);
        return { command: started.CommandId };
      } catch (error) {
        throw sendError(error);
      }
    },

    /** Throws ServiceUnavailable, ScriptNotStarted when AWS knows no such command (it keeps them for 30 days). */
    async describe(command) {
      const { Commands } = await ask(service, () =>
        client.send(new ListCommandsCommand({ CommandId: command })),
      ).catch((error: unknown) => {
        if (nameOf(error) !== 'InvalidCommandId') throw error;
        return { Commands: [] };
      });
      const known = Commands?.[0];
      const marker = sent.get(command);
      if (!known && marker !== undefined) return runningAs(marker);
      if (!known) throw new ScriptNotStarted(`there is no command ${command}`);
      const invocations = await pages(async (NextToken) => {
        const page = await client.send(
          new ListCommandInvocationsCommand({
            CommandId: command,
            Details: true,
            MaxResults: pageMax,
            NextToken,
          }),
        );
        return { found: page.CommandInvocations ?? [], next: page.NextToken };
      });
      return statusOf(known, invocations);
    },
  };
}

async function pages<T>(
  read: (token: string | undefined) => Promise<{ found: readonly T[]; next: string | undefined }>,
): Promise<readonly T[]> {
  const all: T[] = [];
  let token: string | undefined;
  for (let page = 0; page < pagesMax; page += 1) {
    const { found, next } = await ask(service, () => read(token));
    all.push(...found);
    if (next === undefined || next === '') return all;
    token = next;
  }
  throw new RangeError(`${service} lists more than ${pagesMax * pageMax} entries`);
}

function commandOf(
  { path, arguments: values, timeoutMinutes, marker }: ScriptCall,
  { document, targets, outputBucket, deliverySeconds }: ScriptsSettings,
) {
  return {
    DocumentName: document.name,
    DocumentVersion: document.version,
    Targets: [{ Key: `tag:${targets.tag}`, Values: [...targets.values] }],
    Parameters: {
      path: [path],
      arguments: [JSON.stringify(values)],
      executionTimeout: [`${timeoutMinutes * 60}`],
    },
    Comment: marker,
    TimeoutSeconds: deliverySeconds,
    OutputS3BucketName: outputBucket,
    OutputS3KeyPrefix: marker,
    // The first node that fails stops the others: a half-installed version is not spread.
    MaxErrors: '0',
  };
}

/** Busy is certain as well, but is the caller's to try again, like silence. */
function sendError(error: unknown): unknown {
  if (isThrottled(error) || isOutage(error)) {
    return new ServiceUnavailable(`${service} did not answer, or is busy (${nameOf(error)})`, {
      cause: error,
    });
  }
  if (!(error instanceof Error) || !('$fault' in error)) return error;
  return new ScriptNotStarted(`${service} refused the command: ${error.name}: ${error.message}`, {
    cause: error,
  });
}

const runningAs = (marker: string): ScriptStatus => ({
  marker,
  status: 'running',
  exitCode: noExitCode,
  summary: '',
});

/**
 * Every target counts: the command's own status leaves out nodes that were never reached (Undeliverable) or never tried
 * (Terminated).
 */
function statusOf(command: Command, invocations: readonly CommandInvocation[]): ScriptStatus {
  const marker = command.Comment ?? '';
  const targets = command.TargetCount ?? 0;
  if (unended.includes(command.Status ?? 'Pending')) return runningAs(marker);
  const failed = invocations.filter(
    ({ Status = 'Pending' }) => Status !== 'Success' && !unended.includes(Status),
  );
  const done = invocations.filter(({ Status }) => Status === 'Success');
  if (command.Status === 'Success' && targets > 0 && failed.length === 0) {
    // Listings lag behind the command: those that are not there yet will be.
    if (done.length < targets) return runningAs(marker);
    return { marker, status: 'succeeded', exitCode: 0, summary: outputOf(done[0]).slice(-summaryMax) };
  }
  const worst = failed.find((one) => exitCodeOf(one) > 0) ?? failed[0];
  const what = worst
    ? `${worst.InstanceId}: ${worst.StatusDetails ?? worst.Status}`
    : (command.StatusDetails ?? command.Status ?? '');
  const head = `${what} (${done.length} of ${targets} targets succeeded)\n`.slice(0, summaryMax);
  const room = summaryMax - head.length;
  const summary = room === 0 ? head : `${head}${outputOf(worst).slice(-room)}`;
  return { marker, status: 'failed', exitCode: worst ? exitCodeOf(worst) : noExitCode, summary };
}

/** Of the step that failed, or of the last one. */
const stepOf = (invocation: CommandInvocation | undefined) => {
  const steps = invocation?.CommandPlugins ?? [];
  return steps.find(({ Status }) => Status === 'Failed' || Status === 'TimedOut') ?? steps.at(-1);
};
const outputOf = (invocation: CommandInvocation | undefined) => stepOf(invocation)?.Output?.trim() ?? '';
const exitCodeOf = (invocation: CommandInvocation) => stepOf(invocation)?.ResponseCode ?? noExitCode;
