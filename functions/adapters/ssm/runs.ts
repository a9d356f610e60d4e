/**
 * How commands of AWS Systems Manager Run Command stand. Who reads them has no power to send one.
 * IAM: ssm:ListCommands and ssm:ListCommandInvocations on `*`.
 */
import {
  type Command,
  type CommandInvocation,
  ListCommandInvocationsCommand,
  ListCommandsCommand,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import type { ScriptRuns, ScriptStatus } from '#application/ports/scripts.ts';
import { beginningOf, endOf } from '#domain/cut.ts';
import { ScriptNotStarted } from '#domain/errors.ts';
import { quoted } from '#domain/quoted.ts';
import { ask, nameOf } from '../aws-errors.ts';

/** Of ListCommands and ListCommandInvocations. */
export const pageMax = 50;
/** Bounds a listing of what is ours: 10,000 servers, or commands, which takes about half a minute. */
export const ownPagesMax = 200;
const summaryMax = 500;
/** Exit code of what has none: still running, or never ran. AWS uses the same. */
const noExitCode = -1;

const service = 'Systems Manager';
const unended: readonly string[] = ['Pending', 'InProgress', 'Delayed', 'Cancelling'];

/** `sent` is what this process has sent and listings may not show yet: marker by command. */
export function runCommandRuns(
  { client }: { readonly client: SSMClient },
  sent: ReadonlyMap<string, string> = new Map(),
): ScriptRuns {
  return {
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
      if (!known) throw new ScriptNotStarted({ code: 'no-such-command', params: { command } });
      const invocations = await pages(ownPagesMax, async (NextToken) => {
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

/** The first so many pages: whatever else there is in an account keeps nothing of ours from starting. */
export async function pages<T>(
  pagesMax: number,
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
  return all;
}

const runningAs = (marker: string): ScriptStatus => ({
  marker,
  status: 'running',
  exitCode: noExitCode,
  summary: quoted(''),
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
    (one) => !unended.includes(one.Status ?? 'Pending') && !hasSucceeded(one),
  );
  const done = invocations.filter(hasSucceeded);
  if (command.Status === 'Success' && targets > 0 && failed.length === 0) {
    // Listings lag behind the command: those that are not there yet will be.
    if (done.length < targets) return runningAs(marker);
    return {
      marker,
      status: 'succeeded',
      exitCode: 0,
      summary: quoted(endOf(outputOf(done[0]), summaryMax)),
    };
  }
  const worst = failed.find((one) => exitCodeOf(one) > 0) ?? failed[0];
  const what = worst
    ? `${worst.InstanceId}: ${worst.StatusDetails ?? worst.Status}`
    : (command.StatusDetails ?? command.Status ?? '');
  const head = beginningOf(`${what} (${done.length}/${targets})\n`, summaryMax);
  const room = summaryMax - head.length;
  // How many targets succeeded, in Systems Manager's words and in numbers: no language.
  const summary = quoted(`${head}${endOf(outputOf(worst), room)}`);
  return { marker, status: 'failed', exitCode: worst ? exitCodeOf(worst) : noExitCode, summary };
}

/** An exit code that asks the agent to restart the server is a success to AWS, and none here (`docs/reference/scripts.md`). */
const hasSucceeded = (invocation: CommandInvocation): boolean =>
  invocation.Status === 'Success' &&
  (invocation.CommandPlugins ?? []).every(({ ResponseCode = 0 }) => ResponseCode === 0);

/** Of the step that failed, or of the last one. */
const stepOf = (invocation: CommandInvocation | undefined) => {
  const steps = invocation?.CommandPlugins ?? [];
  const failed = steps.find(({ Status }) => Status === 'Failed' || Status === 'TimedOut');
  return failed ?? steps.find(({ ResponseCode = 0 }) => ResponseCode !== 0) ?? steps.at(-1);
};
/** Listings cut it at 2,500 characters, wherever that is. */
const outputOf = (invocation: CommandInvocation | undefined) =>
  stepOf(invocation)?.Output?.toWellFormed().trim() ?? '';
const exitCodeOf = (invocation: CommandInvocation) => stepOf(invocation)?.ResponseCode ?? noExitCode;
