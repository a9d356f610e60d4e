/** Past data judged again, as the bake of a phase would have: look by look, with the plan's ticks, windows and budget. */

import type { Observation, Phase, Plan } from '../plan/plan.ts';
import { present } from '../present.ts';
import { type BakeEvent, type BakeState, startBake, stepBake } from '../rules/bake-clock.ts';
import { minuteMs } from '../time.ts';
import { alphaOf } from './budget.ts';
import { type Judgement, judge, type Memories } from './judge.ts';
import type { Block, Series } from './series.ts';

export interface PastData {
  /** Users with the new version, in percent. */
  readonly exposure: number;
  /** By check. */
  readonly series: Readonly<Record<string, Series>>;
}

export interface Rejudged {
  /** Minutes since 1970: the first that was measured, and the end of the last look. */
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly alpha: number;
  readonly events: readonly { readonly minute: number; readonly event: BakeEvent }[];
  /** Of the last look, by check. */
  readonly judgements: Readonly<Record<string, Judgement>>;
  readonly healthyMinutes: number;
  /** Absent: the data end before the bake does. */
  readonly concluded?: NonNullable<BakeState['concluded']>;
}

/** Judges the checks of the phase's bake of which there are data. Throws RangeError without data or without a bake. */
export function rejudge(plan: Plan, phase: Phase, { exposure, series }: PastData): Rejudged {
  const observation = observedIn(phase, Object.keys(series));
  const all = Object.values(series).flatMap((one) => (one.kind === 'blocks' ? one.blocks : []));
  const fromMinute = all.reduce((first, { minute }) => Math.min(first, minute), Number.POSITIVE_INFINITY);
  const lastMinute = all.reduce((last, { minute }) => Math.max(last, minute), 0);
  if (all.length === 0)
    throw new RangeError('there is nothing to judge: no check has a minute that can be used');
  const alpha = alphaOf(plan, 1);
  const reader = new Reader(series);
  const events: { minute: number; event: BakeEvent }[] = [];
  let state = startBake(fromMinute * minuteMs);
  let memories: Memories = {};
  let judgements: Readonly<Record<string, Judgement>> = {};
  let nowMinute = fromMinute;
  while (nowMinute <= lastMinute) {
    nowMinute += observation.tickMinutes;
    const looked = judge(memories, observation.checks, plan.checks, reader.before(nowMinute), {
      fromMinute,
      nowMinute,
      exposure,
      hours: observation.deadlineHours,
      alpha,
    });
    ({ memories, judgements } = looked);
    const step = stepBake(state, observation, plan.checks, judgements, nowMinute * minuteMs);
    state = step.state;
    events.push(...step.events.map((event) => ({ minute: nowMinute, event })));
    if (step.concluded) {
      return { ...said(), concluded: step.concluded };
    }
  }
  return said();

  function said(): Rejudged {
    return {
      fromMinute,
      toMinute: nowMinute,
      alpha,
      events,
      judgements,
      healthyMinutes: state.healthyMinutes,
    };
  }
}

function observedIn({ id, observation }: Phase, measured: readonly string[]): Observation {
  if (!observation) throw new RangeError(`phase "${id}" has no observation: choose one that has`);
  const unknown = measured.filter((check) => !observation.checks.includes(check));
  if (unknown.length > 0) {
    throw new RangeError(
      `the bake of "${id}" does not look at ${unknown.join(', ')}: its checks are ${observation.checks.join(', ')}`,
    );
  }
  return { ...observation, checks: observation.checks.filter((check) => measured.includes(check)) };
}

/** Hands each block out once, when its minute is over: past data are complete. */
class Reader {
  readonly #series: Readonly<Record<string, Series>>;
  readonly #next = new Map<string, number>();

  constructor(series: Readonly<Record<string, Series>>) {
    this.#series = series;
  }

  before(minute: number): Readonly<Record<string, Series>> {
    return Object.fromEntries(
      Object.entries(this.#series).map(([check, one]) => {
        if (one.kind === 'unknown') return [check, one];
        const all: readonly Block[] = one.blocks;
        const from = this.#next.get(check) ?? 0;
        const end = all.findIndex((block, index) => index >= from && block.minute >= minute);
        const to = end === -1 ? all.length : end;
        this.#next.set(check, to);
        const odd = one.odd?.filter((other) => other.minute < minute);
        return [check, { kind: 'blocks', blocks: all.slice(from, to), ...present({ odd }) }];
      }),
    );
  }
}
