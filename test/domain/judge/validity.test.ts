import { describe, expect, it } from 'vitest';
import type { Block, Cohort } from '#domain/judge/series.ts';
import {
  type OddFault,
  type SourceFault,
  type UnknownCause,
  unknownCauseOf,
} from '#domain/judge/source-faults.ts';
import { validSeries } from '#domain/judge/validity.ts';
import type { Check } from '#domain/plan/plan.ts';
import { check } from '#test/support/builders.ts';

const block = (minute: number, nT: number, xT: number, nC = 900, xC = 4): Block => ({
  minute,
  treatment: { n: nT, x: xT },
  control: { n: nC, x: xC },
});
const rate = check({ metric: 'rate', compare: 'control' });

describe('blocks that can be', () => {
  it.each<[string, Check, readonly Block[]]>([
    ['minutes in their order', rate, [block(1, 10, 1), block(2, 10, 10), block(7, 0, 0)]],
    ['none', rate, []],
    [
      'no control where none is compared',
      check({ metric: 'rate' }),
      [{ minute: 1, treatment: { n: 1, x: 0 } }],
    ],
    [
      'a minute of which only control is known',
      rate,
      [{ minute: 1, control: { n: 1, x: 0 } }, block(2, 1, 0)],
    ],
    ['a sum below zero', check({ metric: 'mean' }), [block(1, 10, -5)]],
    ['a sum larger than its count', check({ metric: 'mean' }), [block(1, 10, 5000)]],
    ['a value below zero', check(), [block(1, 1, -3)]],
  ])('are left as they came: %s', (_title, one, blocks) => {
    expect(validSeries(one, blocks)).toEqual({ kind: 'blocks', blocks });
  });
});

describe('a minute that cannot be is left out, of both cohorts, with its reason', () => {
  it.each<[UnknownCause, OddFault, Check, Block, Cohort]>([
    [
      'impossible',
      { code: 'more-bad-among', params: { minute: 2, bad: '11', among: '10' } },
      rate,
      block(2, 10, 11),
      'treatment',
    ],
    [
      'impossible',
      { code: 'more-bad-among', params: { minute: 2, bad: '5', among: '4' } },
      rate,
      block(2, 10, 1, 4, 5),
      'control',
    ],
    [
      'impossible',
      { code: 'counts-negative', params: { minute: 2, n: '-1', x: '0' } },
      rate,
      block(2, -1, 0),
      'treatment',
    ],
    [
      'impossible',
      { code: 'counts-negative', params: { minute: 2, n: '10', x: '-1' } },
      rate,
      block(2, 10, -1),
      'treatment',
    ],
    [
      'impossible',
      { code: 'counts-negative', params: { minute: 2, n: '-1', x: '0' } },
      check(),
      block(2, -1, 0),
      'treatment',
    ],
    [
      'malformed',
      { code: 'not-counts', params: { minute: 2, n: 'NaN', x: '0' } },
      rate,
      block(2, Number.NaN, 0),
      'treatment',
    ],
    [
      'malformed',
      { code: 'not-counts', params: { minute: 2, n: '10', x: 'Infinity' } },
      check(),
      block(2, 10, Number.POSITIVE_INFINITY),
      'treatment',
    ],
  ])('is left out of the series, %s: %j', (cause, fault, one, odd, cohort) => {
    expect(validSeries(one, [block(1, 10, 1), odd, block(3, 10, 1)])).toEqual({
      kind: 'blocks',
      blocks: [block(1, 10, 1), block(3, 10, 1)],
      odd: [{ minute: 2, cohort, fault }],
    });
    expect(unknownCauseOf[fault.code]).toBe(cause);
  });
});

describe('blocks of no minute are unknown', () => {
  it.each<[UnknownCause, SourceFault, Check, readonly Block[]]>([
    ['malformed', { code: 'not-a-minute', params: { minute: '1.5' } }, rate, [block(1.5, 10, 0)]],
    [
      'backwards',
      { code: 'minutes-backwards', params: { minute: 2, before: 3 } },
      rate,
      [block(3, 10, 0), block(2, 10, 0)],
    ],
    [
      'backwards',
      { code: 'minutes-backwards', params: { minute: 3, before: 3 } },
      rate,
      [block(3, 10, 0), block(3, 10, 0)],
    ],
    ['no-cohort', { code: 'control-missing', params: {} }, rate, [{ minute: 1, treatment: { n: 10, x: 0 } }]],
  ])('are a series that is unknown, %s: %j', (cause, fault, one, blocks) => {
    expect(validSeries(one, blocks)).toEqual({ kind: 'unknown', fault });
    expect(unknownCauseOf[fault.code]).toBe(cause);
  });
});
