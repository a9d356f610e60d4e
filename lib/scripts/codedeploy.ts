/** AWS CodeDeploy: deployments to a group of servers that exists already (`docs/reference/scripts.md` says how a script becomes one). */
import { Construct } from 'constructs';
import { allow, type Grant, unscoped } from '../iam.ts';
import type { Wildcard } from '../nag-suppressions.ts';
import type { ResourceNames } from '../names.ts';
import type { Stage } from '../stage.ts';

interface CodeDeployProps {
  readonly names: ResourceNames;
  readonly scripts: Extract<Stage['scripts'], { runner: 'codedeploy' }>;
}

export class CodeDeploy extends Construct {
  readonly power: Grant;
  readonly runs: Grant;

  constructor(scope: Construct, id: string, { names, scripts }: CodeDeployProps) {
    super(scope, id);
    const { application, deploymentGroup, revisionBucket } = scripts;
    const group = names.arn('codedeploy', 'deploymentgroup', `${application}/${deploymentGroup}`);
    const configurations = names.arn('codedeploy', 'deploymentconfig', '*');
    const anyConfiguration: Wildcard = {
      resource: configurations,
      reason: "Read only; the group's configuration is the product's to choose",
    };
    const seeTargets = allow(
      ['codedeploy:ListDeploymentTargets', 'codedeploy:BatchGetDeploymentTargets'],
      ['*'],
    );
    this.runs = {
      environment: {},
      statements: [allow(['codedeploy:GetDeployment'], [group]), seeTargets],
      wildcards: [unscoped],
    };
    this.power = {
      environment: { SCRIPTS: JSON.stringify({ application, deploymentGroup, revisionBucket }) },
      statements: [
        allow(
          [
            'codedeploy:CreateDeployment',
            'codedeploy:ListDeployments',
            'codedeploy:BatchGetDeployments',
            'codedeploy:GetDeployment',
          ],
          [group],
        ),
        // CreateDeployment is known to ask for these by itself; its own page does not say so.
        allow(
          ['codedeploy:RegisterApplicationRevision', 'codedeploy:GetApplicationRevision'],
          [names.arn('codedeploy', 'application', application)],
        ),
        allow(['codedeploy:GetDeploymentConfig'], [configurations]),
        seeTargets,
      ],
      wildcards: [unscoped, anyConfiguration],
    };
  }
}
