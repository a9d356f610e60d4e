/**
 * Exposure as AWS AppConfig feature flags, in a hosted profile (type AWS.AppConfig.FeatureFlags) that is ours alone. Products
 * read it through the AppConfig agent, which decides per user. The flags:
 *
 *     new-version         enabled for the cohort; its attribute `percent` says how large it is, `release` who made it so
 *     component-<id>      attribute `mode`: on, limited or off; enabled unless off
 *
 * The product passes `bucket` (`bucketOf`, 0 to 9,999) in the context, so that exactly those have access whom the audiences
 * say; AppConfig's own `split` would choose others. More users come by the stage's growing strategy, under its alarms; for
 * fewer there is one without steps: a rollback must not wait.
 *
 * IAM: appconfig:ListHostedConfigurationVersions, GetHostedConfigurationVersion and CreateHostedConfigurationVersion on the
 * application and the profile; ListDeployments, StartDeployment and StopDeployment on the application, the environment,
 * the profile, the strategy and the deployments.
 */
import {
  type AppConfigClient,
  CreateHostedConfigurationVersionCommand,
  type DeploymentSummary,
  GetHostedConfigurationVersionCommand,
  ListDeploymentsCommand,
  ListHostedConfigurationVersionsCommand,
  StartDeploymentCommand,
  StopDeploymentCommand,
} from '@aws-sdk/client-appconfig';
import type { Exposure } from '#application/ports/metrics.ts';
import { ServiceUnavailable } from '#domain/errors.ts';
import { ask, nameOf } from '../aws-errors.ts';
import { type Flags, noFlags, parseFlags, renderFlags } from './flags.ts';

export interface ExposureSettings {
  readonly client: AppConfigClient;
  readonly applicationId: string;
  readonly environmentId: string;
  readonly profileId: string;
  /** Deployment strategies, neither of which bakes: the release's own observation watches. */
  readonly strategyIds: { readonly raise: string; readonly withdraw: string };
}

/** Another release of the profile's product is impossible; two steps of one may meet. */
const triesMax = 4;
const service = 'AppConfig';

const inProgress: readonly string[] = ['VALIDATING', 'DEPLOYING', 'BAKING', 'ROLLING_BACK'];
const stands: readonly string[] = ['VALIDATING', 'DEPLOYING', 'BAKING', 'COMPLETE'];

/** Every call throws ServiceUnavailable when AppConfig is busy, silent, or in another deployment: try again. */
export function appConfigExposure(settings: ExposureSettings): Exposure {
  return {
    set: async (releaseId, percent) => {
      const description = `release ${releaseId}: ${percent} %`;
      await apply(settings, description, (flags) => ({ ...flags, percent, release: releaseId }));
    },
    withdraw: (releaseId) =>
      apply(settings, `release ${releaseId}: withdrawn`, (flags) =>
        flags.release === releaseId ? { ...flags, percent: 0 } : undefined,
      ),
    switch: async (releaseId, component, state) => {
      await apply(settings, `release ${releaseId}: ${component} ${state}`, (flags) => ({
        ...flags,
        components: { ...flags.components, [component]: state },
      }));
    },
  };
}

/** Answers whether there was anything to deploy: `change` answers nothing when the flags are not to be touched. */
async function apply(
  settings: ExposureSettings,
  description: string,
  change: (flags: Flags) => Flags | undefined,
): Promise<boolean> {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const latest = await latestVersion(settings);
    const before = latest === undefined ? noFlags : await flagsOf(settings, latest);
    const next = change(before);
    if (next === undefined) return false;
    const same = latest !== undefined && renderFlags(next) === renderFlags(before);
    const version = same ? latest : await created(settings, description, latest, next);
    const strategyId = settings.strategyIds[takesAway(before, next) ? 'withdraw' : 'raise'];
    if (version === undefined) continue;
    await deploy(settings, description, version, strategyId);
    return true;
  }
  throw new ServiceUnavailable({ code: 'flags-contended', params: { times: triesMax } });
}

/** Whether somebody has less afterwards: that must not wait. */
const takesAway = (before: Flags, next: Flags): boolean =>
  next.percent === 0 ||
  next.percent < before.percent ||
  Object.entries(next.components).some(
    ([id, state]) => state !== 'on' && state !== (before.components[id] ?? 'on'),
  );

/** The number of the newest version; nothing when the profile has none. */
async function latestVersion({ client, applicationId, profileId }: ExposureSettings) {
  const numbers: number[] = [];
  let NextToken: string | undefined;
  do {
    const page = await ask(service, () =>
      client.send(
        new ListHostedConfigurationVersionsCommand({
          ApplicationId: applicationId,
          ConfigurationProfileId: profileId,
          NextToken,
        }),
      ),
    );
    numbers.push(...(page.Items ?? []).map(({ VersionNumber = 0 }) => VersionNumber));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return numbers.length === 0 ? undefined : Math.max(...numbers);
}

async function flagsOf(
  { client, applicationId, profileId }: ExposureSettings,
  VersionNumber: number,
): Promise<Flags> {
  const { Content } = await ask(service, () =>
    client.send(
      new GetHostedConfigurationVersionCommand({
        ApplicationId: applicationId,
        ConfigurationProfileId: profileId,
        VersionNumber,
      }),
    ),
  );
  return parseFlags(new TextDecoder().decode(Content));
}

/** The new version's number; nothing when somebody else wrote one since `latest`. */
async function created(
  { client, applicationId, profileId }: ExposureSettings,
  Description: string,
  LatestVersionNumber: number | undefined,
  flags: Flags,
): Promise<number | undefined> {
  try {
    const { VersionNumber } = await ask(service, () =>
      client.send(
        new CreateHostedConfigurationVersionCommand({
          ApplicationId: applicationId,
          ConfigurationProfileId: profileId,
          Description,
          Content: new TextEncoder().encode(renderFlags(flags)),
          ContentType: 'application/json',
          LatestVersionNumber,
        }),
      ),
    );
    if (VersionNumber === undefined) throw new TypeError('AppConfig created a version without a number');
    return VersionNumber;
  } catch (error) {
    if (nameOf(error) !== 'ConflictException') throw error;
    return undefined;
  }
}

/** Makes the version the one that is deployed, unless it is. */
async function deploy(
  settings: ExposureSettings,
  Description: string,
  version: number,
  strategyId: string,
): Promise<void> {
  const { client, applicationId, environmentId, profileId } = settings;
  const last = await lastDeployment(settings);
  const current = last?.ConfigurationVersion === `${version}` && stands.includes(last.State ?? '');
  if (current) return;
  try {
    await ask(service, () =>
      client.send(
        new StartDeploymentCommand({
          ApplicationId: applicationId,
          EnvironmentId: environmentId,
          DeploymentStrategyId: strategyId,
          ConfigurationProfileId: profileId,
          ConfigurationVersion: `${version}`,
          Description,
        }),
      ),
    );
  } catch (error) {
    if (nameOf(error) !== 'ConflictException') throw error;
    await stopStale(settings, last);
    throw new ServiceUnavailable({ code: 'flags-deploying', params: {} }, { cause: error });
  }
}

/** The newest deployment of our profile: an environment lists its deployments newest first. */
async function lastDeployment({
  client,
  applicationId,
  environmentId,
  profileId,
}: ExposureSettings): Promise<DeploymentSummary | undefined> {
  let NextToken: string | undefined;
  do {
    const page = await ask(service, () =>
      client.send(
        new ListDeploymentsCommand({ ApplicationId: applicationId, EnvironmentId: environmentId, NextToken }),
      ),
    );
    // The environment is ours; a summary need not name its profile (the member came late to the API).
    const ours = (page.Items ?? [])
      .filter(({ ConfigurationProfileId: of = profileId }) => of === profileId)
      .toSorted((a, b) => (b.DeploymentNumber ?? 0) - (a.DeploymentNumber ?? 0));
    if (ours[0]) return ours[0];
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return undefined;
}

/** What is being deployed is not wanted any more; a rollback must not wait until it is complete. */
async function stopStale(
  { client, applicationId, environmentId }: ExposureSettings,
  last: DeploymentSummary | undefined,
): Promise<void> {
  if (last === undefined || !inProgress.includes(last.State ?? '') || last.State === 'ROLLING_BACK') return;
  const { DeploymentNumber } = last;
  await ask(service, () =>
    client.send(
      new StopDeploymentCommand({
        ApplicationId: applicationId,
        EnvironmentId: environmentId,
        DeploymentNumber,
      }),
    ),
  ).catch((error: unknown) => {
    // It ended meanwhile.
    if (nameOf(error) !== 'BadRequestException') throw error;
  });
}
