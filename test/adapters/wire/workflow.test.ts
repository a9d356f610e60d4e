import { SFNClient } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { ReleaseExists, ServiceUnavailable, WaitClosed } from '#domain/errors.ts';
import type { Workflow } from '#domain/ports.ts';
import { sfnWorkflow } from '#functions/adapters/workflow.sfn.ts';
import { json, outages, refused, wireService } from './service.ts';

const service = wireService();
const releaseMachineArn = 'arn:aws:states:eu-west-3:111122223333:stateMachine:jalon-release:live';
const escalationMachineArn = 'arn:aws:states:eu-west-3:111122223333:stateMachine:jalon-escalation:live';
const executionArn = 'arn:aws:states:eu-west-3:111122223333:execution:jalon-release:r1';
const workflow = () =>
  sfnWorkflow({ client: new SFNClient(service.settings()), releaseMachineArn, escalationMachineArn });
const started = json({ executionArn, startDate: 1_741_597_200 });

const calls: readonly (readonly [string, (port: Workflow) => Promise<unknown>])[] = [
  ['succeed', (port) => port.succeed('token', {})],
  ['heartbeat', (port) => port.heartbeat('token')],
  ['startRelease', (port) => port.startRelease('r1', {})],
  ['startEscalation', (port) => port.startEscalation('r1-i1', {})],
  ['stop', (port) => port.stop(executionArn, 'because')],
  ['status', (port) => port.status(executionArn)],
];

describe('what goes over the wire', () => {
  it('answers a task', async () => {
    service.answer(json({}), json({}));
    await workflow().succeed('token', { status: 'succeeded' });
    await workflow().heartbeat('token');
    expect(service.asked.map(({ operation, body }) => [operation, body])).toEqual([
      ['SendTaskSuccess', { taskToken: 'token', output: '{"status":"succeeded"}' }],
      ['SendTaskHeartbeat', { taskToken: 'token' }],
    ]);
  });

  it('starts through the aliases', async () => {
    service.answer(started, started);
    expect(await workflow().startRelease('r1', { contract: 1 })).toEqual({ executionArn });
    await workflow().startEscalation('r1-i1', { incident: 'i1' });
    expect(service.asked.map(({ operation, body }) => [operation, body])).toEqual([
      ['StartExecution', { stateMachineArn: releaseMachineArn, name: 'r1', input: '{"contract":1}' }],
      [
        'StartExecution',
        { stateMachineArn: escalationMachineArn, name: 'r1-i1', input: '{"incident":"i1"}' },
      ],
    ]);
  });

  it('stops with an error that the machine knows, and a reason that fits', async () => {
    service.answer(json({ stopDate: 1_741_597_200 }));
    await workflow().stop(executionArn, 'x'.repeat(40_000));
    expect(service.asked[0]?.body).toEqual({
      executionArn,
      error: 'Release.Aborted',
      cause: 'x'.repeat(32_768),
    });
  });

  it.each([
    ['RUNNING', 'running'],
    ['PENDING_REDRIVE', 'running'],
    ['SUCCEEDED', 'succeeded'],
    ['FAILED', 'failed'],
    ['TIMED_OUT', 'timed-out'],
    ['ABORTED', 'aborted'],
  ])('%s is %s', async (status, expected) => {
    service.answer(json({ executionArn, status }));
    expect(await workflow().status(executionArn)).toBe(expected);
    expect(service.asked.map(({ operation, body }) => [operation, body])).toEqual([
      ['DescribeExecution', { executionArn }],
    ]);
  });
});

describe('refusals', () => {
  it.each(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'])('%s closes the wait', async (name) => {
    service.answer(refused(name), refused(name));
    await expect(workflow().succeed('token', {})).rejects.toThrow(WaitClosed);
    await expect(workflow().heartbeat('token')).rejects.toThrow(WaitClosed);
  });

  it('a release that exists is ReleaseExists, an escalation that exists is harmless', async () => {
    service.answer(refused('ExecutionAlreadyExists'), refused('ExecutionAlreadyExists'));
    await expect(workflow().startRelease('r1', {})).rejects.toThrow(ReleaseExists);
    await workflow().startEscalation('r1-i1', {});
  });

  it('an execution that AWS has forgotten is stopped', async () => {
    service.answer(refused('ExecutionDoesNotExist'));
    await workflow().stop(executionArn, 'because');
  });

  it.each(['ExecutionLimitExceeded', 'KmsThrottlingException'])('%s is a matter of time', async (name) => {
    service.answer(refused(name));
    await expect(workflow().startRelease('r1', {})).rejects.toThrow(ServiceUnavailable);
  });

  it.each(['StateMachineDoesNotExist', 'AccessDeniedException', 'KmsAccessDeniedException', 'InvalidName'])(
    '%s is a fault, and goes through',
    async (name) => {
      service.answer(refused(name));
      await expect(workflow().startRelease('r1', {})).rejects.toMatchObject({ name });
    },
  );
});

describe.each(outages)('a service that %s', (_, answer) => {
  it.each(calls)('makes %s unavailable', async (__, call) => {
    service.answer(answer);
    await expect(call(workflow())).rejects.toThrow(ServiceUnavailable);
  });
});
