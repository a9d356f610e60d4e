/** What the judge makes of what sources count: proofs, silences, and data that come late. The tests' numbers are elsewhere. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { revisedMinutesMax } from '#domain/judge/check-test.ts';
import { type Judgement, judge, type Memories, type Situation } from '#domain/judge/judge.ts';
import type { Block, Series } from '#domain/judge/series.ts';
import type { SourceFault } from '#domain/judge/source-faults.ts';
import type { Check } from '#domain/plan/plan.ts';
import { check } from '#test/support/builders.ts';

const from = 29_000_000;
const rate = check({ metric: 'rate', compare: 'control', tolerance: 1.1, minSample: 1 });
const situation = (minutes: number, changes: Partial<Situation> = {}): Situation => ({
  fromMinute: from,
  nowMinute: from + minutes,
  exposure: 10,
  hours: 48,
  alpha: 0.01,
  ...changes,
});

/** So many minutes of the same counts, from a minute of the bake on. */
const minutes = (count: number, nT: number, xT: number, nC: number, xC: number, first = 0): Block[] =>
  Array.from({ length: count }, (_, index) => ({
    minute: from + first + index,
    treatment: { n: nT, x: xT },
    control: { n: nC, x: xC },
  }));
const blocks = (...parts: readonly (readonly Block[])[]): Series => ({
  kind: 'blocks',
  blocks: parts.flat(),
});
const nothing = blocks();
const healthy = (count: number, first = 0) => minutes(count, 100, 1, 900, 9, first);
const failing = (count: number, first = 0) => minutes(count, 100, 6, 900, 9, first);

/** One look at one check. */
function look(
  series: Series,
  now: Situation,
  one: Check = rate,
  memories: Memories = {},
): Judgement & { readonly memories: Memories } {
  const { judgements, memories: kept } = judge(
    memories,
    ['errors'],
    { errors: one },
    { errors: series },
    now,
  );
  const judgement = judgements['errors'];
  if (!judgement) throw new Error('the judge said nothing');
  // What is kept goes through the store between two looks.
  return { ...judgement, memories: JSON.parse(JSON.stringify(kept)) };
}

describe('a rate compared with control', () => {
  it('is not proven worse by what both cohorts suffer', () => {
    const { proven, reading } = look(blocks(minutes(120, 100, 30, 900, 270)), situation(120));
    expect(proven).toBe(false);
    expect(reading).toMatchObject({ kind: 'value', value: 30, control: 30 });
  });

  it('is proven worse, and stays so though the evidence fades', () => {
    const first = look(blocks(failing(30)), situation(30));
    expect(first.proven).toBe(true);
    expect(first.logE).toBeGreaterThan(first.threshold ?? Number.POSITIVE_INFINITY);
    const later = look(blocks(healthy(30, 30)), situation(60), rate, first.memories);
    expect(later.proven).toBe(true);
  });

  it('is found within the hour when it begins after a day', () => {
    const day = 24 * 60;
    let memories: Memories = {};
    let provenAfter: number | undefined;
    for (let now = 30; now <= day + 120 && provenAfter === undefined; now += 5) {
      const recent = Array.from({ length: 35 }, (_, back) => now - 35 + back).filter((minute) => minute >= 0);
      const read = recent.flatMap((minute) => (minute < day ? healthy(1, minute) : failing(1, minute)));
      const one = look(blocks(read), situation(now), rate, memories);
      memories = one.memories;
      if (one.proven) provenAfter = now - day;
    }
    expect(provenAfter).toBeGreaterThan(0);
    expect(provenAfter).toBeLessThanOrEqual(60);
  });

  it('is judged by its objective where nobody is left to compare with', () => {
    const all = (bad: number) =>
      blocks(minutes(60, 1000, bad, 0, 0).map(({ minute, treatment }) => ({ minute, treatment }) as Block));
    const full = situation(60, { exposure: 100 });
    expect(look(all(5), full).proven).toBe(false);
    expect(look(all(30), full).proven).toBe(true);
  });

  it('is uncertified until it is proven not to be worse', () => {
    const certified = { ...rate, certify: 2 };
    expect(look(blocks(healthy(5)), situation(5), certified).uncertified).toBe(true);
    expect(look(blocks(healthy(600)), situation(600), certified).uncertified).toBe(false);
    expect(look(blocks(healthy(5)), situation(5)).uncertified).toBe(false);
  });
});

describe('data that come late or are revised', () => {
  /** A block of each minute, and how many minutes late it comes. */
  const arrivals = fc.array(
    fc.record({
      xT: fc.integer({ min: 0, max: 5 }),
      xC: fc.integer({ min: 0, max: 9 }),
      late: fc.integer({ min: 0, max: revisedMinutesMax - 10 }),
      revised: fc.boolean(),
    }),
    { minLength: 20, maxLength: 150 },
  );

  it('lead to the same evidence as data that came at once', () => {
    fc.assert(
      fc.property(arrivals, (all) => {
        const blockOf = (index: number, xT: number): Block => ({
          minute: from + index,
          treatment: { n: 100, x: xT },
          control: { n: 900, x: all[index]?.xC ?? 0 },
        });
        const end = all.length + revisedMinutesMax;
        let memories: Memories = {};
        let last: Judgement | undefined;
        for (let now = 5; now <= end; now += 5) {
          // First a number that is wrong, later the right one.
          const known = all.flatMap(({ xT, late, revised }, index) => {
            if (index >= now || index < now - revisedMinutesMax - 5) return [];
            const arrived = now >= index + 1 + late;
            if (!arrived) return revised ? [blockOf(index, 3)] : [];
            return [blockOf(index, xT)];
          });
          const one = look(blocks(known), situation(now, { alpha: 1e-300 }), rate, memories);
          memories = one.memories;
          last = one;
        }
        const atOnce = look(
          blocks(all.map(({ xT }, index) => blockOf(index, xT))),
          situation(end, { alpha: 1e-300 }),
        );
        expect(last?.logE).toBeCloseTo(atOnce.logE ?? Number.NaN, 9);
        expect(last?.overall).toEqual(atOnce.overall);
      }),
      { numRuns: 60 },
    );
  });

  it('are told once each', () => {
    const first = look(blocks(healthy(5)), situation(5));
    expect(first.fresh).toHaveLength(5);
    const [changed] = failing(1, 2);
    const again = look(blocks(healthy(5), healthy(2, 5)), situation(7), rate, first.memories);
    expect(again.fresh.map(({ minute }) => minute - from)).toEqual([5, 6]);
    const revised = look(blocks(changed ? [changed] : []), situation(7), rate, again.memories);
    expect(revised.fresh).toEqual([changed]);
  });

  it('of a minute that is not over are not taken', () => {
    expect(look(blocks(healthy(9)), situation(5)).fresh).toHaveLength(5);
  });
});

describe('silence', () => {
  const alone = check({ metric: 'rate', minSample: 1 });
  /** What was seen before: something in each of five minutes, in three of thirty, nothing at all. */
  const seen = {
    always: (one: Check) => look(blocks(healthy(5)), situation(5), one).memories,
    seldom: (one: Check) =>
      look(blocks(healthy(1, 3), healthy(1, 15), healthy(1, 29)), situation(30), one).memories,
    never: () => ({}),
  };
  const others = (first: number) =>
    minutes(5, 0, 0, 900, 9, first).map(({ minute, control }) => ({ minute, control }) as Block);
  const several: SourceFault = {
    code: 'several-series',
    params: { source: 'Prometheus at metrics.example.com', series: 2 },
  };
  const silent = (minutes: number) => ({
    kind: 'unknown',
    fault: { code: 'fell-silent', params: { minutes } },
  });

  it.each<[string, Check, Series, number, object, keyof typeof seen]>([
    ['nothing at all is no data', rate, nothing, 10, { kind: 'no-data' }, 'never'],
    [
      'others use the product, the new version says nothing: no data',
      rate,
      blocks(others(5)),
      10,
      { kind: 'no-data' },
      'always',
    ],
    ['what came every minute may be late', rate, nothing, 19, { kind: 'idle' }, 'always'],
    ['and is stale after a quarter of an hour', rate, nothing, 20, silent(16), 'always'],
    ['a check without control may be late', alone, nothing, 19, { kind: 'idle' }, 'always'],
    ['and is stale as soon', alone, nothing, 20, silent(16), 'always'],
    ['what came now and then may be missing for a night', rate, nothing, 11 * 60, { kind: 'idle' }, 'seldom'],
    ['without control too', alone, nothing, 11 * 60, { kind: 'idle' }, 'seldom'],
    ['and is stale after it', rate, nothing, 13 * 60, silent(13 * 60 - 29), 'seldom'],
    ['zeros are no traffic', rate, blocks(minutes(5, 0, 0, 0, 0, 5)), 10, { kind: 'idle' }, 'always'],
    [
      'what the source cannot answer stays unknown, with its fault',
      rate,
      { kind: 'unknown', fault: several },
      10,
      { kind: 'unknown', fault: several },
      'always',
    ],
    [
      'nothing of the other users is no comparison',
      rate,
      blocks(healthy(5, 5).map(({ minute, treatment }) => ({ minute, treatment }) as Block)),
      10,
      { kind: 'unknown', fault: { code: 'others-silent', params: { percent: 90 } } },
      'always',
    ],
  ])('is told apart by who is silent, for how long, and how usual that is: %s', (...row) => {
    const [, one, series, now, reading, before] = row;
    expect(look(series, situation(now), one, seen[before](one)).reading).toMatchObject(reading);
  });

  it('is judged by the half hour before it: a morning is no evening', () => {
    // Every minute by day, then one in ten until nobody comes any more.
    let memories: Memories = {};
    for (let now = 10; now <= 120; now += 10) {
      const read = now <= 60 ? healthy(10, now - 10) : healthy(1, now - 10);
      ({ memories } = look(blocks(read), situation(now), rate, memories));
    }
    expect(look(nothing, situation(150), rate, memories).reading).toEqual({ kind: 'idle' });
  });

  it('stays unusual however long it lasts', () => {
    let memories = seen.always(rate);
    for (let now = 10; now <= 20 * 60; now += 10) {
      const { reading, memories: kept } = look(nothing, situation(now), rate, memories);
      expect(reading).toEqual(now < 20 ? { kind: 'idle' } : silent(now - 4));
      memories = kept;
    }
  });

  it('of a check that the provider left out is unknown', () => {
    const { judgements } = judge({}, ['errors'], { errors: rate }, {}, situation(5));
    expect(judgements['errors']?.reading).toEqual({
      kind: 'unknown',
      fault: { code: 'left-out', params: {} },
    });
  });
});

describe('cohorts', () => {
  const split = check({
    metric: 'split',
    compare: 'control',
    class: 'pause',
    objective: { comparison: '<', value: 5, unit: '%' },
  });
  const counts = (count: number, nT: number, nC: number) => blocks(minutes(count, nT, nT, nC, nC));

  it('that are what they should be are a value', () => {
    expect(look(counts(300, 100, 900), situation(300), split)).toMatchObject({
      proven: false,
      reading: { kind: 'value', value: 0 },
    });
  });

  it('that are not make every comparison worthless: unknown, and nobody is to blame', () => {
    expect(look(counts(300, 80, 920), situation(300), split)).toMatchObject({
      proven: false,
      reading: { kind: 'unknown', fault: { code: 'cohorts-off', params: { percent: expect.closeTo(20) } } },
    });
  });

  it('that are off by less than the objective are let be, however certain that is', () => {
    expect(look(counts(3000, 970, 9030), situation(3000), split).reading.kind).toBe('value');
  });

  it('whose users do less than the others are a drop; who do more are none', () => {
    const volume = check({
      metric: 'volume',
      compare: 'control',
      objective: { comparison: '>', value: 90, unit: '%' },
    });
    expect(look(counts(300, 70, 900), situation(300), volume).proven).toBe(true);
    expect(look(counts(300, 130, 900), situation(300), volume).proven).toBe(false);
  });
});

describe('one budget for the checks of a class', () => {
  const checks = {
    errors: rate,
    slow: check({ ...rate, name: 'Slow' }),
    pausing: check({ ...rate, name: 'Pausing', class: 'pause' }),
    plain: check({ name: 'Plain' }),
  };
  const both = (errors: Series, slow: Series, count: number) =>
    judge(
      {},
      Object.keys(checks),
      checks,
      { errors, slow, pausing: errors, plain: nothing },
      situation(count),
    );

  it('is shared: a check beside another needs twice the evidence', () => {
    const alone = look(blocks(healthy(5)), situation(5)).threshold ?? Number.NaN;
    const { judgements } = both(blocks(healthy(5)), blocks(healthy(5)), 5);
    expect(judgements['errors']?.threshold).toBeCloseTo(alone + Math.LN2, 9);
    expect(judgements['pausing']?.threshold).toBeCloseTo(alone, 9);
    expect(judgements['plain']).toMatchObject({ tested: false, proven: false });
    expect(judgements['plain']).not.toHaveProperty('threshold');
  });

  it('names the check that weighs most', () => {
    const { judgements } = both(blocks(healthy(60)), blocks(failing(60)), 60);
    expect(judgements['slow']?.proven).toBe(true);
    expect(judgements['errors']?.proven).toBe(false);
  });
});

describe('the tests of one list of checks', () => {
  const slower = (block: Block): Block => ({ ...block, treatment: { n: 100, x: 150 } });
  const late = check({ name: 'Latency', metric: 'mean', compare: 'control', tolerance: 1.05, minSample: 1 });
  const checks = { errors: rate, latency: late };
  /** Of 105 that are tolerated, by turns 80 and 150: proven within three hours, unless alarms must be very rare. */
  const slow = blocks(
    minutes(180, 100, 80, 900, 900).map((one) => (one.minute % 2 === 0 ? one : slower(one))),
  );
  const seen = { errors: blocks(failing(180)), latency: slow };
  const judged = (ids: readonly string[], known: Readonly<Record<string, Check>>, now: Situation) =>
    judge({}, ids, known, seen, now);
  const ids = Object.keys(checks);

  it.each<[string, Readonly<Record<string, Check>>, Partial<Situation>]>([
    ['everybody exposed', checks, { exposure: 100 }],
    ['a bake of an hour', checks, { hours: 1 }],
    ['a later attempt', checks, { alpha: 0.000_01 }],
    ['other checks', { ...checks, errors: { ...rate, tolerance: 3 } }, {}],
  ])('are made anew for %s', (_, known, changes) => {
    const before = judged(ids, checks, situation(180));
    const now = situation(180, changes);
    const again = judged(ids, known, now);
    expect(again.memories).not.toEqual(before.memories);
    expect(again).toEqual(judged([...ids], known, now));
  });

  it('keep nothing of another release', () => {
    const alone = judged([...ids], checks, situation(180));
    judge({}, ids, checks, { errors: blocks(healthy(180)), latency: slow }, situation(180));
    expect(judged(ids, checks, situation(180))).toEqual(alone);
  });
});

it('a check that the plan does not define is a fault', () => {
  expect(() => judge({}, ['luck'], {}, {}, situation(5))).toThrow(/unknown check "luck"/);
});
