/**
 * How executions on AWS Step Functions (Standard) stand. Who asks has no power to start or stop one.
 * IAM: states:DescribeExecution on the executions.
 */
import {
  type ExecutionStatus as Described,
  DescribeExecutionCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import type { ExecutionStatus, Executions } from '#application/ports/workflow.ts';
import { ask, nameOf } from '../aws-errors.ts';

const statuses = {
  RUNNING: 'running',
  // Waits for an operator's redrive: it has not ended.
  PENDING_REDRIVE: 'running',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timed-out',
  ABORTED: 'aborted',
} as const satisfies Record<Described, ExecutionStatus>;

/** AWS keeps an execution for 90 days after its end: how it ended, nobody can say any more. */
function forgotten(error: unknown): { readonly status: Described } {
  if (nameOf(error) !== 'ExecutionDoesNotExist') throw error;
  return { status: 'ABORTED' };
}

/** Throws ServiceUnavailable when the service is busy or silent. */
export const sfnExecutions = ({ client }: { readonly client: SFNClient }): Executions => ({
  async status(executionArn) {
    const { status } = await ask('Step Functions', () =>
      client.send(new DescribeExecutionCommand({ executionArn })),
    ).catch(forgotten);
    if (status === undefined) throw new TypeError(`Step Functions knows no status of ${executionArn}`);
    return statuses[status];
  },
});
