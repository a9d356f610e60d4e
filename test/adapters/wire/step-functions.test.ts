import { SFNClient } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { ServiceUnavailable, WaitClosed } from '#domain/errors.ts';
import { sfnEscalations } from '#functions/adapters/step-functions/escalations.ts';
import { sfnExecutions } from '#functions/adapters/step-functions/executions.ts';
import { sfnMachine } from '#functions/adapters/step-functions/machine.ts';
import { sfnTasks } from '#functions/adapters/step-functions/tasks.ts';
import { json, outages, refused, wireService } from './service.ts';

const service = wireService();
const releaseMachineArn = 'arn:aws:states:eu-west-3:111122223333:stateMachine:jalon-release:live';
const escalationMachineArn = 'arn:aws:states:eu-west-3:111122223333:stateMachine:jalon-escalation:live';
const executionArn = 'arn:aws:states:eu-west-3:111122223333:execution:jalon-release:r1';
const client = () => new SFNClient(service.settings());
const tasks = () => sfnTasks({ client: client() });
const machine = () => sfnMachine({ client: client(), machineArn: releaseMachineArn });
const executions = () => sfnExecutions({ client: client() });
const escalations = () => sfnEscalations({ client: client(), escalationMachineArn });
const started = json({ executionArn, startDate: 1_741_597_200 });

const calls: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['succeed', () => tasks().succeed('token', {})],
  ['heartbeat', () => tasks().heartbeat('token')],
  ['start a release', () => machine().start('r1', {})],
  ['start an escalation', () => escalations().start('r1-i1', {})],
  ['stop', () => machine().stop(executionArn, 'because')],
  ['status', () => executions().status(executionArn)],
];

describe('what goes over the wire', () => {
  it('answers a task', async () => {
    service.answer(json({}), json({}));
    await tasks().succeed('token', { status: 'succeeded' });
    await tasks().heartbeat('token');
    expect(service.asked.map(({ operation, body }) => [operation, body])).toEqual([
      ['SendTaskSuccess', { taskToken: 'token', output: '{"status":"succeeded"}' }],
      ['SendTaskHeartbeat', { taskToken: 'token' }],
    ]);
  });

  it('starts through the aliases', async () => {
    service.answer(started, started);
    expect(await machine().start('r1', { contract: 1 })).toEqual({ executionArn, taken: false });
    await escalations().start('r1-i1', { incident: 'i1' });
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
    await machine().stop(executionArn, 'x'.repeat(40_000));
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
  ])('says of an execution: %s is %s', async (status, expected) => {
    service.answer(json({ executionArn, status }));
    expect(await executions().status(executionArn)).toBe(expected);
    expect(service.asked.map(({ operation, body }) => [operation, body])).toEqual([
      ['DescribeExecution', { executionArn }],
    ]);
  });
});

describe('refusals', () => {
  it.each(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'])('%s closes the wait', async (name) => {
    service.answer(refused(name), refused(name));
    await expect(tasks().succeed('token', {})).rejects.toThrow(WaitClosed);
    await expect(tasks().heartbeat('token')).rejects.toThrow(WaitClosed);
  });

  it('a name that is taken is the execution that has it, without the alias', async () => {
    service.answer(refused('ExecutionAlreadyExists'), refused('ExecutionAlreadyExists'));
    expect(await machine().start('r1', {})).toEqual({ executionArn, taken: true });
    const escalation = 'arn:aws:states:eu-west-3:111122223333:execution:jalon-escalation:r1-i1';
    expect(await escalations().start('r1-i1', {})).toEqual({ executionArn: escalation, taken: true });
  });

  it('an execution that AWS has forgotten is stopped', async () => {
    service.answer(refused('ExecutionDoesNotExist'), refused('ExecutionDoesNotExist'));
    await machine().stop(executionArn, 'because');
    expect(await executions().status(executionArn)).toBe('aborted');
  });

  it.each(['ExecutionLimitExceeded', 'KmsThrottlingException'])('%s is a matter of time', async (name) => {
    service.answer(refused(name));
    await expect(machine().start('r1', {})).rejects.toThrow(ServiceUnavailable);
  });

  it.each(['StateMachineDoesNotExist', 'AccessDeniedException', 'KmsAccessDeniedException', 'InvalidName'])(
    '%s is told to whoever asks for a start',
    async (name) => {
      service.answer(refused(name));
      const refusal = { code: 'service-refused', params: { said: expect.stringContaining(name) } };
      await expect(machine().start('r1', {})).rejects.toMatchObject({ name: 'ServiceUnavailable', refusal });
    },
  );
});

describe.each(outages)('a service that %s', (_, answer) => {
  it.each(calls)('makes the port unavailable: %s', async (__, call) => {
    service.answer(answer);
    await expect(call()).rejects.toThrow(ServiceUnavailable);
  });
});
