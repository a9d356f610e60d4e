import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { describe, expect, it } from 'vitest';
import type { Schedule, Schedules } from '#application/ports/workflow.ts';
import { ServiceUnavailable } from '#domain/errors.ts';
import { eventBridgeSchedules } from '#functions/adapters/scheduler/schedules.ts';
import { json, outages, refused, wireService } from './service.ts';

const service = wireService();
const nowMs = Date.parse('2025-03-10T09:00:20.000Z');
const targetArns = {
  tick: 'arn:aws:lambda:eu-west-3:111122223333:function:tick:live',
  date: 'arn:aws:lambda:eu-west-3:111122223333:function:date-reached:live',
};
const roleArn = 'arn:aws:iam::111122223333:role/jalon-scheduler';
const deadLetterArn = 'arn:aws:sqs:eu-west-3:111122223333:jalon-schedules-dead';
const schedules = () =>
  eventBridgeSchedules({
    client: new SchedulerClient(service.settings()),
    clock: { nowMs: () => nowMs },
    group: 'jalon',
    roleArn,
    targetArns,
    deadLetterArn,
  });

const atMs = Date.parse('2025-03-17T08:00:00.000Z');
const date: Schedule = {
  name: 'r1.j-7',
  when: { atMs },
  target: 'date',
  input: { releaseId: 'r1', epoch: 2 },
};
const tick: Schedule = {
  name: 'r1.w1.tick',
  when: { everyMinutes: 5, untilMs: atMs },
  target: 'tick',
  input: { releaseId: 'r1' },
};
const created = json({ ScheduleArn: 'arn:aws:scheduler:eu-west-3:111122223333:schedule/jalon/r1.j-7' });
const conflict = refused('ConflictException', 409);
const missing = refused('ResourceNotFoundException', 404);

const dateBody = {
  GroupName: 'jalon',
  ScheduleExpression: 'at(2025-03-17T08:00:00)',
  ScheduleExpressionTimezone: 'UTC',
  FlexibleTimeWindow: { Mode: 'OFF' },
  ActionAfterCompletion: 'DELETE',
  ClientToken: expect.any(String),
  Target: {
    Arn: targetArns.date,
    RoleArn: roleArn,
    Input: '{"releaseId":"r1","epoch":2}',
    DeadLetterConfig: { Arn: deadLetterArn },
    RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 },
  },
};

describe('put', () => {
  it('creates a date', async () => {
    service.answer(created);
    await schedules().put(date);
    expect(service.asked).toMatchObject([{ operation: 'POST /schedules/r1.j-7' }]);
    expect(service.asked[0]?.body).toEqual(dateBody);
  });

  it('creates a tick that ends, and is not delivered late', async () => {
    service.answer(created);
    await schedules().put(tick);
    expect(service.asked[0]?.body).toEqual({
      ...dateBody,
      ScheduleExpression: 'rate(5 minutes)',
      EndDate: atMs / 1000,
      Target: {
        ...dateBody.Target,
        Arn: targetArns.tick,
        Input: '{"releaseId":"r1"}',
        RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
      },
    });
  });

  it.each([
    ['2025-01-01T00:00:00.000Z', 'at(2025-03-10T09:02:00)'],
    ['2025-03-10T09:00:40.000Z', 'at(2025-03-10T09:02:00)'],
    ['2025-03-10T09:02:00.000Z', 'at(2025-03-10T09:02:00)'],
    ['2025-03-10T09:02:00.001Z', 'at(2025-03-10T09:03:00)'],
    // In Paris the clocks have changed: UTC has no such night.
    ['2025-03-30T01:30:00.000Z', 'at(2025-03-30T01:30:00)'],
  ])('%s becomes %s: never in the past, never early', async (at, expected) => {
    service.answer(created);
    await schedules().put({ ...date, when: { atMs: Date.parse(at) } });
    expect(service.asked[0]?.body).toMatchObject({ ScheduleExpression: expected });
  });

  it('every minute is singular', async () => {
    service.answer(created);
    await schedules().put({ ...tick, when: { everyMinutes: 1, untilMs: atMs } });
    expect(service.asked[0]?.body).toMatchObject({ ScheduleExpression: 'rate(1 minute)' });
  });

  it('replaces the whole of what is there', async () => {
    service.answer(conflict, created);
    await schedules().put(date);
    expect(service.operations()).toEqual(['POST /schedules/r1.j-7', 'PUT /schedules/r1.j-7']);
    expect(service.asked[1]?.body).toEqual(dateBody);
  });

  it('creates again what completed in between', async () => {
    service.answer(conflict, missing, created);
    await schedules().put(date);
    expect(service.operations()).toEqual([
      'POST /schedules/r1.j-7',
      'PUT /schedules/r1.j-7',
      'POST /schedules/r1.j-7',
    ]);
  });

  it('gives up on what comes and goes', async () => {
    service.answer(conflict, missing, conflict, missing, conflict, missing);
    await expect(schedules().put(date)).rejects.toThrow(ServiceUnavailable);
  });

  it.each([
    ['ValidationException', 400],
    ['ResourceNotFoundException', 404],
  ])('%s on creation is a fault, and goes through', async (name, status) => {
    service.answer(refused(name, status));
    await expect(schedules().put(date)).rejects.toMatchObject({ name });
  });

  it('gives up on one that somebody else is changing', async () => {
    service.answer(conflict, conflict, conflict, conflict, conflict, conflict);
    await expect(schedules().put(date)).rejects.toThrow(ServiceUnavailable);
  });

  it('a quota that is used up is a matter of time', async () => {
    service.answer(refused('ServiceQuotaExceededException', 402));
    await expect(schedules().put(date)).rejects.toThrow(ServiceUnavailable);
  });
});

describe('remove', () => {
  it('deletes in the group', async () => {
    service.answer(json({}));
    await schedules().remove('r1.j-7');
    expect(service.operations()[0]).toMatch(/^DELETE \/schedules\/r1\.j-7\?.*groupName=jalon/);
  });

  it('is harmless when there is none', async () => {
    service.answer(missing);
    await schedules().remove('r1.j-7');
  });

  it('tries again while somebody else is changing it, and gives up', async () => {
    service.answer(conflict, json({}));
    await schedules().remove('r1.j-7');
    service.answer(conflict, conflict, conflict);
    await expect(schedules().remove('r1.j-7')).rejects.toThrow(ServiceUnavailable);
  });
});

describe('names', () => {
  const page = (from: number, count: number, NextToken?: string) =>
    json({ Schedules: Array.from({ length: count }, (_, n) => ({ Name: `r1.${from + n}` })), NextToken });

  it('follows pages, also those that are not full', async () => {
    service.answer(page(0, 2, 'more'), page(2, 1));
    expect(await schedules().names('r1.')).toEqual(['r1.0', 'r1.1', 'r1.2']);
    const [first = '', second = ''] = service.operations();
    expect(Object.fromEntries(new URL(first.slice(4), 'http://x').searchParams)).toEqual({
      ScheduleGroup: 'jalon',
      NamePrefix: 'r1.',
      MaxResults: '100',
    });
    expect(new URL(second.slice(4), 'http://x').searchParams.get('NextToken')).toBe('more');
  });

  it('stops at 100', async () => {
    service.answer(page(0, 60, 'more'), page(60, 60, 'still more'));
    expect(await schedules().names('r1.')).toHaveLength(100);
  });
});

const calls: readonly (readonly [string, (port: Schedules) => Promise<unknown>])[] = [
  ['put', (port) => port.put(date)],
  ['remove', (port) => port.remove('r1.j-7')],
  ['names', (port) => port.names('r1.')],
];
describe.each(outages)('a service that %s', (_, answer) => {
  it.each(calls)('makes the port unavailable: %s', async (__, call) => {
    service.answer(answer);
    await expect(call(schedules())).rejects.toThrow(ServiceUnavailable);
  });
});
