/** Executions of the escalation machine on AWS Step Functions. IAM: states:StartExecution on the alias's machine. */
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { Escalations } from '#application/ports/workflow.ts';
import { startExecution } from './start-execution.ts';

export interface EscalationsSettings {
  readonly client: SFNClient;
  /** ARN of an alias, or of the machine where there is none. */
  readonly escalationMachineArn: string;
}

/** Throws ServiceUnavailable when the service is busy or silent. */
export const sfnEscalations = ({ client, escalationMachineArn }: EscalationsSettings): Escalations => ({
  start: (name, input) => startExecution(client, escalationMachineArn, name, input),
});
