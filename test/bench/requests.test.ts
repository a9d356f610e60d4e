import { describe, expect, it } from 'vitest';
import { bytesOf, itemBytes, readUnits, writeUnits } from '../../bench/cost/capacity.ts';
import { metricsIn, requestsOf } from '../../bench/cost/requests.ts';
import { readPlanForTest } from '../support/plans.ts';

const { checks } = readPlanForTest('technicia');
const check = (compare: 'objective' | 'control', query: string) => {
  const [any] = Object.values(checks);
  if (!any) throw new Error('the plan has no check');
  return { ...any, compare, metric: 'value' as const, source: { kind: 'cloudwatch' as const, query } };
};

describe('DynamoDB', () => {
  it('counts names and values in UTF-8, and lists and maps with what they hold', () => {
    expect(itemBytes({ pk: 'REL#é', n: 123 })).toBe(2 + 6 + 1 + 3);
    expect(bytesOf([])).toBe(3);
    expect(bytesOf({ a: true })).toBe(3 + 1 + 1 + 1);
    expect(itemBytes({ absent: undefined })).toBe(0);
  });

  it('reads by 4 KiB and writes by 1 KiB, one unit at least', () => {
    expect([0, 4096, 4097].map(readUnits)).toEqual([1, 1, 2]);
    expect([0, 1024, 1025].map(writeUnits)).toEqual([1, 1, 2]);
  });
});

describe('CloudWatch', () => {
  it('bills a metric once for its value and its samples, for each cohort that is compared', () => {
    expect(metricsIn(check('objective', 'AWS/Lambda/Duration:p99'))).toBe(1);
    expect(metricsIn(check('control', 'AWS/Lambda/Duration:p99'))).toBe(2);
  });

  it('bills each metric inside math, and not the math', () => {
    const query = '= 100 * [App/Errors:Sum] / [App/Requests:Sum]';
    expect(metricsIn(check('objective', query))).toBe(2);
    expect(metricsIn(check('control', query))).toBe(4);
    expect(metricsIn(check('objective', '= [App/Time:Sum] / [App/Time:SampleCount]'))).toBe(1);
    const mean = { kind: 'cloudwatch' as const, sum: 'App/Time:Sum', count: 'App/Time:SampleCount' };
    expect(metricsIn({ ...check('objective', ''), metric: 'mean', source: mean })).toBe(1);
  });
});

describe('a mail', () => {
  const marked = (request: ReturnType<typeof requestsOf>, status: string) =>
    request('campaigns', 'mark', ['c', 'p', status], undefined).usage;

  it('is claimed with a row and its place in the index, and moves one row and one shard when it is sent', () => {
    const request = requestsOf('technicia');
    const claim = request('campaigns', 'claim', ['c', 'p', 0], true).usage;
    expect(claim).toMatchObject({ writeUnit: 3 });
    expect(claim.storedGbMonth).toBeGreaterThan(0);
    expect(marked(request, 'sent')).toEqual({ readUnit: 1, writeUnit: 5 });
    // Delivered counts where sent did.
    expect(marked(request, 'delivered')).toEqual({ readUnit: 1, writeUnit: 2 });
    expect(marked(request, 'delivered')).toEqual({ readUnit: 1 });
  });

  it('that somebody else claimed is asked for and not stored', () => {
    const { usage } = requestsOf('technicia')('campaigns', 'claim', ['c', 'p', 0], false);
    expect(usage).toEqual({ writeUnit: 2 });
  });
});

describe('a call', () => {
  const request = requestsOf('technicia');

  it('to the team is a mail per role', () => {
    const notice = { releaseId: 'r', roles: ['qa', 'devops', 'qa'], subject: '', text: '' };
    expect(request('notifier', 'notify', [notice], undefined).usage).toEqual({ mail: 2 });
  });

  it('to the queue is a request for every ten jobs', () => {
    expect(request('mailQueue', 'enqueue', [Array.from({ length: 11 })], undefined).usage).toEqual({
      queueRequest: 2,
    });
  });

  it('to Scheduler and Run Command is free, and one that nobody has priced is refused', () => {
    expect(request('schedules', 'put', [], undefined).usage).toEqual({});
    expect(request('scripts', 'start', [], undefined).usage).toEqual({});
    expect(() => request('rockets', 'launch', [], undefined)).toThrow('rockets.launch has no price');
  });
});
