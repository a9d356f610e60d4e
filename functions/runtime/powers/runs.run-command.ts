import { ssm } from '../../adapters/clients/ssm.ts';
import { runCommandRuns } from '../../adapters/ssm/runs.ts';
import type { Provide } from './power.ts';

export const provide: Provide<'runs'> = () => runCommandRuns({ client: ssm() });
