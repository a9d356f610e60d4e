/** AWS Systems Manager Run Command: our own document, on the servers that carry the stage's tag; their whole output kept. */
import { ArnFormat, Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { allow, type Grant, unscoped } from '../iam.ts';
import { acknowledge } from '../nag-suppressions.ts';
import { digestOf, type ResourceNames } from '../names.ts';
import { removalOf } from '../removal.ts';
import type { Stage } from '../stage.ts';
import { runScriptDocument } from './document.ts';

/** Of the scripts' output: longer than any release and the talk about it. */
const outputDays = 400;

const slash = ArnFormat.SLASH_RESOURCE_NAME;

interface RunCommandProps {
  readonly names: ResourceNames;
  readonly stage: Stage;
  readonly scripts: Extract<Stage['scripts'], { runner: 'run-command' }>;
}

export class RunCommand extends Construct {
  readonly power: Grant;
  readonly runs: Grant;
  readonly outputs: Readonly<Record<'ScriptOutputBucket', string>>;

  constructor(scope: Construct, id: string, { names, stage, scripts }: RunCommandProps) {
    super(scope, id);
    const output = new Bucket(this, 'Output', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [{ expiration: Duration.days(outputDays) }],
      removalPolicy: removalOf(stage),
    });
    acknowledge(output, {
      'AwsSolutions-S1': 'Outputs of scripts, read by hand once in a while; CloudTrail tells by whom',
    });
    this.outputs = { ScriptOutputBucket: output.bucketName };
    const content = runScriptDocument(scripts.directory);
    // Named after what it says, so version 1 is the only one: what was reviewed is what runs.
    const prefix = names.of('run-script-');
    const name = names.of(`run-script-${digestOf(content)}`);
    new CfnDocument(this, 'Document', {
      name,
      documentType: 'Command',
      documentFormat: 'JSON',
      targetType: '/',
      updateMethod: 'Replace',
      content,
    });
    const { tag, values } = scripts.servers;
    const servers = [
      names.arn('ec2', 'instance', '*', slash),
      names.arn('ssm', 'managed-instance', '*', slash),
    ];
    const onServers = (resource: string) =>
      new PolicyStatement({
        actions: ['ssm:SendCommand'],
        resources: [resource],
        conditions: { StringEquals: { [`ssm:resourceTag/${tag}`]: [...values] } },
      });
    const see = allow(['ssm:ListCommands', 'ssm:ListCommandInvocations'], ['*']);
    this.runs = { environment: {}, statements: [see], wildcards: [unscoped] };
    this.power = {
      environment: {
        SCRIPTS: JSON.stringify({
          document: { name, version: '1', prefix },
          targets: { tag, values },
          outputBucket: output.bucketName,
          deliverySeconds: scripts.deliverySeconds,
        }),
      },
      statements: [
        allow(['ssm:SendCommand'], [names.arn('ssm', 'document', name, slash)]),
        ...servers.map(onServers),
        see,
      ],
      wildcards: [
        unscoped,
        ...servers.map((resource) => ({ resource, reason: `Only servers tagged ${tag}, by condition` })),
      ],
    };
  }
}
