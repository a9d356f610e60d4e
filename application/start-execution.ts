/**
 * Starting what must run, although Step Functions keeps a name for 90 days after its execution has ended: a second start has a
 * name of its own. While an execution runs, the same name and input is the same execution, so nothing starts twice.
 */

import { executionNameOf } from './aws-names.ts';
import type { With } from './port-groups.ts';
import type { Started } from './ports/workflow.ts';

/** Executions of one purpose. So many that ended without doing their work are a fault that another will not mend. */
export const startsMax = 5;

/** An execution that is there now, by whomever, or the end of all tries. */
export type Start =
  | { readonly outcome: 'started'; readonly executionArn: string }
  | { readonly outcome: 'other' }
  | { readonly outcome: 'exhausted' };

/**
 * Starts under the first name whose execution has not ended badly. `other`: one of the name runs with another input, or did
 * the work.
 */
export async function startUnderFreeName(
  { executions, sha256 }: With<'executions'>,
  name: string,
  start: (name: string) => Promise<Started>,
): Promise<Start> {
  for (let nth = 1; nth <= startsMax; nth += 1) {
    const { executionArn, taken } = await start(executionNameOf(sha256, name, nth));
    if (!taken) return { outcome: 'started', executionArn };
    const status = await executions.status(executionArn);
    if (status === 'running' || status === 'succeeded') return { outcome: 'other' };
  }
  return { outcome: 'exhausted' };
}
