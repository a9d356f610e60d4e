/** What a Task calls: a function or another machine. */

import type { Json } from '#domain/json.ts';
import { present } from '#domain/present.ts';
import { unreachable } from '#domain/unreachable.ts';
import { ApiError, FunctionMissing, StateFailure } from './errors.ts';
import type { Execution } from './execution.ts';
import type { Runtime } from './flow.ts';
import { crossing, isJsonObject } from './json.ts';
import type { Integration } from './machine.ts';

/** A call that was made: its result, or what the call gave while the work goes on elsewhere. */
export type Submission =
  | { readonly result: Json }
  | { readonly output: Json; readonly work: 'token' | Execution };

/**
 * Resource and resource type in the task's events; a direct call of a function has events of its own kind.
 */
export interface EventSource {
  readonly resource: string;
  readonly resourceType: 'lambda' | 'states' | undefined;
}

export function eventSource(integration: Integration): EventSource {
  if (integration.kind === 'lambda') return { resource: integration.arn, resourceType: undefined };
  const [resourceType, resource] = integration.kind.split(/:(.*)/s);
  return { resource: resource ?? '', resourceType: resourceType === 'lambda' ? 'lambda' : 'states' };
}

/** @throws StateFailure */
export async function submit(
  runtime: Runtime,
  integration: Integration,
  parameters: Json,
): Promise<Submission> {
  switch (integration.kind) {
    case 'lambda':
      return { result: await invokeFunction(runtime, integration.arn, parameters, integration.arn) };
    case 'lambda:invoke':
      return { result: await invokeService(runtime, parameters) };
    case 'lambda:invoke.waitForTaskToken':
      return { output: await invokeService(runtime, parameters), work: 'token' };
    case 'states:startExecution':
      return { result: startOutput(startChild(runtime, parameters)) };
    case 'states:startExecution.sync:2': {
      const child = startChild(runtime, parameters);
      return { output: startOutput(child), work: child };
    }
    default:
      return unreachable(integration);
  }
}

async function invokeService(runtime: Runtime, parameters: Json): Promise<Json> {
  const FunctionName = textMember(parameters, 'FunctionName');
  const Payload = isJsonObject(parameters) ? parameters['Payload'] : undefined;
  const answer = await invokeFunction(runtime, FunctionName, Payload ?? {}, 'lambda', Payload === null);
  return { ExecutedVersion: '$LATEST', Payload: answer, StatusCode: 200 };
}

async function invokeFunction(
  runtime: Runtime,
  functionName: string,
  payload: Json,
  place: string,
  empty = false,
): Promise<Json> {
  let answer: unknown;
  try {
    answer = await runtime.invoke(functionName, empty ? null : crossing(payload).value);
  } catch (error) {
    throw functionFailure(error);
  }
  const { value, tooLarge } = crossing(answer);
  if (tooLarge) throw StateFailure.dataLimit(place);
  return value;
}

/**
 * `name` and `message` of what a function throws are its errorType and errorMessage, and the cause is the
 * JSON text of both. Errors of the Lambda service itself (`Lambda.TooManyRequestsException`) have their
 * message as cause.
 */
function functionFailure(error: unknown): StateFailure {
  if (error instanceof FunctionMissing) {
    return new StateFailure(
      'Lambda.ResourceNotFoundException',
      `${error.message} (Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException)`,
    );
  }
  const errorType = error instanceof Error ? error.name : 'Error';
  const errorMessage = error instanceof Error ? error.message : String(error);
  if (errorType.startsWith('Lambda.')) return new StateFailure(errorType, errorMessage);
  return new StateFailure(errorType, JSON.stringify({ errorType, errorMessage, trace: [] }));
}

function startChild(runtime: Runtime, parameters: Json): Execution {
  const members = isJsonObject(parameters) ? parameters : {};
  const { Name, Input } = members as { Name?: Json; Input?: Json };
  try {
    return runtime.startChild({
      stateMachineArn: textMember(parameters, 'StateMachineArn'),
      name: typeof Name === 'string' ? Name : undefined,
      input: Input ?? {},
    });
  } catch (error) {
    if (error instanceof ApiError)
      throw new StateFailure(`StepFunctions.${error.name}Exception`, error.message);
    throw error;
  }
}

const startOutput = ({ arn, startMs }: Execution): Json => ({ ExecutionArn: arn, StartDate: startMs });

/**
 * Result of `.sync:2`: DescribeExecution with Input and Output as values. @throws StateFailure unless it
 * succeeded
 */
export function childResult(child: Execution): Json {
  const { arn, name, stateMachineArn, status, input, output, error, cause, startMs, stopMs } = child;
  const description = {
    ExecutionArn: arn,
    Input: input,
    InputDetails: { Included: true },
    Name: name,
    ...(output === undefined ? {} : { Output: output, OutputDetails: { Included: true } }),
    ...present({ Error: error, Cause: cause }),
    StartDate: startMs,
    StateMachineArn: stateMachineArn,
    Status: status,
    StopDate: stopMs ?? null,
  };
  if (status !== 'SUCCEEDED') throw new StateFailure('States.TaskFailed', JSON.stringify(description));
  return description;
}

function textMember(parameters: Json, name: string): string {
  const value = isJsonObject(parameters) ? parameters[name] : undefined;
  if (typeof value === 'string' && value !== '') return value;
  throw new StateFailure(
    'States.Runtime',
    `The parameter '${name}' must be a text, but was: ${JSON.stringify(value)}`,
  );
}
