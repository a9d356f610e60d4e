/** Step Functions over the wire: the rehearsal's engine, whose truth are histories that were recorded on AWS. */
import { ApiError } from '#rehearsal/asl/errors.ts';
import type { StepFunctions } from '../workflow.behaviour.ts';
import { type Answer, type Asked, json, refused } from './service.ts';

interface Body {
  readonly taskToken: string;
  readonly output: string;
  readonly stateMachineArn: string;
  readonly executionArn: string;
  readonly name: string;
  readonly input: string;
  readonly error: string;
  readonly cause: string;
}
const atSeconds = 1_741_597_200;

export function fakeStepFunctions({ engine, machine }: StepFunctions) {
  const operations: Readonly<Record<string, (body: Body) => unknown>> = {
    SendTaskSuccess: ({ taskToken, output }) => engine.sendTaskSuccess(taskToken, JSON.parse(output)),
    SendTaskHeartbeat: ({ taskToken }) => engine.sendTaskHeartbeat(taskToken),
    StartExecution: ({ stateMachineArn, name, input }) => {
      const { arn } = engine.start({ machine, stateMachineArn, name, input: JSON.parse(input) });
      return { executionArn: arn, startDate: atSeconds };
    },
    StopExecution: ({ executionArn, error, cause }) => {
      engine.stop(engine.execution(executionArn), { error, cause });
      return { stopDate: atSeconds };
    },
    DescribeExecution: ({ executionArn }) => ({
      executionArn,
      status: engine.execution(executionArn).status,
    }),
  };
  return ({ operation, body }: Asked): Answer => {
    try {
      return json(operations[operation]?.(body as Body) ?? {});
    } catch (error) {
      if (error instanceof ApiError) return refused(error.name, 400, error.message);
      throw error;
    }
  };
}
