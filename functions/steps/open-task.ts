/**
 * Opens a task for a role: the investigation after an incident, the urgent correction.
 * Triggered by task steps of a rollback. Running it twice opens one task.
 */
import * as z from 'zod';
import { commit } from '#application/commit.ts';
import { notify } from '#application/notify.ts';
import { taskOpened } from '#presentation/alerts.ts';
import { EmptyOutput, InPhase, Name, Text } from '../contracts/identity.ts';
import { defineStep } from '../runtime/definition.ts';

const Input = InPhase.extend({
  level: z.enum(['full', 'partial', 'degraded']),
  step: Name,
  owner: Name,
  title: Text,
});

export const openTask = defineStep({
  name: 'open-task',
  needs: ['releases', 'notifier'],
  input: Input,
  output: EmptyOutput,
  run: async ({ releaseId, phase, attempt, level, step, owner, title: text }, ports) => {
    const title = { code: 'step', params: { text } } as const;
    const task = `${phase}.${attempt}.${level}.${step}`;
    const rollback = `${phase}.${attempt}.rollback`;
    await commit(ports, releaseId, 'system:open-task', ({ tasks, incidents }) => {
      if (tasks[task]) return [];
      const of = level === 'full' && incidents[rollback] ? { incident: rollback } : {};
      return [{ type: 'task.opened', task, title, owner, ...of }];
    });
    await notify(ports, taskOpened(ports.plan, { releaseId, task, title, owner }));
    return {};
  },
});
