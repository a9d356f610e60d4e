/**
 * Executions of the release machine on AWS Step Functions (Standard). They start through an alias, so that the version
 * they run is recorded with them. IAM: states:StartExecution on the alias's machine, states:StopExecution and
 * states:DescribeExecution on its executions.
 */
import {
  DescribeExecutionCommand,
  type ExecutionStatus,
  type SFNClient,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { ReleaseExists } from '#domain/errors.ts';
import type { Executions } from '#domain/ports.ts';
import { ask, nameOf } from './aws-errors.ts';
import { startExecution } from './start-execution.sfn.ts';

export interface ExecutionsSettings {
  readonly client: SFNClient;
  /** ARN of an alias, or of the machine where there is none. */
  readonly releaseMachineArn: string;
}

/** StopExecution's limit on `cause`. */
const causeMax = 32_768;

const statuses = {
  RUNNING: 'running',
  // Waits for an operator's redrive: it has not ended.
  PENDING_REDRIVE: 'running',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timed-out',
  ABORTED: 'aborted',
} as const satisfies Record<ExecutionStatus, Awaited<ReturnType<Executions['status']>>>;

const service = 'Step Functions';

/** AWS keeps an execution for 90 days after its end: how it ended, nobody can say any more. */
function forgotten(error: unknown): { readonly status: ExecutionStatus } {
  if (nameOf(error) !== 'ExecutionDoesNotExist') throw error;
  return { status: 'ABORTED' };
}

/** Every call throws ServiceUnavailable when the service is busy or silent. */
export function sfnExecutions({ client, releaseMachineArn }: ExecutionsSettings): Executions {
  return {
    async start(name, input) {
      const started = await startExecution(client, releaseMachineArn, name, input);
      if (started) return started;
      throw new ReleaseExists(name, 'its execution has other input or has ended');
    },

    async stop(executionArn, reason) {
      const cause = reason.slice(0, causeMax);
      try {
        await ask(service, () =>
          client.send(new StopExecutionCommand({ executionArn, error: 'Release.Aborted', cause })),
        );
      } catch (error) {
        // Forgotten 90 days after its end; one that has ended is not refused at all.
        if (nameOf(error) !== 'ExecutionDoesNotExist') throw error;
      }
    },

    async status(executionArn) {
      const { status } = await ask(service, () =>
        client.send(new DescribeExecutionCommand({ executionArn })),
      ).catch(forgotten);
      if (status === undefined) throw new TypeError(`Step Functions knows no status of ${executionArn}`);
      return statuses[status];
    },
  };
}
