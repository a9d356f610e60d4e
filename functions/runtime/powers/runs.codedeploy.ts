import { codeDeploy } from '../../adapters/clients/codedeploy.ts';
import { codeDeployRuns } from '../../adapters/codedeploy/runs.ts';
import type { Provide } from './power.ts';

export const provide: Provide<'runs'> = () => codeDeployRuns({ client: codeDeploy() });
