/** One odd minute is one odd minute; a source that is odd all the time is not believed. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Judgement, judge, type Memories } from '#domain/judge/judge.ts';
import { oddIn, seriesWithout } from '#domain/judge/odd-minutes.ts';
import { type Block, type Cohort, cohorts, type OddMinute } from '#domain/judge/series.ts';
import type { OddFault } from '#domain/judge/source-faults.ts';
import type { Check } from '#domain/plan/plan.ts';
import { startBake, stepBake } from '#domain/rules/bake-clock.ts';
import { atMs, check, observation } from '#test/support/builders.ts';

const from = atMs / 60_000;
const fault: OddFault = { code: 'more-bad-among', params: { minute: from, bad: '9', among: '3' } };
const odd = (minute: number, cohort: Cohort = 'treatment'): OddMinute => ({
  minute: from + minute,
  cohort,
  fault,
});
const block = (minute: number, xT = 1): Block => ({
  minute: from + minute,
  treatment: { n: 100, x: xT },
  control: { n: 900, x: 9 },
});
const upTo = (minutes: number) => Array.from({ length: minutes }, (_, minute) => minute);
const rate = check({
  metric: 'rate',
  compare: 'control',
  tolerance: 1.1,
  minSample: 1,
  objective: { comparison: '<', value: 5, unit: '%' },
});
const situation = (now: number) => ({
  fromMinute: from,
  nowMinute: from + now,
  exposure: 10,
  hours: 48,
  alpha: 0.01,
});

function looked(one: Check, odds: readonly OddMinute[], minutes: number, blockOf = block): Judgement {
  const series = {
    one: seriesWithout(
      odds,
      upTo(minutes).map((minute) => blockOf(minute)),
    ),
  };
  const judgement = judge({}, ['one'], { one }, series, situation(minutes)).judgements['one'];
  if (!judgement) throw new Error('the judge said nothing');
  return judgement;
}

describe('what is odd in a window', () => {
  it('is too much above a fifth of its minutes of one cohort, and never when it is one', () => {
    const minutes = fc.subarray(upTo(60).flatMap((minute) => cohorts.map((cohort) => ({ minute, cohort }))));
    let found = 0;
    fc.assert(
      fc.property(minutes, fc.nat(30), fc.integer({ min: 1, max: 30 }), (all, first, length) => {
        const series = seriesWithout(
          all.map(({ minute, cohort }) => odd(minute, cohort)),
          [],
        );
        const said = oddIn(series, from + first, from + first + length);
        const inside = all.filter(({ minute }) => minute >= first && minute < first + length);
        const of = (cohort: Cohort) => inside.filter((one) => one.cohort === cohort).length;
        const counts = { treatment: of('treatment'), control: of('control') };
        expect(said?.counts ?? { treatment: 0, control: 0 }).toEqual(counts);
        const most = Math.max(counts.treatment, counts.control);
        expect(said?.fault !== undefined).toBe(most > 1 && 5 * most > length);
        if (said?.fault) found += 1;
      }),
    );
    expect(found).toBeGreaterThan(5);
  });

  it('names the cohort, how many, and the newest', () => {
    const newest: OddFault = { code: 'not-finite', params: { part: 'bad', value: 'NaN', at: 'then' } };
    const all = [odd(1, 'control'), { ...odd(5, 'control'), fault: newest }, odd(2, 'control'), odd(3)];
    expect(oddIn(seriesWithout(all, []), from, from + 10)).toEqual({
      newest,
      counts: { treatment: 1, control: 3 },
      fault: { code: 'odd-minutes', params: { cohort: 'control', odd: 3, minutes: 10, fault: newest } },
    });
  });
});

describe('a look', () => {
  it('counts what was left out, of each cohort, and reads the rest', () => {
    const judgement = looked(rate, [odd(3), odd(9, 'control'), odd(12)], 30);
    expect(judgement).toMatchObject({
      odd: { treatment: 2, control: 1 },
      reading: { kind: 'value', value: 1, control: 1, samples: 2700 },
    });
    expect(looked(rate, [], 30)).not.toHaveProperty('odd');
  });

  it('believes a source of which a fifth of the half hour is odd, and none of which more is', () => {
    const some = upTo(30).map((minute) => odd(minute));
    expect(looked(rate, some.slice(0, 6), 30).reading.kind).toBe('value');
    expect(looked(rate, some.slice(0, 7), 30).reading).toEqual({
      kind: 'unknown',
      fault: { code: 'odd-minutes', params: { cohort: 'treatment', odd: 7, minutes: 30, fault } },
    });
    // An hour ago it was odd: now it is not.
    expect(looked(rate, some, 90).reading.kind).toBe('value');
  });

  it('at nothing but one odd minute says why it knows nothing', () => {
    const { reading } = looked(rate, [odd(0)], 1);
    expect(reading).toEqual({ kind: 'unknown', fault });
  });

  it('takes no evidence from a minute that cannot be, whatever it says', () => {
    const bad = (minute: number) => block(minute, minute % 5 === 0 ? 100 : 1);
    const odds = upTo(24).map((index) => odd(5 * index));
    const judgement = looked(rate, odds, 120, bad);
    expect(looked(rate, [], 120, bad).proven).toBe(true);
    expect(judgement).toMatchObject({ proven: false, overall: { value: 1, control: 1 } });
    const without = judge(
      {},
      ['one'],
      { one: rate },
      {
        one: {
          kind: 'blocks',
          blocks: upTo(120)
            .filter((minute) => minute % 5 > 0)
            .map((minute) => block(minute)),
        },
      },
      situation(120),
    );
    expect(judgement.logE).toBe(without.judgements['one']?.logE);
  });

  it('does not take the minutes of one cohort that are left out for a drop', () => {
    const volume = check({
      metric: 'volume',
      compare: 'control',
      objective: { comparison: '>', value: 90, unit: '%' },
    });
    const counted = (minute: number): Block => ({
      minute: from + minute,
      treatment: { n: 100, x: 100 },
      control: { n: 900, x: 900 },
    });
    const odds = upTo(60).map((index) => odd(5 * index));
    expect(looked(volume, odds, 300, counted)).toMatchObject({ proven: false, reading: { value: 100 } });
  });
});

describe('a night', () => {
  /** Twelve hours of looks at a check of which some minutes are odd: what was told, and how many minutes were proven. */
  function night(isOdd: (minute: number) => boolean, tickMinutes: number) {
    const asked = observation({ checks: ['one'], tickMinutes, continuousHealthHours: 24, deadlineHours: 48 });
    const checks = { one: check({ minSample: 1 }) };
    let memories: Memories = {};
    let state = startBake(atMs);
    const told: string[] = [];
    for (let now = tickMinutes; now <= 12 * 60; now += tickMinutes) {
      const read = upTo(now).slice(-tickMinutes - 30);
      const odds = read.filter(isOdd).map((minute) => odd(minute));
      const blocks = read
        .filter((minute) => !isOdd(minute))
        .map((minute) => ({ minute: from + minute, treatment: { n: 50, x: 10 } }));
      const seen = judge(memories, ['one'], checks, { one: seriesWithout(odds, blocks) }, situation(now));
      memories = seen.memories;
      const step = stepBake(state, asked, checks, seen.judgements, atMs + now * 60_000);
      state = step.state;
      told.push(...step.events.map(({ type }) => type));
    }
    return { told, healthyMinutes: state.healthyMinutes };
  }

  it.each([1, 5, 10])(
    'of which every tenth minute is NaN is mostly healthy, and nobody is told: every %d min',
    (tick) => {
      const { told, healthyMinutes } = night((minute) => minute % 10 === 7, tick);
      expect(told).toEqual([]);
      expect(healthyMinutes).toBeGreaterThanOrEqual(0.9 * 720);
    },
  );

  it('of which every third minute is NaN is not known, and people are told', () => {
    const { told, healthyMinutes } = night((minute) => minute % 3 === 1, 5);
    expect(told.slice(0, 2)).toEqual(['frozen', 'escalate']);
    expect(healthyMinutes).toBeLessThan(30);
  });

  it('with one odd minute is a night like others', () => {
    expect(night((minute) => minute === 300, 5)).toEqual({ told: [], healthyMinutes: 720 });
  });
});
