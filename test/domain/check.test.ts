import { describe, expect, it } from 'vitest';
import { judgeReading, meets, type Reading } from '#domain/check.ts';
import type { Verdict } from '#domain/facts.ts';
import type { Check, Comparison, NoData } from '#domain/plan.ts';
import { check } from '#test/support/builders.ts';

const value = (of: number, changes: { samples?: number; control?: number } = {}): Reading => ({
  kind: 'value',
  value: of,
  samples: 100,
  ...changes,
});

describe('meets', () => {
  it.each<[Comparison, readonly [boolean, boolean, boolean]]>([
    ['<', [true, false, false]],
    ['<=', [true, true, false]],
    ['>', [false, false, true]],
    ['>=', [false, true, true]],
  ])('%s: below, at and above the objective', (comparison, expected) => {
    expect([4, 5, 6].map((of) => meets({ comparison, value: 5, unit: '%' }, of))).toEqual(expected);
  });
});

describe('judgeReading', () => {
  it.each<[string, Reading, Partial<Check>, Verdict]>([
    ['a value within the objective', value(0.5), {}, 'healthy'],
    ['a value at the objective, which asks for less', value(1), {}, 'unhealthy'],
    ['a value beyond the objective', value(1.5), {}, 'unhealthy'],
    ['zero is a value', value(0), {}, 'healthy'],
    ['enough samples, exactly', value(0.5, { samples: 10 }), {}, 'healthy'],
    ['one sample too few to be good', value(0.5, { samples: 9 }), {}, 'inconclusive'],
    ['one sample too few to be bad', value(50, { samples: 9 }), {}, 'inconclusive'],
    ['a value that is not a number', value(Number.NaN), {}, 'unhealthy'],
    ['a source that does not work', { kind: 'unavailable', text: 'down' }, {}, 'unknown'],
    [
      'a source that does not work, though no data would pass',
      { kind: 'unavailable', text: 'down' },
      { noData: { action: 'pass', reason: 'none is fine' } },
      'unknown',
    ],
    [
      'a source that does not work, though no data would fail',
      { kind: 'unavailable', text: 'down' },
      { noData: { action: 'fail' } },
      'unknown',
    ],
  ])('%s is %4$s', (_title, reading, changes, verdict) => {
    expect(judgeReading(check(changes), reading)).toBe(verdict);
  });

  it.each<[NoData, Verdict]>([
    [{ action: 'hold' }, 'unknown'],
    [{ action: 'fail' }, 'unhealthy'],
    [{ action: 'pass', reason: 'no incident, no time to repair' }, 'healthy'],
  ])('no data with $action is %s', (noData, verdict) => {
    expect(judgeReading(check({ noData }), { kind: 'no-data' })).toBe(verdict);
  });
});

describe('treatment against control', () => {
  const lower = { comparison: '<', value: 1, unit: '%' } as const;
  const higher = { comparison: '>', value: 99, unit: '%' } as const;

  it.each<[string, Partial<Check>, Reading, Verdict]>([
    [
      'meets the objective, worse than control',
      { objective: lower },
      value(0.9, { control: 0.1 }),
      'healthy',
    ],
    ['as bad as control', { objective: lower }, value(5, { control: 5 }), 'healthy'],
    ['worse than control, no tolerance', { objective: lower }, value(5.1, { control: 5 }), 'unhealthy'],
    [
      'worse within the tolerance',
      { objective: lower, tolerance: 1.5 },
      value(7.5, { control: 5 }),
      'healthy',
    ],
    [
      'worse beyond the tolerance',
      { objective: lower, tolerance: 1.5 },
      value(7.6, { control: 5 }),
      'unhealthy',
    ],
    ['higher is better: as low as control', { objective: higher }, value(90, { control: 90 }), 'healthy'],
    ['higher is better: lower than control', { objective: higher }, value(89, { control: 90 }), 'unhealthy'],
    [
      'higher is better: lower within the tolerance',
      { objective: higher, tolerance: 1.25 },
      value(72, { control: 90 }),
      'healthy',
    ],
    [
      'higher is better: lower beyond the tolerance',
      { objective: higher, tolerance: 1.25 },
      value(71, { control: 90 }),
      'unhealthy',
    ],
    ['no control to compare with', { objective: lower, tolerance: 1.5 }, value(5), 'unhealthy'],
    [
      'a check that compares with its objective only',
      { objective: lower, compare: 'objective', tolerance: 1.5 },
      value(5, { control: 5 }),
      'unhealthy',
    ],
    [
      'too few samples, whatever control says',
      { objective: lower },
      value(5, { control: 5, samples: 1 }),
      'inconclusive',
    ],
  ])('%s', (_title, changes, reading, verdict) => {
    expect(judgeReading(check({ compare: 'control', ...changes }), reading)).toBe(verdict);
  });
});
