/** Who runs the plan's scripts: servers under Systems Manager, CodeDeploy, or a pipeline behind a webhook. */
import { Construct } from 'constructs';
import { unreachable } from '#domain/unreachable.ts';
import type { Grant } from '../iam.ts';
import type { ResourceNames } from '../names.ts';
import type { Stage } from '../stage.ts';
import { CodeDeploy } from './codedeploy.ts';
import { RunCommand } from './run-command.ts';
import { Webhook } from './webhook.ts';

interface ScriptsProps {
  readonly names: ResourceNames;
  readonly stage: Stage;
  /** Where a pipeline calls back. */
  readonly callbackUrl: string;
}

export class Scripts extends Construct {
  /** Starting a script, and seeing how it stands. */
  readonly power: Grant;
  /** Only seeing. */
  readonly runs: Grant;
  /** Only where somebody calls back. */
  readonly signatures: Grant;
  /** What those who prepare the servers need. */
  readonly outputs: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, { names, stage, callbackUrl }: ScriptsProps) {
    super(scope, id);
    const { scripts } = stage;
    const runner = runnerOf(this, scripts, { names, stage, callbackUrl });
    this.power = runner.power;
    this.runs = runner.runs;
    this.outputs = runner.outputs ?? {};
    this.signatures = runner.signatures ?? { environment: {}, statements: [] };
  }
}

interface Runner {
  readonly power: Grant;
  readonly runs: Grant;
  readonly signatures?: Grant;
  readonly outputs?: Readonly<Record<string, string>>;
}

function runnerOf(scope: Construct, scripts: Stage['scripts'], props: ScriptsProps): Runner {
  switch (scripts.runner) {
    case 'run-command':
      return new RunCommand(scope, 'RunCommand', { ...props, scripts });
    case 'codedeploy':
      return new CodeDeploy(scope, 'CodeDeploy', { ...props, scripts });
    case 'webhook':
      return new Webhook(scope, 'Webhook', { ...props, scripts });
    default:
      return unreachable(scripts);
  }
}
