import { sfn } from '../../adapters/clients/sfn.ts';
import { sfnTasks } from '../../adapters/step-functions/tasks.ts';
import type { Provide } from './power.ts';

export const provide: Provide<'tasks'> = () => sfnTasks({ client: sfn() });
