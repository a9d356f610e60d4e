/**
 * Starting an execution by name, as AWS Step Functions (Standard) does it: the same name and input again is the same execution
 * while it runs; otherwise the name is taken, until 90 days after the execution's end.
 * IAM: states:StartExecution on the machine.
 */
import { type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { Started } from '#application/ports/workflow.ts';
import { ask, isRefused, nameOf, refusedBy } from '../aws-errors.ts';

/** Throws ServiceUnavailable. */
export async function startExecution(
  client: SFNClient,
  stateMachineArn: string,
  name: string,
  input: Readonly<Record<string, unknown>>,
): Promise<Started> {
  try {
    const command = new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) });
    const { executionArn } = await ask('Step Functions', () => client.send(command));
    if (executionArn === undefined) throw new TypeError(`Step Functions started "${name}" without an ARN`);
    return { executionArn, taken: false };
  } catch (error) {
    if (nameOf(error) !== 'ExecutionAlreadyExists')
      throw isRefused(error) ? refusedBy('Step Functions', error) : error;
    return { executionArn: executionArnOf(stateMachineArn, name), taken: true };
  }
}

/** The refusal does not say it. An alias behind the machine's name is no part of it. */
function executionArnOf(stateMachineArn: string, name: string): string {
  const [arn, partition, states, region, account, , machine] = stateMachineArn.split(':');
  return [arn, partition, states, region, account, 'execution', machine, name].join(':');
}
