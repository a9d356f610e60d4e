/** A task as the API shows it. */
import * as z from 'zod';
import { TaskTitle } from './causes.ts';

export const TaskView = z.strictObject({
  id: z.string(),
  title: TaskTitle,
  /** The role that has it. */
  owner: z.string(),
  status: z.enum(['open', 'done']),
  openedAt: z.string(),
  incident: z.string().exactOptional(),
  closed: z.strictObject({ by: z.string(), at: z.string(), note: z.string() }).exactOptional(),
  /** Markdown, in the plan's language. */
  template: z.string().exactOptional(),
});
