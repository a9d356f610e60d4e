/** Answers to task tokens on AWS Step Functions. IAM: states:SendTaskSuccess and states:SendTaskHeartbeat on the machines. */
import { SendTaskHeartbeatCommand, SendTaskSuccessCommand, type SFNClient } from '@aws-sdk/client-sfn';
import type { Tasks } from '#application/ports/workflow.ts';
import { WaitClosed } from '#domain/errors.ts';
import { ask, nameOf } from '../aws-errors.ts';

/** All three say the same: the task behind the token is over, or never was. */
const closed: ReadonlySet<string> = new Set(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken']);

/** Every call throws ServiceUnavailable when the service is busy or silent. */
export const sfnTasks = ({ client }: { readonly client: SFNClient }): Tasks => ({
  succeed: (taskToken, output) =>
    settle(() => client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }))),
  heartbeat: (taskToken) => settle(() => client.send(new SendTaskHeartbeatCommand({ taskToken }))),
});

async function settle(send: () => Promise<unknown>): Promise<void> {
  try {
    await ask('Step Functions', send);
  } catch (error) {
    throw closed.has(nameOf(error)) ? new WaitClosed(error) : error;
  }
}
