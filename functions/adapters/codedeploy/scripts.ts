/**
 * Scripts as deployments of AWS CodeDeploy to servers (EC2 or on-premises). CodeDeploy hands no arguments to a hook, so a
 * script's path and version choose a revision in S3, and the deployment's description carries the run's marker, which a
 * hook can read. The contract is in `docs/reference/scripts.md`.
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
  type CodeDeployClient,
  CreateDeploymentCommand,
  type DeploymentInfo,
  ListDeploymentsCommand,
} from '@aws-sdk/client-codedeploy';
import type { ScriptCall, ScriptRunner } from '#application/ports/scripts.ts';
import { InvalidInput } from '#domain/errors.ts';
import { minuteMs } from '#domain/time.ts';
import { ask, notStarted } from '../aws-errors.ts';
import { codeDeployRuns } from './runs.ts';

export interface CodeDeploySettings {
  readonly client: CodeDeployClient;
  readonly application: string;
  readonly deploymentGroup: string;
  /** Holds the revisions: `<path without its extension>[/<Component>][/<Version>].zip`. */
  readonly revisionBucket: string;
}

/** CodeDeploy's limit on a description. */
const markerMax = 100;
/** Of BatchGetDeployments. */
const batchMax = 25;
/** Between two clocks. */
const skewMs = 5 * minuteMs;
/** Bounds the search: others' deployments of the group keep nothing of ours from starting. */
const deploymentsMax = 2_000;

const service = 'CodeDeploy';

export function codeDeployScripts(settings: CodeDeploySettings): ScriptRunner {
  const { client, application, deploymentGroup } = settings;
  /** Marker by deployment: what this process has created, which listings may not show yet. A few per release. */
  const created = new Map<string, string>();
  const group = { applicationName: application, deploymentGroupName: deploymentGroup };

  const listed = async (askedAtMs: number): Promise<readonly string[]> => {
    const ids: string[] = [];
    const createTimeRange = { start: new Date(askedAtMs - skewMs) };
    let nextToken: string | undefined;
    do {
      const command = new ListDeploymentsCommand({ ...group, createTimeRange, nextToken });
      const page = await ask(service, () => client.send(command));
      ids.push(...(page.deployments ?? []));
      nextToken = page.nextToken === '' ? undefined : page.nextToken;
    } while (nextToken !== undefined && ids.length < deploymentsMax);
    return ids;
  };

  const createdAs = async ({ marker, askedAtMs }: ScriptCall): Promise<string | undefined> => {
    const ids = await listed(askedAtMs);
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

  return {
    ...codeDeployRuns(settings, created),

    /** Throws ScriptNotStarted when refused, ServiceUnavailable when busy or silent: starting again is safe. */
    async start(call) {
      const input = deploymentOf(call, settings);
      const own = [...created].find(([, marker]) => marker === call.marker)?.[0];
      const known = own ?? (await createdAs(call));
      if (known !== undefined) return { command: known };
      try {
        const { deploymentId } = await client.send(new CreateDeploymentCommand(input));
        if (deploymentId === undefined) throw new TypeError(`${service} created a deployment without an id`);
        created.set(deploymentId, call.marker);
        return { command: deploymentId };
      } catch (error) {
        throw notStarted(service, 'deployment', error);
      }
    },
  };
}

/** CodeDeploy's own rollback of a deployment is not a run of ours, whatever it is described as. */
const isRunOf = ({ description, creator = 'user' }: DeploymentInfo, marker: string) =>
  description === marker && creator === 'user';

function deploymentOf(
  call: ScriptCall,
  { application, deploymentGroup, revisionBucket }: CodeDeploySettings,
) {
  const { marker } = call;
  if (marker.length > markerMax) {
    throw new InvalidInput({ code: 'marker-too-long', params: { marker, charactersMax: markerMax } });
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
    throw new InvalidInput({
      code: 'argument-lost',
      params: { argument: name, value, script: path, choosing },
    });
  }
  const segments = choosing.map((name) => values[name] ?? '').filter((value) => value !== '');
  const wrong = segments.find((segment) => !segmentForm.test(segment));
  if (wrong !== undefined) {
    throw new InvalidInput({ code: 'revision-part-malformed', params: { part: wrong } });
  }
  return `${[path.replace(/\.[A-Za-z0-9]+$/, ''), ...segments].join('/')}.zip`;
}
