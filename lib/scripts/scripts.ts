/** Who runs the plan's scripts: servers under Systems Manager, CodeDeploy, or a pipeline behind a webhook. */
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import type { Grant } from '../powers.ts';
import type { Stage } from '../stage.ts';
import { RunCommand } from './run-command.ts';

interface ScriptsProps {
  readonly names: Names;
  readonly stage: Stage;
}

export class Scripts extends Construct {
  readonly power: Grant;

  constructor(scope: Construct, id: string, { names, stage }: ScriptsProps) {
    super(scope, id);
    const { scripts } = stage;
    if (scripts.runner !== 'run-command') throw new RangeError(`runner ${scripts.runner} is not there yet`);
    this.power = new RunCommand(this, 'RunCommand', { names, stage, scripts }).power;
  }
}
