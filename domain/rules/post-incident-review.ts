/** Which incidents are looked back on, and by whom. */
import type { TaskTitle } from '../ledger/causes.ts';
import type { Release } from '../ledger/records.ts';
import type { Plan } from '../plan/plan.ts';
import { isGrave } from './grave-incidents.ts';

interface ReviewTask {
  readonly task: string;
  readonly title: TaskTitle;
  readonly owner: string;
  readonly incident: string;
}

/** The task that follows the end of an incident which deserves one: nobody has opened one for it before. */
export function reviewTask(plan: Plan, release: Release, incident: string): ReviewTask | undefined {
  const record = release.incidents[incident];
  if (!record || !isGrave(record.severity)) return undefined;
  if (Object.values(release.tasks).some((one) => one.incident === incident)) return undefined;
  const owner = plan.escalation.find(({ severity }) => severity === record.severity)?.role;
  if (owner === undefined) return undefined;
  const title = { code: 'post-incident', params: { title: record.title } } as const;
  return { task: `post-incident.${incident}`, title, owner, incident };
}
