/** What a bake reads: all minutes, whenever the source answers, and no more of them at once than a look may read. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeNow } from '#application/bake.ts';
import { readMinutesMax } from '#application/readings.ts';
import type { Series } from '#domain/judge/series.ts';
import type { Check } from '#domain/plan/plan.ts';
import { type BakeStep, startBake, stepBake } from '#domain/rules/bake-clock.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';
import { at, atMs, check, observation, releaseAfter } from '#test/support/builders.ts';
import { phase, smallPlan } from '#test/support/plans.ts';

const minuteMs = 60_000;
const first = atMs / minuteMs;
const hours = 60;

/** Minutes since the bake began, the second one no longer. */
type Span = readonly [from: number, to: number];
const within = (minute: number, [from, to]: Span) => minute >= from && minute < to;

interface Weather {
  readonly checks: Readonly<Record<string, Check>>;
  /** The source answers nothing but errors then; of some checks only. */
  readonly away: Span;
  readonly awayOf?: readonly string[];
  /** Too many errors then. */
  readonly bad?: Span;
  /** The source has no minute then, though it answers. */
  readonly empty?: Span;
  /** Minutes that it has only once the last of them is over. */
  readonly late?: Span;
  readonly tickMinutes?: number;
}

/** Looks at the checks until so many minutes have passed or the bake has ended. */
async function watched(weather: Weather, minutes: number) {
  const {
    checks,
    away,
    awayOf = Object.keys(checks),
    bad = [0, 0],
    empty = [0, 0],
    late = [0, 0],
    tickMinutes = 10,
  } = weather;
  const asked = observation({
    checks: Object.keys(checks),
    tickMinutes,
    deadlineHours: 500,
    continuousHealthHours: 400,
  });
  const plan = smallPlan({ checks, phases: [phase('launch', { exposure: 10, observation: asked })] });
  let now = 0;
  const windows: Span[] = [];
  const seriesOf = (one: Check, [from, to]: Span): Series => ({
    kind: 'blocks',
    blocks: Array.from({ length: to - from }, (_, index) => from + index)
      .filter((minute) => !within(minute, empty) && (now >= late[1] || !within(minute, late)))
      .map((minute) => {
        const x = within(minute, bad) ? 20 : 0;
        const treatment = { n: 100, x: one.metric === 'value' ? 100 * x : x };
        return {
          minute: first + minute,
          treatment,
          ...(one.compare === 'control' ? { control: { n: 900, x: 0 } } : {}),
        };
      }),
  });
  const ports = {
    plan,
    clock: { nowMs: () => atMs + now * minuteMs },
    log: { write: () => {} },
    sha256,
    sayRefusal,
    metrics: {
      read: async (
        some: Readonly<Record<string, Check>>,
        { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
      ) => {
        const window: Span = [fromMs / minuteMs - first, toMs / minuteMs - first];
        windows.push(window);
        return Object.fromEntries(
          Object.entries(some).map(([id, one]): [string, Series] => [
            id,
            within(now, away) && awayOf.includes(id)
              ? { kind: 'unknown', fault: { code: 'provider-answers', params: { status: 503 } } }
              : seriesOf(one, window),
          ]),
        );
      },
    },
  };
  const told: string[] = [];
  const judged = new Set<string>();
  let step: BakeStep = { state: startBake(atMs), events: [] };
  while (now < minutes && !step.concluded) {
    now += tickMinutes;
    const { memories, judgements } = await judgeNow(
      ports,
      releaseAfter(),
      { armedAt: at, attempt: 1 },
      asked,
      step.state,
    );
    for (const [id, { fresh }] of Object.entries(judgements))
      for (const { minute } of fresh) judged.add(`${id} ${minute - first}`);
    step = stepBake(step.state, asked, checks, judgements, atMs + now * minuteMs);
    step = { ...step, state: JSON.parse(JSON.stringify({ ...step.state, memories })) };
    told.push(
      ...step.events.map((event) => `${now} ${event.type}${'check' in event ? ` ${event.check}` : ''}`),
    );
  }
  const unjudged = Object.keys(checks).flatMap((id) =>
    Array.from({ length: now }, (_, minute) => `${id} ${minute}`).filter((one) => !judged.has(one)),
  );
  return { told, step, windows, unjudged, ended: now };
}

const load = check({ window: { breaches: 3, of: 5 } });
const errors = check({ metric: 'rate', compare: 'control', tolerance: 1.1, window: { breaches: 3, of: 5 } });

describe('after the source of metrics was away', () => {
  it.each<[string, Weather['checks'], string]>([
    ['a window of readings', { load }, 'load'],
    ['a test', { errors }, 'errors'],
  ])('what was wrong meanwhile is found, by %s, when it answers again', async (_title, checks, id) => {
    const { told, step, ended } = await watched({ checks, away: [120, 300], bad: [150, 200] }, 10 * hours);
    expect(told).toEqual(['120 frozen', '150 escalate', `300 breached ${id}`]);
    expect(step.concluded).toMatchObject({ verdict: 'unhealthy', reason: { cause: { code: 'check' } } });
    expect(ended).toBe(300);
  });

  it('what was wrong meanwhile sets the clock to zero where the plan says pause', async () => {
    const pausing = { load: { ...load, class: 'pause' as const } };
    const { told, step } = await watched({ checks: pausing, away: [120, 300], bad: [150, 200] }, 310);
    expect(told.slice(2)).toEqual(['300 breached load', '300 unfrozen', '310 recovered load']);
    expect(step.state.healthyMinutes).toBe(10);
  });

  it('all minutes are judged, and what was proven before is not lost', async () => {
    const { told, step, unjudged } = await watched({ checks: { load, errors }, away: [120, 300] }, 310);
    expect(told).toEqual(['120 frozen', '150 escalate', '300 unfrozen']);
    expect(unjudged).toEqual([]);
    expect(step.state.healthyMinutes).toBe(130);
  });

  it('a weekend is read look by look, and the clock stands until all of it has been judged', async () => {
    const weather = { checks: { load, errors }, away: [120, 62 * hours] as const };
    const { told, windows, unjudged } = await watched(weather, 70 * hours);
    expect(told).toEqual(['120 frozen', '150 escalate', '3830 unfrozen']);
    expect(unjudged).toEqual([]);
    expect(Math.max(...windows.map(([from, to]) => to - from))).toBe(readMinutesMax);
  });

  it('what was wrong in the middle of a weekend is found', async () => {
    const weather = {
      checks: { load },
      away: [120, 62 * hours] as const,
      bad: [30 * hours, 31 * hours] as const,
    };
    const { told, step } = await watched(weather, 70 * hours);
    expect(told.at(-1)).toMatch(/breached load$/);
    expect(step.concluded?.verdict).toBe('unhealthy');
  });

  it('hours of which it has nothing do not keep it from going on', async () => {
    const weather = {
      checks: { errors },
      away: [120, 40 * hours] as const,
      empty: [4 * hours, 38 * hours] as const,
    };
    const { told } = await watched(weather, 50 * hours);
    expect(told.at(-1)).toMatch(/unfrozen$/);
  });

  it('a check that it was away for is read back by itself when one question would be too long', async () => {
    const checks = { load, errors };
    const { windows, unjudged } = await watched({ checks, away: [120, 600], awayOf: ['errors'] }, 610);
    expect(unjudged).toEqual([]);
    expect(windows.slice(-3)).toEqual([
      [560, 600],
      [80, 440],
      [410, 610],
    ]);
  });

  it('a bake that is looked at once a day reads its day', async () => {
    const { unjudged, told } = await watched({ checks: { load }, away: [0, 0], tickMinutes: 1440 }, 3 * 1440);
    expect([unjudged, told]).toEqual([[], []]);
  });
});

it('hours that a source has kept to itself are judged when they come in one piece', async () => {
  const weather = { checks: { load, errors }, away: [0, 0], late: [120, 290] } as const;
  const { told, unjudged } = await watched(weather, 300);
  expect(unjudged).toEqual([]);
  expect(told).toEqual(['140 frozen', '170 escalate', '290 unfrozen']);
  const bad = await watched({ ...weather, checks: { load }, bad: [150, 200] }, 300);
  expect(bad.step.concluded?.verdict).toBe('unhealthy');
});

it('whenever the source is away, and however often anybody looks, the evidence is that of all minutes', async () => {
  const span = fc.tuple(fc.nat(900), fc.nat(900)).map(([from, length]): Span => [from, from + length]);
  const weather = fc.record({ away: span, bad: span, tickMinutes: fc.integer({ min: 1, max: 60 }) });
  await fc.assert(
    fc.asyncProperty(weather, async (one) => {
      // Observed only, so that the bake goes on whatever is found.
      const checks = {
        load: { ...load, class: 'observe' as const },
        errors: { ...errors, class: 'observe' as const },
      };
      const minutes = Math.ceil(2400 / one.tickMinutes) * one.tickMinutes;
      const { unjudged, step } = await watched({ checks, ...one }, minutes);
      const always = await watched({ checks, ...one, away: [0, 0] }, minutes);
      expect(unjudged).toEqual([]);
      for (const id of Object.keys(checks))
        expect(step.state.memories[id]).toEqual(always.step.state.memories[id]);
    }),
    { numRuns: 15 },
  );
});
