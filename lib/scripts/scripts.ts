/** Who runs the plan's scripts: servers under Systems Manager, CodeDeploy, or a pipeline behind a webhook. */
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import type { Grant } from '../powers.ts';
import type { Stage } from '../stage.ts';
import { CodeDeploy } from './codedeploy.ts';
import { RunCommand } from './run-command.ts';
import { Webhook } from './webhook.ts';

interface ScriptsProps {
  readonly names: Names;
  readonly stage: Stage;
  /** Where a pipeline calls back. */
  readonly callbackUrl: string;
}

export class Scripts extends Construct {
  readonly power: Grant;
  /** Only where somebody calls back. */
  readonly signatures: Grant;

  constructor(scope: Construct, id: string, { names, stage, callbackUrl }: ScriptsProps) {
    super(scope, id);
    const { scripts } = stage;
    this.signatures = { environment: {}, statements: [] };
    switch (scripts.runner) {
      case 'run-command':
        this.power = new RunCommand(this, 'RunCommand', { names, stage, scripts }).power;
        break;
      case 'codedeploy':
        this.power = new CodeDeploy(this, 'CodeDeploy', { names, scripts }).power;
        break;
      case 'webhook': {
        const webhook = new Webhook(this, 'Webhook', { scripts, callbackUrl });
        this.power = webhook.power;
        this.signatures = webhook.signatures;
      }
    }
  }
}
