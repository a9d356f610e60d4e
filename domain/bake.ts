/**
 * The bake clock: a phase must be *proven* healthy for so many hours without a break.
 *
 * A breach (M of the last N readings) rolls back or resets the clock, by the check's class. Missing or failing metrics
 * freeze it: blind is not healthy, and not broken either. Too little traffic does not count. The deadline has an outcome
 * of its own.
 */
import { judgeReading, type Reading } from './check.ts';
import type { Reason, Verdict } from './facts.ts';
import type { Check, Observation } from './plan.ts';

export interface BakeState {
  readonly startedMs: number;
  readonly lastTickMs: number;
  readonly healthyMinutes: number;
  /** By check: whether each of the last readings broke the objective, oldest first. */
  readonly recent: Readonly<Record<string, readonly boolean[]>>;
  /** Checks that are breached now, so that a breach is told once. */
  readonly breached: readonly string[];
  readonly frozenSinceMs?: number;
  readonly escalated: boolean;
  /** How it ended: whoever finds this without a fact in the ledger writes the fact. */
  readonly concluded?: { readonly verdict: Verdict; readonly reason: Reason };
}

export type BakeEvent =
  | {
      readonly type: 'breached';
      readonly check: string;
      /** Absent when the breach is that there was no data. */
      readonly value?: number;
      readonly reset: boolean;
    }
  | { readonly type: 'frozen'; readonly text: string }
  | { readonly type: 'unfrozen'; readonly minutes: number }
  | { readonly type: 'escalate'; readonly text: string };

export interface BakeStep {
  readonly state: BakeState;
  readonly events: readonly BakeEvent[];
  readonly concluded?: { readonly verdict: Verdict; readonly reason: Reason };
}

/** A bake that fell silent is observed again this often before a person is asked. */
export const rearmsMax = 2;

/** An outage of the metrics is told to people after this long: shorter ones end by themselves. */
const escalateAfterMinutes = 30;

export const startBake = (nowMs: number): BakeState => ({
  startedMs: nowMs,
  lastTickMs: nowMs,
  healthyMinutes: 0,
  recent: {},
  breached: [],
  escalated: false,
});

const minuteMs = 60_000;
const leftOut: Reading = { kind: 'unavailable', text: 'the provider left it out' };

export function stepBake(
  before: BakeState,
  observation: Observation,
  checks: Readonly<Record<string, Check>>,
  readings: Readonly<Record<string, Reading>>,
  nowMs: number,
): BakeStep {
  // A check that the provider left out is as silent as one that it could not read.
  const judged = observation.checks.map((id) => judge(before, id, checks, readings[id] ?? leftOut));
  const events: BakeEvent[] = [];
  for (const one of judged) {
    if (one.verdict === 'unhealthy' && !before.breached.includes(one.id)) {
      events.push({
        type: 'breached',
        check: one.id,
        ...(one.value === undefined ? {} : { value: one.value }),
        reset: one.check.class !== 'observe',
      });
    }
  }
  const state: BakeState = {
    ...before,
    lastTickMs: nowMs,
    recent: Object.fromEntries(judged.map(({ id, recent }) => [id, recent])),
    // Still breached while nothing can be read: what goes on after an outage is not told again.
    breached: judged.filter((one) => isBreached(one, before)).map(({ id }) => id),
  };
  const fatal = judged.find(({ verdict, check }) => verdict === 'unhealthy' && check.class === 'rollback');
  if (fatal) return { state, events, concluded: { verdict: 'unhealthy', reason: reasonOf(fatal) } };
  const step = runClock(before, state, observation, judged, events, nowMs);
  if (step.concluded || nowMs < before.startedMs + observation.deadlineHours * 60 * minuteMs) return step;
  const text = `not proven healthy within ${observation.deadlineHours} h`;
  return { ...step, concluded: { verdict: 'inconclusive', reason: { kind: 'verdict', text } } };
}

interface Judged {
  readonly id: string;
  readonly check: Check;
  readonly verdict: Verdict;
  readonly value: number | undefined;
  readonly recent: readonly boolean[];
  readonly text: string;
}

function judge(
  before: BakeState,
  id: string,
  checks: Readonly<Record<string, Check>>,
  reading: Reading,
): Judged {
  const check = checks[id];
  if (!check)
    throw new RangeError(`the bake reads the unknown check "${id}": define it under checks in the plan`);
  const alone = judgeReading(check, reading);
  const broke = alone === 'unhealthy';
  // A reading that says nothing neither adds a breach nor takes one away.
  const said = alone === 'healthy' || broke;
  const history = before.recent[id] ?? [];
  const recent = said ? [...history, broke].slice(-check.window.of) : history;
  const breaches = recent.filter(Boolean).length;
  return {
    id,
    check,
    verdict: verdictOf(alone, breaches >= check.window.breaches),
    value: reading.kind === 'value' ? reading.value : undefined,
    recent,
    text: reading.kind === 'unavailable' ? reading.text : 'no data',
  };
}

const isBreached = ({ id, verdict }: Judged, before: BakeState): boolean =>
  verdict === 'unhealthy' || (verdict === 'unknown' && before.breached.includes(id));

/** Being blind now outweighs what was seen before; a single broken reading is neither healthy nor a breach. */
function verdictOf(alone: Verdict, breached: boolean): Verdict {
  if (alone === 'unknown') return 'unknown';
  if (breached) return 'unhealthy';
  return alone === 'unhealthy' ? 'inconclusive' : alone;
}

const reasonOf = ({ id, check, value }: Judged): Reason => ({
  kind: 'verdict',
  severity: check.severity,
  check: id,
  ...(check.component === undefined ? {} : { component: check.component }),
  text: `${check.name}: ${value === undefined ? 'no data' : round(value)} ${check.objective.unit}`,
});

const round = (value: number) => Math.round(value * 100) / 100;

/** No check rolls back: does this tick count, reset, or stand still? */
function runClock(
  before: BakeState,
  state: BakeState,
  observation: Observation,
  judged: readonly Judged[],
  events: BakeEvent[],
  nowMs: number,
): BakeStep {
  const deciding = judged.filter(({ check }) => check.class !== 'observe');
  const reset = deciding.some(({ verdict }) => verdict === 'unhealthy');
  const clock = reset ? { ...state, healthyMinutes: 0 } : state;
  const blind = deciding.find(({ verdict }) => verdict === 'unknown');
  if (blind) return freeze(before, clock, blind, events, nowMs);
  const thawed = thaw(before, clock, events, nowMs);
  if (deciding.some(({ verdict }) => verdict !== 'healthy')) return { state: thawed, events };
  // Ticks that never came prove nothing: at most one tick's time is counted.
  const elapsed = Math.min((nowMs - before.lastTickMs) / minuteMs, observation.tickMinutes);
  const healthyMinutes = before.healthyMinutes + elapsed;
  const counted = { ...thawed, healthyMinutes };
  if (healthyMinutes < observation.continuousHealthHours * 60) return { state: counted, events };
  return { state: counted, events, concluded: { verdict: 'healthy', reason: {} } };
}

function freeze(
  before: BakeState,
  state: BakeState,
  blind: Judged,
  events: BakeEvent[],
  nowMs: number,
): BakeStep {
  const frozenSinceMs = before.frozenSinceMs ?? nowMs;
  const text = `${blind.check.name}: ${blind.text}`;
  if (before.frozenSinceMs === undefined) events.push({ type: 'frozen', text });
  const overdue = nowMs - frozenSinceMs >= escalateAfterMinutes * minuteMs;
  if (overdue && !before.escalated) events.push({ type: 'escalate', text });
  return { state: { ...state, frozenSinceMs, escalated: before.escalated || overdue }, events };
}

function thaw(before: BakeState, state: BakeState, events: BakeEvent[], nowMs: number): BakeState {
  if (before.frozenSinceMs === undefined) return state;
  events.push({ type: 'unfrozen', minutes: Math.round((nowMs - before.frozenSinceMs) / minuteMs) });
  const { frozenSinceMs: _frozen, ...rest } = state;
  return { ...rest, escalated: false };
}
