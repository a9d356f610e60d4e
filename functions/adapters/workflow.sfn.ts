/**
 * The workflow on AWS Step Functions (Standard). Executions start through an alias, so that the version they run is
 * recorded with them. IAM: states:StartExecution on the aliases' machines; states:SendTaskSuccess and
 * states:SendTaskHeartbeat on the machines; states:StopExecution and states:DescribeExecution on their executions.
 */
import {
  DescribeExecutionCommand,
  type ExecutionStatus,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { ReleaseExists, ServiceUnavailable, WaitClosed } from '#domain/errors.ts';
import type { Workflow } from '#domain/ports.ts';
import { ask, nameOf } from './aws-errors.ts';

export interface WorkflowSettings {
  readonly client: SFNClient;
  /** ARN of an alias, or of the machine where there is none. */
  readonly releaseMachineArn: string;
  readonly escalationMachineArn: string;
}

/** StopExecution's limit on `cause`. */
const causeMax = 32_768;

/** All three say the same: the task behind the token is over, or never was. */
const closed: ReadonlySet<string> = new Set(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken']);

const statuses = {
  RUNNING: 'running',
  // Waits for an operator's redrive: it has not ended.
  PENDING_REDRIVE: 'running',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timed-out',
  ABORTED: 'aborted',
} as const satisfies Record<ExecutionStatus, Awaited<ReturnType<Workflow['status']>>>;

const service = 'Step Functions';

/** Every call throws ServiceUnavailable when the service is busy or silent. */
export function sfnWorkflow({ client, releaseMachineArn, escalationMachineArn }: WorkflowSettings): Workflow {
  const start = (stateMachineArn: string, name: string, input: Readonly<Record<string, unknown>>) =>
    ask(service, () =>
      client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) })),
    ).catch((error: unknown) => {
      if (nameOf(error) !== 'ExecutionLimitExceeded') throw error;
      throw new ServiceUnavailable('Step Functions runs as many executions as it may', { cause: error });
    });

  return {
    succeed: (taskToken, output) =>
      settle(() => client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }))),

    heartbeat: (taskToken) => settle(() => client.send(new SendTaskHeartbeatCommand({ taskToken }))),

    async startRelease(name, input) {
      try {
        const { executionArn } = await start(releaseMachineArn, name, input);
        if (executionArn === undefined)
          throw new TypeError(`Step Functions started "${name}" without an ARN`);
        return { executionArn };
      } catch (error) {
        if (nameOf(error) !== 'ExecutionAlreadyExists') throw error;
        throw new ReleaseExists(name, 'its execution has other input or has ended');
      }
    },

    async startEscalation(name, input) {
      try {
        await start(escalationMachineArn, name, input);
      } catch (error) {
        // An escalation of this name has run and ended: the incident has been called.
        if (nameOf(error) !== 'ExecutionAlreadyExists') throw error;
      }
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
      );
      if (status === undefined) throw new TypeError(`Step Functions knows no status of ${executionArn}`);
      return statuses[status];
    },
  };
}

async function settle(send: () => Promise<unknown>): Promise<void> {
  try {
    await ask(service, send);
  } catch (error) {
    throw closed.has(nameOf(error)) ? new WaitClosed(error) : error;
  }
}
