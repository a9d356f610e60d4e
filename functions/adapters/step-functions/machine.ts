/**
 * The release machine on AWS Step Functions (Standard). Its executions start through an alias, so that the version they run
 * is recorded with them. IAM: states:StartExecution on the alias's machine, states:StopExecution on its executions.
 */
import { type SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import type { ReleaseMachine } from '#application/ports/workflow.ts';
import { beginningOf } from '#domain/cut.ts';
import { ask, nameOf } from '../aws-errors.ts';
import { startExecution } from './start-execution.ts';

export interface MachineSettings {
  readonly client: SFNClient;
  /** ARN of an alias, or of the machine where there is none. */
  readonly machineArn: string;
}

/** StopExecution's limit on `cause`. */
const causeMax = 32_768;

/** Every call throws ServiceUnavailable when the service is busy or silent. */
export function sfnMachine({ client, machineArn }: MachineSettings): ReleaseMachine {
  return {
    start: (name, input) => startExecution(client, machineArn, name, input),

    async stop(executionArn, reason) {
      const cause = beginningOf(reason, causeMax);
      try {
        await ask('Step Functions', () =>
          client.send(new StopExecutionCommand({ executionArn, error: 'Release.Aborted', cause })),
        );
      } catch (error) {
        // Forgotten 90 days after its end; one that has ended is not refused at all.
        if (nameOf(error) !== 'ExecutionDoesNotExist') throw error;
      }
    },
  };
}
