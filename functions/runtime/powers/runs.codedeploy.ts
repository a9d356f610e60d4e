import { codeDeploy } from '../../adapters/clients/codedeploy.ts';
import { codeDeployRuns } from '../../adapters/runs.codedeploy.ts';
import type { Provide } from './power.ts';

export const provide: Provide<'runs'> = () => codeDeployRuns({ client: codeDeploy() });
