/** A bake that is looked at while its source is away, silent or late: what it read, what it judged, what it told. */
import { judgeNow } from '#application/bake.ts';
import type { Series } from '#domain/judge/series.ts';
import type { Check } from '#domain/plan/plan.ts';
import { type BakeStep, startBake, stepBake } from '#domain/rules/bake-clock.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';
import { at, atMs, check, observation, releaseAfter } from '#test/support/builders.ts';
import { phase, smallPlan } from '#test/support/plans.ts';

const minuteMs = 60_000;
const first = atMs / minuteMs;

/** Minutes since the bake began, the second one no longer. */
export type Span = readonly [from: number, to: number];
export const within = (minute: number, [from, to]: Span) => minute >= from && minute < to;

export interface Weather {
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
export async function watched(weather: Weather, minutes: number) {
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

export const load = check({ window: { breaches: 3, of: 5 } });
export const errors = check({
  metric: 'rate',
  compare: 'control',
  tolerance: 1.1,
  window: { breaches: 3, of: 5 },
});
