import { sfn } from '../../adapters/clients/sfn.ts';
import { sfnTasks } from '../../adapters/tasks.sfn.ts';
import type { Provide } from './power.ts';

export const provide: Provide<'tasks'> = () => sfnTasks({ client: sfn() });
