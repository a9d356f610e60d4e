import { describe, expect, it } from 'vitest';
import { judgeReading, meets, type Reading, readingOf } from '#domain/judge/check.ts';
import type { Block, Counts } from '#domain/judge/series.ts';
import type { Verdict } from '#domain/ledger/facts.ts';
import type { Check, Comparison, NoData } from '#domain/plan/plan.ts';
import { check } from '#test/support/builders.ts';

const value = (of: number, changes: { samples?: number; control?: number } = {}): Reading => ({
  kind: 'value',
  value: of,
  samples: 100,
  ...changes,
});

const down: Reading = { kind: 'unknown', fault: { code: 'provider-answers', params: { status: 503 } } };

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
    ['nobody there to be measured', { kind: 'idle' }, {}, 'inconclusive'],
    [
      'nobody there, though no data would fail',
      { kind: 'idle' },
      { noData: { action: 'fail' } },
      'inconclusive',
    ],
    ['a source that does not work', down, {}, 'unknown'],
    [
      'a source that does not work, though no data would pass',
      down,
      { noData: { action: 'pass', reason: 'none is fine' } },
      'unknown',
    ],
    [
      'a source that does not work, though no data would fail',
      down,
      { noData: { action: 'fail' } },
      'unknown',
    ],
  ])('says of one reading alone: %s is %4$s', (_title, reading, changes, verdict) => {
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
    ['as bad as control', { objective: lower }, value(5, { control: 5 }), 'inconclusive'],
    ['worse than control, no tolerance', { objective: lower }, value(5.1, { control: 5 }), 'unhealthy'],
    [
      'worse within the tolerance',
      { objective: lower, tolerance: 1.5 },
      value(7.5, { control: 5 }),
      'inconclusive',
    ],
    [
      'worse beyond the tolerance',
      { objective: lower, tolerance: 1.5 },
      value(7.6, { control: 5 }),
      'unhealthy',
    ],
    [
      'higher is better: as low as control',
      { objective: higher },
      value(90, { control: 90 }),
      'inconclusive',
    ],
    ['higher is better: lower than control', { objective: higher }, value(89, { control: 90 }), 'unhealthy'],
    [
      'higher is better: lower within the tolerance',
      { objective: higher, tolerance: 1.25 },
      value(72, { control: 90 }),
      'inconclusive',
    ],
    [
      'higher is better: lower beyond the tolerance',
      { objective: higher, tolerance: 1.25 },
      value(71, { control: 90 }),
      'unhealthy',
    ],
    ['no control to compare with', { objective: lower, tolerance: 1.5 }, value(5), 'unhealthy'],
    [
      'too few samples, whatever control says',
      { objective: lower },
      value(5, { control: 5, samples: 1 }),
      'inconclusive',
    ],
  ])('is judged with control and tolerance: %s', (_title, changes, reading, verdict) => {
    expect(judgeReading(check({ compare: 'control', ...changes }), reading)).toBe(verdict);
  });
});

describe('readingOf', () => {
  const counts = (n: number, x: number): Counts => ({ n, x });
  const both = (minute: number, treatment: Counts, control: Counts): Block => ({
    minute,
    treatment,
    control,
  });
  const rate = { metric: 'rate', compare: 'control' } as const;
  const good = { comparison: '>', value: 99, unit: '%' } as const;

  it.each<[string, Partial<Check>, readonly Block[], number, Reading]>([
    ['nothing at all', rate, [], 10, { kind: 'no-data' }],
    ['others only', rate, [{ minute: 1, control: counts(9, 0) }], 10, { kind: 'no-data' }],
    ['nobody there', rate, [both(1, counts(0, 0), counts(9, 0))], 10, { kind: 'idle' }],
    [
      'bad events in percent, over all minutes, against those of the others',
      rate,
      [both(1, counts(10, 1), counts(90, 1)), both(2, counts(30, 1), counts(110, 1))],
      10,
      { kind: 'value', value: 5, samples: 40, control: 1 },
    ],
    [
      'good events in percent, where the objective asks for many',
      { ...rate, objective: good },
      [both(1, counts(100, 2), counts(100, 1))],
      10,
      { kind: 'value', value: 98, samples: 100, control: 99 },
    ],
    [
      'no control at 100 %, whatever the source still says of it',
      rate,
      [both(1, counts(100, 2), counts(1, 1))],
      100,
      { kind: 'value', value: 2, samples: 100 },
    ],
    [
      'no control for a check that compares with its objective',
      { metric: 'rate', compare: 'objective' },
      [both(1, counts(100, 2), counts(100, 1))],
      10,
      { kind: 'value', value: 2, samples: 100 },
    ],
    [
      'a mean of all that was measured',
      { metric: 'mean' },
      [
        { minute: 1, treatment: counts(1, 3) },
        { minute: 2, treatment: counts(3, 3) },
      ],
      10,
      { kind: 'value', value: 1.5, samples: 4 },
    ],
    [
      'a value, by its samples',
      { metric: 'value' },
      [
        { minute: 1, treatment: counts(1, 10) },
        { minute: 2, treatment: counts(3, 0) },
      ],
      10,
      { kind: 'value', value: 2.5, samples: 4 },
    ],
    [
      'what a user does, in percent of what others do',
      { metric: 'volume', compare: 'control' },
      [both(1, counts(5, 5), counts(90, 90))],
      10,
      { kind: 'value', value: 50, samples: 95 },
    ],
    [
      'by how much a cohort is off',
      { metric: 'split', compare: 'control' },
      [both(1, counts(8, 8), counts(92, 92))],
      10,
      { kind: 'value', value: 20, samples: 100 },
    ],
    [
      'no volume to compare at 100 %',
      { metric: 'volume', compare: 'control' },
      [both(1, counts(5, 5), counts(0, 0))],
      100,
      { kind: 'idle' },
    ],
  ])('sums blocks up as the metric asks: %s', (_title, changes, blocks, exposure, expected) => {
    const reading = readingOf(check(changes), blocks, exposure);
    expect(reading).toEqual(
      expected.kind === 'value' ? { ...expected, value: expect.closeTo(expected.value, 9) } : expected,
    );
  });
});
