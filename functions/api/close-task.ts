/** Says that a task is done, and what came of it. Twice is once. */
import { commit } from '#application/commit.ts';
import { NotFound } from '#domain/errors.ts';
import { Command } from '../contracts/actor.ts';
import { EmptyOutput, FreeText, Name } from '../contracts/identity.ts';
import { permitted } from '../runtime/permission.ts';

export const closeTask = permitted({
  name: 'close-task',
  needs: ['releases'],
  input: Command.extend({ task: Name, note: FreeText }),
  output: EmptyOutput,
  run: async ({ actor, releaseId, task, note }, ports) => {
    await commit(ports, releaseId, `user:${actor.userId}`, ({ tasks }) => {
      const known = Object.hasOwn(tasks, task) ? tasks[task] : undefined;
      if (!known) {
        const params = { release: releaseId, task, known: Object.keys(tasks) };
        throw new NotFound({ code: 'no-such-task', params });
      }
      return known.closed ? [] : [{ type: 'task.closed', task, by: actor.userId, note }];
    });
    return {};
  },
});
