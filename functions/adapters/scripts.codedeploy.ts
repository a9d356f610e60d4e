/**
 * Scripts as deployments of AWS CodeDeploy to servers (EC2 or on-premises). CodeDeploy hands no arguments to a hook, so a
 * script's path and version choose a revision in S3, and the deployment's description carries the run's marker, which a
 * hook can read. The contract is in `docs/scripts.md`.
 *
 * CreateDeployment has no client token. Before creating we look for the marker among the group's deployments; one may be
 * listed only a moment after it was created, so this process remembers its own, and for the rest scripts must be repeatable
 * by themselves.
 * Give a client with `maxAttempts: 1`: a try of the SDK after a lost answer would deploy twice.
 * IAM, on the deployment group: codedeploy:CreateDeployment, ListDeployments, BatchGetDeployments, GetDeployment; on the
 * application: RegisterApplicationRevision, GetApplicationRevision; on its configuration: GetDeploymentConfig; on `*`:
 * ListDeploymentTargets, BatchGetDeploymentTargets.
 */
import {
  BatchGetDeploymentsCommand,
  BatchGetDeploymentTargetsCommand,
  type CodeDeployClient,
  CreateDeploymentCommand,
  type DeploymentInfo,
  type Diagnostics,
  GetDeploymentCommand,
  ListDeploymentsCommand,
  ListDeploymentTargetsCommand,
} from '@aws-sdk/client-codedeploy';
import { InvalidInput, ScriptNotStarted, ServiceUnavailable } from '#domain/errors.ts';
import type { Clock, ScriptCall, ScriptRunner, ScriptStatus } from '#domain/ports.ts';
import { ask, isOutage, isRefused, isThrottled, nameOf } from './aws-errors.ts';

export interface CodeDeploySettings {
  readonly client: CodeDeployClient;
  readonly application: string;
  readonly deploymentGroup: string;
  /** Holds the revisions: `<path without its extension>[/<Component>][/<Version>].zip`. */
  readonly revisionBucket: string;
  readonly clock: Clock;
}

/** CodeDeploy's limit on a description. */
const markerMax = 100;
/** Of BatchGetDeployments. */
const batchMax = 25;
/** Longer ago than any state of a release tries again. */
const searchedDays = 30;
/** Bounds the search: so many deployments of one group in that time are a fault. */
const deploymentsMax = 2_000;
const summaryMax = 500;
/** Exit code of what has none: still running, or never ran. */
const noExitCode = -1;

const service = 'CodeDeploy';
/** `Ready` waits for traffic, `Baking` for alarms: neither has ended. */
const unended: readonly string[] = ['Created', 'Queued', 'InProgress', 'Baking', 'Ready'];
/** The group has a deployment under way, or the account too many: it is certain that nothing was created. */
const busy = 'DeploymentLimitExceededException';

export function codeDeployScripts(settings: CodeDeploySettings): ScriptRunner {
  const { client, application, deploymentGroup, clock } = settings;
  /** Marker by deployment: what this process has created, which listings may not show yet. A few per release. */
  const created = new Map<string, string>();
  const group = { applicationName: application, deploymentGroupName: deploymentGroup };

  const listed = async (): Promise<readonly string[]> => {
    const ids: string[] = [];
    const createTimeRange = { start: new Date(clock.nowMs() - searchedDays * 86_400_000) };
    let nextToken: string | undefined;
    do {
      const command = new ListDeploymentsCommand({ ...group, createTimeRange, nextToken });
      const page = await ask(service, () => client.send(command));
      ids.push(...(page.deployments ?? []));
      nextToken = page.nextToken === '' ? undefined : page.nextToken;
      if (ids.length > deploymentsMax) {
        throw new RangeError(
          `${service} lists more than ${deploymentsMax} deployments of ${deploymentGroup}`,
        );
      }
    } while (nextToken !== undefined);
    return ids;
  };

  const createdAs = async (marker: string): Promise<string | undefined> => {
    const ids = await listed();
    const found: DeploymentInfo[] = [];
    for (let from = 0; from < ids.length; from += batchMax) {
      const deploymentIds = ids.slice(from, from + batchMax);
      const { deploymentsInfo = [] } = await ask(service, () =>
        client.send(new BatchGetDeploymentsCommand({ deploymentIds })),
      );
      found.push(...deploymentsInfo.filter((one) => isRunOf(one, marker)));
    }
    // Had two got through, everybody must follow the same one.
    return found.toSorted((a, b) => Number(a.createTime) - Number(b.createTime))[0]?.deploymentId;
  };

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
    /** Throws ScriptNotStarted when refused, ServiceUnavailable when busy or silent: starting again is safe. */
    async start(call) {
      const input = deploymentOf(call, settings);
      const own = [...created].find(([, marker]) => marker === call.marker)?.[0];
      const known = own ?? (await createdAs(call.marker));
      if (known !== undefined) return { command: known };
      try {
        const { deploymentId } = await client.send(new CreateDeploymentCommand(input));
        if (deploymentId === undefined) throw new TypeError(`${service} created a deployment without an id`);
        created.set(deploymentId, call.marker);
        return { command: deploymentId };
      } catch (error) {
        throw createError(error);
      }
    },

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
      if (!deploymentInfo) throw new ScriptNotStarted(`there is no deployment ${command}`);
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

/** CodeDeploy's own rollback of a deployment is not a run of ours, whatever it is described as. */
const isRunOf = ({ description, creator = 'user' }: DeploymentInfo, marker: string) =>
  description === marker && creator === 'user';

function deploymentOf(
  call: ScriptCall,
  { application, deploymentGroup, revisionBucket }: CodeDeploySettings,
) {
  const { marker } = call;
  if (marker.length > markerMax) {
    throw new InvalidInput(
      `marker "${marker}" has ${marker.length} characters; at most ${markerMax} are allowed: shorten the phase's or the script's id`,
    );
  }
  return {
    applicationName: application,
    deploymentGroupName: deploymentGroup,
    revision: {
      revisionType: 'S3' as const,
      s3Location: { bucket: revisionBucket, key: revisionKeyOf(call), bundleType: 'zip' as const },
    },
    description: marker,
    // A run that failed half-way leaves files that the next one must be able to replace.
    fileExistsBehavior: 'OVERWRITE' as const,
  };
}

/** These arguments choose the revision, in this order; one that is empty or absent is left out. */
const choosing = ['Component', 'Version'] as const;
const segmentForm = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,99}$/;

/** Throws InvalidInput for an argument that would not reach the script: neither in the key nor in the marker. */
function revisionKeyOf({ path, arguments: values, marker }: ScriptCall): string {
  const inMarker = new Set(marker.split(/[/.]/));
  const known: readonly string[] = choosing;
  for (const [name, value] of Object.entries(values)) {
    if (value === '' || known.includes(name) || inMarker.has(value)) continue;
    throw new InvalidInput(
      `argument ${name}="${value}" of ${path} cannot reach the script: CodeDeploy passes none; only ${choosing.join(' and ')} choose a revision, and release, phase and attempt are in the marker`,
    );
  }
  const segments = choosing.map((name) => values[name] ?? '').filter((value) => value !== '');
  const wrong = segments.find((segment) => !segmentForm.test(segment));
  if (wrong !== undefined) {
    throw new InvalidInput(
      `"${wrong}" cannot be part of a revision's key: 1 to 100 letters, digits and . _ + - are allowed, the first a letter or a digit`,
    );
  }
  return `${[path.replace(/\.[A-Za-z0-9]+$/, ''), ...segments].join('/')}.zip`;
}

/** Busy is certain as well, but is the caller's to try again, like silence. */
function createError(error: unknown): unknown {
  if (isThrottled(error) || isOutage(error) || nameOf(error) === busy) {
    return new ServiceUnavailable(`${service} did not answer, or is busy (${nameOf(error)})`, {
      cause: error,
    });
  }
  if (!(error instanceof Error) || !('$fault' in error)) return error;
  return new ScriptNotStarted(`${service} refused the deployment: ${error.name}: ${error.message}`, {
    cause: error,
  });
}

const runningAs = (marker: string): ScriptStatus => ({
  marker,
  status: 'running',
  exitCode: noExitCode,
  summary: '',
});

/** Every server counts: a deployment succeeds when enough of them did, and some may have failed or been skipped. */
function statusOf(info: DeploymentInfo): ScriptStatus {
  const { status = 'Created', description: marker = '', errorInformation, rollbackInfo } = info;
  if (unended.includes(status)) return runningAs(marker);
  const { Succeeded = 0, Failed = 0, Skipped = 0, ...others } = info.deploymentOverview ?? {};
  const open = (others.Pending ?? 0) + (others.InProgress ?? 0) + (others.Ready ?? 0);
  const servers = `${Succeeded} of ${Succeeded + Failed + Skipped + open} servers succeeded, ${Failed} failed, ${Skipped} skipped`;
  if (status === 'Succeeded' && Failed + Skipped === 0) {
    // The counts lag behind the deployment.
    if (open > 0) return runningAs(marker);
    if (Succeeded > 0) return { marker, status: 'succeeded', exitCode: 0, summary: servers };
  }
  const why = errorInformation ? `${errorInformation.code}: ${errorInformation.message ?? ''}` : status;
  const undone = rollbackInfo?.rollbackDeploymentId;
  const summary = `${why} (${servers})${undone === undefined ? '' : `; CodeDeploy rolled back as ${undone}`}\n`;
  return { marker, status: 'failed', exitCode: noExitCode, summary: summary.slice(0, summaryMax) };
}

/** CodeDeploy has a hook's exit code only in a sentence: "Script at specified location: x failed with exit code 3". */
function withDiagnostics(status: ScriptStatus, { message = '', logTail = '' }: Diagnostics): ScriptStatus {
  const said = /exit code (\d{1,10})\b/.exec(message)?.[1];
  const head = `${status.summary}${message}\n`.slice(0, summaryMax);
  const room = summaryMax - head.length;
  const exitCode = said === undefined ? noExitCode : Number(said);
  return { ...status, exitCode, summary: room === 0 ? head : `${head}${logTail.trim().slice(-room)}` };
}
