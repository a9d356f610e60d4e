/** Starting an execution by name, as AWS Step Functions (Standard) does it. IAM: states:StartExecution on the machine. */
import { type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { ask, nameOf } from './aws-errors.ts';

/** Nothing when the name is taken by other input, or by an execution that has ended. Throws ServiceUnavailable. */
export async function startExecution(
  client: SFNClient,
  stateMachineArn: string,
  name: string,
  input: Readonly<Record<string, unknown>>,
): Promise<{ readonly executionArn: string } | undefined> {
  try {
    const command = new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) });
    const { executionArn } = await ask('Step Functions', () => client.send(command));
    if (executionArn === undefined) throw new TypeError(`Step Functions started "${name}" without an ARN`);
    return { executionArn };
  } catch (error) {
    if (nameOf(error) === 'ExecutionAlreadyExists') return undefined;
    throw error;
  }
}
