/**
 * Who has access: feature flags in AppConfig that the product reads, raised and lowered by the release. More users come in
 * steps, under the eyes of the product's own alarms, which take the flag back; fewer users is a matter of seconds.
 */
import { ArnFormat } from 'aws-cdk-lib';
import {
  CfnApplication,
  CfnConfigurationProfile,
  CfnDeploymentStrategy,
  CfnEnvironment,
} from 'aws-cdk-lib/aws-appconfig';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { allow, type Grant, unscoped } from '../iam.ts';
import { acknowledgeWildcards } from '../nag-suppressions.ts';
import type { ResourceNames } from '../names.ts';
import type { Stage } from '../stage.ts';

/** Four steps in four minutes: alarms evaluate minutes. Afterwards nothing is under way that could hold up a rollback. */
const raiseMinutes = 4;
const raisePercent = 25;

interface ExposureProps {
  readonly names: ResourceNames;
  readonly stage: Stage;
}

export class ExposureConfiguration extends Construct {
  readonly power: Grant;

  constructor(scope: Construct, id: string, { names, stage }: ExposureProps) {
    super(scope, id);
    const application = new CfnApplication(this, 'Application', {
      name: names.prefix,
      description: 'Who has access to the new version',
    });
    const environment = new CfnEnvironment(this, 'Environment', {
      applicationId: application.ref,
      name: stage.name,
      ...(stage.alarms.length === 0 ? {} : { monitors: this.#monitors(names, stage.alarms) }),
    });
    const profile = new CfnConfigurationProfile(this, 'Flags', {
      applicationId: application.ref,
      name: 'flags',
      locationUri: 'hosted',
      type: 'AWS.AppConfig.FeatureFlags',
    });
    const raise = strategy(this, 'Raise', names.of('raise'), raiseMinutes, raisePercent);
    const withdraw = strategy(this, 'Withdraw', names.of('withdraw'), 0, 100);

    const under = (...path: readonly string[]) =>
      names.arn(
        'appconfig',
        'application',
        [application.ref, ...path].join('/'),
        ArnFormat.SLASH_RESOURCE_NAME,
      );
    const strategies = [raise, withdraw].map(({ ref }) =>
      names.arn('appconfig', 'deploymentstrategy', ref, ArnFormat.SLASH_RESOURCE_NAME),
    );
    const flags = under('configurationprofile', profile.ref);
    const place = under('environment', environment.ref);
    this.power = {
      environment: {
        EXPOSURE: JSON.stringify({
          applicationId: application.ref,
          environmentId: environment.ref,
          profileId: profile.ref,
          strategyIds: { raise: raise.ref, withdraw: withdraw.ref },
        }),
      },
      statements: [
        allow(
          [
            'appconfig:ListHostedConfigurationVersions',
            'appconfig:GetHostedConfigurationVersion',
            'appconfig:CreateHostedConfigurationVersion',
          ],
          [under(), flags, `${flags}/hostedconfigurationversion/*`],
        ),
        allow(
          ['appconfig:ListDeployments', 'appconfig:StartDeployment', 'appconfig:StopDeployment'],
          [under(), flags, place, `${place}/deployment/*`, ...strategies],
        ),
      ],
      wildcards: [`${flags}/hostedconfigurationversion/*`, `${place}/deployment/*`].map((resource) => ({
        resource,
        reason: 'Numbered by AppConfig as they are made; of these flags only',
      })),
    };
  }

  #monitors(names: ResourceNames, alarms: readonly string[]): CfnEnvironment.MonitorsProperty[] {
    const role = new Role(this, 'MonitorRole', {
      roleName: names.of('appconfig-monitor'),
      assumedBy: new ServicePrincipal('appconfig.amazonaws.com'),
      description: 'AppConfig looks at the alarms of the product',
    });
    acknowledgeWildcards(role, [unscoped]);
    role.addToPolicy(allow(['cloudwatch:DescribeAlarms'], ['*']));
    return alarms.map((alarm) => ({
      alarmArn: names.arn('cloudwatch', 'alarm', alarm),
      alarmRoleArn: role.roleArn,
    }));
  }
}

const strategy = (scope: Construct, id: string, name: string, minutes: number, percent: number) =>
  new CfnDeploymentStrategy(scope, id, {
    name,
    growthType: 'LINEAR',
    growthFactor: percent,
    deploymentDurationInMinutes: minutes,
    finalBakeTimeInMinutes: 0,
    replicateTo: 'NONE',
  });
