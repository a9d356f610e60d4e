/** The tasks of a release, the newest first; of one that looks back on an incident, with the page to fill in. */

import * as z from 'zod';
import { present } from '#domain/present.ts';
import { postIncidentPage } from '#presentation/post-incident-review.ts';
import { Command } from '../contracts/actor.ts';
import { TaskView } from '../contracts/task-view.ts';
import { permitted } from '../runtime/permission.ts';

export const listTasks = permitted({
  name: 'list-tasks',
  needs: ['reader'],
  input: Command,
  output: z.strictObject({ tasks: z.array(TaskView) }),
  run: async ({ releaseId }, { plan, reader }) => {
    const release = await reader.load(releaseId);
    const tasks = Object.entries(release.tasks).map(([id, { closed, ...task }]) => {
      const template =
        task.incident === undefined ? undefined : postIncidentPage(plan, release, task.incident);
      return {
        id,
        ...task,
        status: closed ? ('done' as const) : ('open' as const),
        ...(closed === undefined ? {} : { closed: { ...closed } }),
        ...present({ template }),
      };
    });
    return { tasks: tasks.toSorted((a, b) => b.openedAt.localeCompare(a.openedAt)) };
  },
});
