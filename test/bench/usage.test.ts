import { describe, expect, it } from 'vitest';
import { prices } from '../../bench/cost/prices.ts';
import {
  afterFreeTier,
  byService,
  dollarsOf,
  linesOf,
  minus,
  onLine,
  sumOf,
  times,
  without,
} from '../../bench/cost/usage.ts';

describe('prices', () => {
  it.each([
    ['48 h polled every minute, Step Functions in Paris', { stateTransition: 8640 }, 0.256608],
    ['a thousand mails', { mail: 1000 }, 0.1],
    ['five metrics a minute for 48 h', { metricRead: 5 * 2880 }, 0.144],
    ['48 h of ticks every minute', { scheduleFired: 2880 }, 0.00288],
    ['2,880 runs of half a second with 256 MB', { lambdaRequest: 2880, lambdaGbSecond: 360 }, 0.005376],
    ['a million write units and eight million read units', { writeUnit: 1e6, readUnit: 8e6 }, 1.625],
    ['three keys for a month', { keyMonth: 3 }, 3],
  ])('are those of AWS in Paris: %s', (_, usage, dollars) => {
    expect(dollarsOf(usage)).toBeCloseTo(dollars, 6);
  });

  it('are positive, and only what AWS gives for ever is free', () => {
    for (const [name, price] of Object.entries(prices)) {
      expect(price.dollars, name).toBeGreaterThan(0);
      expect(price.per, name).toBeGreaterThanOrEqual(1);
    }
    expect(prices.metricRead).not.toHaveProperty('freePerMonth');
    expect(prices.mail).not.toHaveProperty('freePerMonth');
  });
});

describe('usage', () => {
  const tick = { lambdaRequest: 1, metricRead: 7 };

  it('adds up, in any order', () => {
    expect(sumOf([tick, { mail: 2 }, tick])).toEqual({ lambdaRequest: 2, metricRead: 14, mail: 2 });
    expect(sumOf([])).toEqual({});
    expect(minus(sumOf([tick, { mail: 2 }]), { mail: 2 })).toEqual({ ...tick, mail: 0 });
    expect(times(tick, 3)).toEqual({ lambdaRequest: 3, metricRead: 21 });
    expect(without(tick, 'metricRead')).toEqual({ lambdaRequest: 1, metricRead: 0 });
  });

  it('lists each thing with its price, and sums by service', () => {
    const usage = { readUnit: 8e6, writeUnit: 1e6, mail: 10 };
    expect(linesOf(usage).map(({ unit }) => unit)).toEqual(['mails', 'read units', 'write units']);
    expect([...byService(usage)]).toEqual([
      ['SES', 0.001],
      ['DynamoDB', 1.625],
    ]);
  });

  it('lies on the line through two that were measured', () => {
    const small = [1000, { mail: 3600, metricRead: 50 }] as const;
    const large = [3000, { mail: 10_800, metricRead: 50 }] as const;
    expect(onLine(small, large, 10_000)).toEqual({ mail: 36_000, metricRead: 50 });
    expect(onLine(small, large, 1000)).toEqual(small[1]);
    expect(() => onLine(small, small, 2000)).toThrow(RangeError);
  });

  it('never falls below nothing on that line', () => {
    expect(onLine([10, { mail: 100 }], [20, { mail: 50 }], 1000)).toEqual({ mail: 0 });
  });

  it('is less by the free tier of its months, and by nothing where there is none', () => {
    expect(afterFreeTier({ stateTransition: 9000, mail: 5 }, 2)).toEqual({ stateTransition: 1000, mail: 5 });
    expect(afterFreeTier({ stateTransition: 93 }, 2.3)).toEqual({ stateTransition: 0 });
  });
});
