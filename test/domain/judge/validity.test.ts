import { describe, expect, it } from 'vitest';
import type { Block, UnknownCause } from '#domain/judge/series.ts';
import { soundSeries } from '#domain/judge/validity.ts';
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
    expect(soundSeries(one, blocks)).toEqual({ kind: 'blocks', blocks });
  });
});

describe('blocks that cannot be are unknown, with the minute', () => {
  it.each<[UnknownCause, string, Check, readonly Block[]]>([
    ['impossible', 'minute 2: 11 bad events among 10', rate, [block(1, 10, 1), block(2, 10, 11)]],
    ['impossible', 'minute 1: 5 bad events among 4', rate, [block(1, 10, 1, 4, 5)]],
    ['impossible', 'minute 1: -1 and 0: a count is never negative', rate, [block(1, -1, 0)]],
    ['impossible', 'minute 1: 10 and -1: a count is never negative', rate, [block(1, 10, -1)]],
    ['impossible', 'minute 1: -1 and 0: a count is never negative', check(), [block(1, -1, 0)]],
    ['malformed', 'minute 1: NaN and 0 are no counts', rate, [block(1, Number.NaN, 0)]],
    [
      'malformed',
      'minute 1: 10 and Infinity are no counts',
      check(),
      [block(1, 10, Number.POSITIVE_INFINITY)],
    ],
    ['malformed', 'minute 1.5 is no whole number', rate, [block(1.5, 10, 0)]],
    ['backwards', 'minute 2 comes after minute 3', rate, [block(3, 10, 0), block(2, 10, 0)]],
    ['backwards', 'minute 3 comes after minute 3', rate, [block(3, 10, 0), block(3, 10, 0)]],
    ['no-cohort', 'no minute says what users without', rate, [{ minute: 1, treatment: { n: 10, x: 0 } }]],
  ])('are a series that is unknown, %s: %s', (cause, text, one, blocks) => {
    expect(soundSeries(one, blocks)).toEqual({ kind: 'unknown', cause, text: expect.stringContaining(text) });
  });
});
