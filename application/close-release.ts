/** The end of a release, whichever it is: nothing of it may act any more. */
import type { Closing } from '#domain/ledger/causes.ts';
import type { ReleaseOutcome } from '#domain/ledger/outcomes.ts';
import { commit } from './commit.ts';
import { cancelMessages } from './messages.ts';
import type { Waiting } from './port-groups.ts';
import type { ExecutionStatus } from './ports/workflow.ts';
import { cancelReports } from './reports.ts';
import { cancelWaits } from './waits.ts';

/**
 * An execution has ended: a release that is still under way then did not end by its own steps, nor by an abort, which closes
 * the ledger before it stops the execution. Whoever stopped it did so in the console, and operators must hear of it.
 */
export async function closeEnded(
  ports: Waiting,
  releaseId: string,
  actor: string,
  status: Exclude<ExecutionStatus, 'running'>,
): Promise<void> {
  const release = await ports.releases.load(releaseId);
  // Before the ledger is closed: a try that dies in between says it again.
  if (release.status === 'active' && status === 'aborted')
    ports.log.write('EXECUTION_STOPPED', { releaseId, executionArn: release.executionArn });
  await closeRelease(ports, releaseId, actor, 'aborted', { code: 'execution-ended', params: { status } });
}

export async function closeRelease(
  ports: Waiting,
  releaseId: string,
  actor: string,
  outcome: ReleaseOutcome,
  reason: Closing,
): Promise<void> {
  const release = await ports.releases.load(releaseId);
  if (release.status === 'active') {
    await cancelMessages(ports, releaseId, outcome);
    await cancelReports(ports, releaseId, outcome);
    await commit(ports, releaseId, actor, ({ status }) =>
      status === 'active' ? [{ type: 'release.closed', outcome, reason }] : [],
    );
  }
  // After the row that ends it, and again when this is tried again. Somebody who is being called stays called.
  await cancelWaits(ports, releaseId, ({ kind }) => kind !== 'acknowledgement');
}
