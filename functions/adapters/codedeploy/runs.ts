/**
 * How deployments of AWS CodeDeploy stand. Who reads them has no power to create one.
 * IAM: codedeploy:GetDeployment on the deployment group; ListDeploymentTargets and BatchGetDeploymentTargets on `*`.
 */
import {
  BatchGetDeploymentTargetsCommand,
  type CodeDeployClient,
  type DeploymentInfo,
  type Diagnostics,
  GetDeploymentCommand,
  ListDeploymentTargetsCommand,
} from '@aws-sdk/client-codedeploy';
import type { ScriptRuns, ScriptStatus } from '#application/ports/scripts.ts';
import { beginningOf, endOf } from '#domain/cut.ts';
import { ScriptNotStarted } from '#domain/errors.ts';
import { quoted } from '#domain/quoted.ts';
import { ask, isRefused, nameOf } from '../aws-errors.ts';

const summaryMax = 500;
/** Exit code of what has none: still running, or never ran. */
const noExitCode = -1;

const service = 'CodeDeploy';
/** `Ready` waits for traffic, `Baking` for alarms: neither has ended. */
const unended: readonly string[] = ['Created', 'Queued', 'InProgress', 'Baking', 'Ready'];

/** `created` is what this process has created and CodeDeploy may not know yet: marker by deployment. */
export function codeDeployRuns(
  { client }: { readonly client: CodeDeployClient },
  created: ReadonlyMap<string, string> = new Map(),
): ScriptRuns {
  /** What the hook said on the first server that failed; nothing when no server came that far. */
  const failureOf = async (deploymentId: string): Promise<Diagnostics | undefined> => {
    const targetFilters = { TargetStatus: ['Failed'] };
    const { targetIds = [] } = await client.send(
      new ListDeploymentTargetsCommand({ deploymentId, targetFilters }),
    );
    const [first] = targetIds;
    if (first === undefined) return undefined;
    const { deploymentTargets = [] } = await client.send(
      new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds: [first] }),
    );
    const events = deploymentTargets[0]?.instanceTarget?.lifecycleEvents ?? [];
    return events.find(({ status }) => status === 'Failed')?.diagnostics;
  };

  return {
    /** Throws ServiceUnavailable, ScriptNotStarted when AWS knows no such deployment. */
    async describe(command) {
      const { deploymentInfo } = await ask(service, () =>
        client.send(new GetDeploymentCommand({ deploymentId: command })),
      ).catch((error: unknown) => {
        if (!unknownDeployment.has(nameOf(error))) throw error;
        return { deploymentInfo: undefined };
      });
      const marker = created.get(command);
      if (!deploymentInfo && marker !== undefined) return runningAs(marker);
      if (!deploymentInfo)
        throw new ScriptNotStarted({ code: 'no-such-deployment', params: { deployment: command } });
      const status = statusOf(deploymentInfo);
      if (status.status !== 'failed') return status;
      const failure = await ask(service, () => failureOf(command)).catch((error: unknown) => {
        // A deployment that failed before it reached a server has no targets to tell of.
        if (!isRefused(error)) throw error;
        return undefined;
      });
      return failure === undefined ? status : withDiagnostics(status, failure);
    },
  };
}

const unknownDeployment: ReadonlySet<string> = new Set([
  'DeploymentDoesNotExistException',
  'InvalidDeploymentIdException',
]);

const runningAs = (marker: string): ScriptStatus => ({
  marker,
  status: 'running',
  exitCode: noExitCode,
  summary: quoted(''),
});

/**
 * Every server counts: a deployment succeeds when enough of them did, and some may have failed or been skipped. What is said
 * of them is CodeDeploy's words and numbers: no language.
 */
function statusOf(info: DeploymentInfo): ScriptStatus {
  const { status = 'Created', description: marker = '', errorInformation, rollbackInfo } = info;
  if (unended.includes(status)) return runningAs(marker);
  const { Succeeded = 0, Failed = 0, Skipped = 0, ...others } = info.deploymentOverview ?? {};
  const open = (others.Pending ?? 0) + (others.InProgress ?? 0) + (others.Ready ?? 0);
  const servers = `Succeeded ${Succeeded}/${Succeeded + Failed + Skipped + open}, Failed ${Failed}, Skipped ${Skipped}`;
  if (status === 'Succeeded' && Failed + Skipped === 0) {
    // The counts lag behind the deployment.
    if (open > 0) return runningAs(marker);
    if (Succeeded > 0) return { marker, status: 'succeeded', exitCode: 0, summary: quoted(servers) };
  }
  const why = errorInformation ? `${errorInformation.code}: ${errorInformation.message ?? ''}` : status;
  const undone = rollbackInfo?.rollbackDeploymentId;
  const summary = `${why} (${servers})${undone === undefined ? '' : `; rollbackDeploymentId ${undone}`}\n`;
  return {
    marker,
    status: 'failed',
    exitCode: noExitCode,
    summary: quoted(beginningOf(summary, summaryMax)),
  };
}

/** CodeDeploy has a hook's exit code only in a sentence: "Script at specified location: x failed with exit code 3". */
function withDiagnostics(status: ScriptStatus, { message = '', logTail = '' }: Diagnostics): ScriptStatus {
  const said = /exit code (\d{1,10})\b/.exec(message)?.[1];
  const head = beginningOf(`${status.summary}${message}\n`, summaryMax);
  const room = summaryMax - head.length;
  const exitCode = said === undefined ? noExitCode : Number(said);
  return {
    ...status,
    exitCode,
    summary: quoted(`${head}${endOf(logTail.toWellFormed().trim(), room)}`),
  };
}
