import { sfn } from '../../adapters/clients/sfn.ts';
import { sfnExecutions } from '../../adapters/step-functions/executions.ts';
import type { Provide } from './power.ts';

export const provide: Provide<'executions'> = () => sfnExecutions({ client: sfn() });
