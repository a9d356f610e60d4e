/**
 * The bake clock: a phase must be *proven* healthy for so many hours without a break.
 *
 * What is proven against the new version rolls back or resets the clock, by the check's class. An objective that is broken in
 * M of the last N readings without such a proof is the environment's doing: it resets the clock, and people look. (Of a check
 * that no test can judge, the window is the proof.) Missing or failing metrics freeze the clock: blind is not healthy, and not
 * broken either, and what was not looked at is judged before it goes on. Too little traffic does not count. The deadline has
 * an outcome of its own.
 */

import { breaks, isCounted, judgeReading, meets, type Reading } from '../judge/check.ts';
import type { Judgement, Memories } from '../judge/judge.ts';
import type { BlindSpot, BlindSpots, CheckAnswer } from '../ledger/causes.ts';
import type { Blame, Reason, Verdict } from '../ledger/facts.ts';
import type { Check, Observation } from '../plan/plan.ts';
import { present } from '../present.ts';
import { unreachable } from '../unreachable.ts';
import type { Interruption } from './grave-incidents.ts';

export interface BakeState {
  readonly startedMs: number;
  readonly lastTickMs: number;
  readonly healthyMinutes: number;
  /** By check: whether each of the last readings broke the objective, oldest first. */
  readonly recent: Readonly<Record<string, readonly boolean[]>>;
  /** Checks that are breached now, so that a breach is told once. */
  readonly breached: readonly string[];
  readonly frozenSinceMs?: number;
  /**
   * By grave incident: the healthy minutes that it took away, all until it ended. A false alarm takes none, so what it took is
   * given back whole.
   */
  readonly lostMinutes?: Readonly<Record<string, number>>;
  readonly escalated: boolean;
  /** What the judge keeps of each check. */
  readonly memories: Memories;
  /** How it ended: whoever finds this without a fact in the ledger writes the fact. */
  readonly concluded?: { readonly verdict: Verdict; readonly reason: Reason };
}

export type BakeEvent =
  | {
      readonly type: 'breached';
      readonly check: string;
      /** Absent when the breach is that there was no data. */
      readonly value?: number;
      readonly control?: number;
      readonly reset: boolean;
      readonly blame: Blame;
    }
  | { readonly type: 'recovered'; readonly check: string }
  | { readonly type: 'frozen'; readonly blind: BlindSpot }
  | { readonly type: 'unfrozen'; readonly minutes: number }
  | { readonly type: 'escalate'; readonly blind: BlindSpots['check'] };

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
  memories: {},
});

const minuteMs = 60_000;

export function stepBake(
  before: BakeState,
  observation: Observation,
  checks: Readonly<Record<string, Check>>,
  judgements: Readonly<Record<string, Judgement>>,
  nowMs: number,
  interruptions: readonly Interruption[] = [],
): BakeStep {
  const judged = observation.checks.map((id) => judge(before, id, checks, judgements));
  const events: BakeEvent[] = judged.flatMap((one) => changeOf(one, before));
  const state: BakeState = {
    ...before,
    lastTickMs: nowMs,
    recent: Object.fromEntries(judged.map(({ id, recent }) => [id, recent])),
    // Still breached while nothing can be read: what goes on after an outage is not told again.
    breached: judged.filter((one) => isBreached(one, before)).map(({ id }) => id),
  };
  const fatal = judged.find(
    ({ verdict, check, blame }) =>
      verdict === 'unhealthy' && check.class === 'rollback' && blame === 'release',
  );
  if (fatal) return { state, events, concluded: { verdict: 'unhealthy', reason: reasonOf(fatal) } };
  const step = runClock(before, state, observation, { judged, interruptions }, events, nowMs);
  if (step.concluded || nowMs < before.startedMs + observation.deadlineHours * 60 * minuteMs) return step;
  const cause = { code: 'not-proven', params: { hours: observation.deadlineHours } } as const;
  return { ...step, concluded: { verdict: 'inconclusive', reason: { cause } } };
}

interface Judged {
  readonly id: string;
  readonly check: Check;
  readonly verdict: Verdict;
  readonly blame: Blame;
  readonly proven: boolean;
  /** The one that says why: of now, or of the look that was missed in which the check was broken. */
  readonly reading: Reading;
  /** Nothing can be said of it now. */
  readonly blind: boolean;
  /** Over the whole bake the objective does not hold, or the proof that the plan asks for is missing. */
  readonly unproven: boolean;
  readonly recent: readonly boolean[];
}

function judge(
  before: BakeState,
  id: string,
  checks: Readonly<Record<string, Check>>,
  judgements: Readonly<Record<string, Judgement>>,
): Judged {
  const check = checks[id];
  const judgement = judgements[id];
  if (!check || !judgement)
    throw new RangeError(`the bake reads the unknown check "${id}": define it under checks in the plan`);
  const { proven, tested, uncertified, overall, missed = [] } = judgement;
  const windows = windowsOf(check, tested, before.recent[id] ?? [], [...missed, judgement.reading]);
  const now = windows.at(-1) as Window;
  const broken = windows.find(({ full }) => full);
  const seen = proven ? windows.findLast(({ reading }) => reading.kind === 'value') : undefined;
  return {
    id,
    check,
    verdict: proven || broken ? 'unhealthy' : verdictOf(now.alone),
    blame: proven || !tested ? 'release' : 'environment',
    proven,
    reading: (broken ?? seen ?? now).reading,
    blind: now.alone === 'unknown',
    unproven:
      uncertified ||
      (overall !== undefined && tested && !isCounted(check) && !meets(check.objective, overall.value)),
    recent: now.recent,
  };
}

/** The window of a check after a reading. */
interface Window {
  readonly reading: Reading;
  readonly alone: Verdict;
  readonly recent: readonly boolean[];
  /** It holds as many broken readings as make a breach. Being blind outweighs what was seen before. */
  readonly full: boolean;
}

/** After each of the readings. One that says nothing neither adds a breach nor takes one away. */
function windowsOf(
  check: Check,
  tested: boolean,
  before: readonly boolean[],
  readings: readonly Reading[],
): readonly Window[] {
  let recent = before;
  return readings.map((reading) => {
    const alone = tested ? againstObjective(check, reading) : judgeReading(check, reading);
    const broke = alone === 'unhealthy';
    if (alone === 'healthy' || broke) recent = [...recent, broke].slice(-check.window.of);
    const full = alone !== 'unknown' && recent.filter(Boolean).length >= check.window.breaches;
    return { reading, alone, recent, full };
  });
}

/** Of a check that has a test, the window asks only whether the objective holds, whoever breaks it. */
function againstObjective(check: Check, reading: Reading): Verdict {
  if (reading.kind !== 'value' || reading.samples < check.minSample) return judgeReading(check, reading);
  // The counts of a few minutes scatter far beyond what their test allows in the long run.
  if (isCounted(check)) return 'healthy';
  return breaks(check, reading) ? 'unhealthy' : 'healthy';
}

/** What is told of a check at this look: that it is breached, or no longer. */
function changeOf(
  { id, check, verdict, blame, proven, reading }: Judged,
  before: BakeState,
): readonly BakeEvent[] {
  const was = before.breached.includes(id);
  if (was && (verdict === 'healthy' || verdict === 'inconclusive')) return [{ type: 'recovered', check: id }];
  // What looked like the environment's doing may be proven to be the release's: that is news.
  const convicted = proven && before.memories[id]?.proven === false;
  if (verdict !== 'unhealthy' || (was && !convicted)) return [];
  const { value, control } = reading.kind === 'value' ? reading : {};
  return [
    {
      type: 'breached',
      check: id,
      ...present({ value, control }),
      reset: check.class !== 'observe',
      blame,
    },
  ];
}

const isBreached = ({ id, verdict }: Judged, before: BakeState): boolean =>
  verdict === 'unhealthy' || (verdict === 'unknown' && before.breached.includes(id));

/** A single broken reading is neither healthy nor a breach. */
const verdictOf = (alone: Verdict): Verdict => (alone === 'unhealthy' ? 'inconclusive' : alone);

const reasonOf = ({ id, check, reading }: Judged): Reason => ({
  cause: { code: 'check', params: { check: id, answer: answerOf(reading) } },
  severity: check.severity,
  ...present({ component: check.component }),
});

function answerOf(reading: Reading): CheckAnswer {
  switch (reading.kind) {
    case 'value': {
      const value = round(reading.value);
      const { control } = reading;
      return {
        code: 'value',
        params: control === undefined ? { value } : { value, control: round(control) },
      };
    }
    case 'unknown':
      return { code: 'unreadable', params: { fault: reading.fault } };
    case 'no-data':
      return { code: 'no-data', params: {} };
    case 'idle':
      return { code: 'no-traffic', params: {} };
    default:
      return unreachable(reading);
  }
}

const round = (value: number) => Math.round(value * 100) / 100;

/** What the clock has proven: the healthy minutes since the last incident that was one. */
export const provenMinutes = ({ healthyMinutes, lostMinutes = {} }: BakeState): number =>
  healthyMinutes - Math.max(0, ...Object.values(lostMinutes));

/** While it is open an incident takes all that there is; once it is over, what it took then. */
function withLost(state: BakeState, before: BakeState, interruptions: readonly Interruption[]): BakeState {
  const { healthyMinutes } = state;
  const lost = interruptions.flatMap(({ incident, status, endedMs = 0 }) => {
    if (status === 'false-alarm') return [];
    const took = before.lostMinutes?.[incident] ?? 0;
    const all = status === 'open' || endedMs > before.lastTickMs;
    return [[incident, all ? healthyMinutes : Math.min(took, healthyMinutes)] as const];
  });
  const lostMinutes = Object.fromEntries(lost.filter(([, minutes]) => minutes > 0));
  const { lostMinutes: _, ...rest } = state;
  return lost.length > 0 ? { ...rest, lostMinutes } : rest;
}

interface Seen {
  readonly judged: readonly Judged[];
  readonly interruptions: readonly Interruption[];
}

/** No check rolls back: does this tick count, reset, or stand still? */
function runClock(
  before: BakeState,
  state: BakeState,
  observation: Observation,
  { judged, interruptions }: Seen,
  events: BakeEvent[],
  nowMs: number,
): BakeStep {
  const lose = (one: BakeState) => withLost(one, before, interruptions);
  const deciding = judged.filter(({ check }) => check.class !== 'observe');
  const reset = deciding.some(({ verdict }) => verdict === 'unhealthy');
  const clock = reset ? { ...state, healthyMinutes: 0 } : state;
  const unseen = deciding.find(({ blind }) => blind);
  if (unseen) return freeze(before, lose(clock), unseen, events, nowMs);
  const thawed = lose(thaw(before, clock, events, nowMs));
  if (deciding.some(({ verdict }) => verdict !== 'healthy')) return { state: thawed, events };
  // Ticks that never came prove nothing: at most one tick's time is counted.
  const elapsed = Math.min((nowMs - before.lastTickMs) / minuteMs, observation.tickMinutes);
  const healthyMinutes = before.healthyMinutes + elapsed;
  const counted = lose({ ...thawed, healthyMinutes });
  if (provenMinutes(counted) < observation.continuousHealthHours * 60) return { state: counted, events };
  if (deciding.some(({ unproven }) => unproven)) return { state: counted, events };
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
  const spot = { check: blind.id, answer: answerOf(blind.reading) };
  if (before.frozenSinceMs === undefined)
    events.push({ type: 'frozen', blind: { code: 'check', params: spot } });
  const overdue = nowMs - frozenSinceMs >= escalateAfterMinutes * minuteMs;
  if (overdue && !before.escalated) events.push({ type: 'escalate', blind: spot });
  return { state: { ...state, frozenSinceMs, escalated: before.escalated || overdue }, events };
}

function thaw(before: BakeState, state: BakeState, events: BakeEvent[], nowMs: number): BakeState {
  if (before.frozenSinceMs === undefined) return state;
  events.push({ type: 'unfrozen', minutes: Math.round((nowMs - before.frozenSinceMs) / minuteMs) });
  const { frozenSinceMs: _frozen, ...rest } = state;
  return { ...rest, escalated: false };
}
