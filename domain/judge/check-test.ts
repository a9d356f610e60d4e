/**
 * The test of one check: which sequential test can judge it, and what of it is kept between two looks. Blocks that may still
 * be revised stay open; the tests are folded over them anew at every look, so that late and revised data are harmless.
 */

import type { Check } from '../plan/plan.ts';
import { present } from '../present.ts';
import { unreachable } from '../unreachable.ts';
import { notWorse } from './certificate.ts';
import { badShareMax, hasControl, higherIsWorse, isCounted } from './check.ts';
import type { SequentialTest } from './e-process.ts';
import { type Mean, type MeanTest, meanDifference, meanObjective } from './mean.ts';
import { objective } from './objective.ts';
import type { PairedCounts } from './paired-counts.ts';
import { rateRatio } from './rate-ratio.ts';
import type { Block, Counts } from './series.ts';
import { mismatchConcentration, split, volumeConcentration } from './split.ts';
import { twoSample } from './two-sample.ts';

/** Sources may revise a minute until they have so many newer ones; what is older is settled. */
export const revisedMinutesMax = 30;
/** A source that fell silent may bring so many minutes at once when it speaks again. */
const backlogMinutesMax = 180;
/** What a proof needs: a ln E beyond a threshold (1.7 of the note on tests), or a bound that is crossed by itself. */
export interface CheckTest<State = unknown> {
  start(): State;
  add(state: State, minute: number, pair: PairedCounts): void;
  /** ln E; of a test that is no e-process, infinite once it has fired. */
  logE(state: State): number;
  /** Part of the budget that it spends by itself, beside the e-processes that share theirs. */
  readonly spendsItself: boolean;
}

export interface CheckTestSettings {
  /** Users with the new version, in percent. */
  readonly exposure: number;
  /** How long the bake may last: as many hourly starts share the weight of late ones. */
  readonly hours: number;
  /** This test's part of the false-rollback budget. */
  readonly alpha: number;
}

/** The test that can judge a check here; nothing for a metric that only windows of readings judge. */
export function checkTestOf(
  check: Check,
  { exposure, alpha, ...settings }: CheckTestSettings,
): CheckTest | undefined {
  const controlled = hasControl(check, exposure);
  const ratioMax = check.tolerance ?? 1;
  const hours = Math.ceil(settings.hours);
  switch (check.metric) {
    case 'rate':
      return controlled ? shared(rateRatio({ ratioMax, hours })) : against(check, hours);
    case 'share':
      return controlled
        ? shared(
            twoSample({
              usualBadShare: (check.usual?.badPercent ?? 100 * badShareMax(check.objective)) / 100,
              hours,
            }),
          )
        : against(check, hours);
    case 'mean':
      // Of a mean that should be high, nobody has asked for a test yet: its window judges it.
      if (!higherIsWorse(check.objective)) return undefined;
      return controlled
        ? bounded(meanDifference({ tolerance: ratioMax - 1, alpha, hours }))
        : bounded(meanObjective({ meanMax: check.objective.value, alpha, hours }));
    case 'volume':
      return controlled ? shared(split({ concentration: volumeConcentration })) : undefined;
    case 'split':
      return controlled ? shared(split({ concentration: mismatchConcentration })) : undefined;
    case 'value':
      return undefined;
    default:
      return unreachable(check.metric);
  }
}

const against = (check: Check, hours: number) =>
  shared(objective({ badShareMax: badShareMax(check.objective), hours }));

const shared = <S>(test: SequentialTest<S>): CheckTest =>
  ({ ...test, spendsItself: false }) as CheckTest<S> as CheckTest;

const bounded = ({ start, add, exceeded }: MeanTest): CheckTest =>
  ({
    start,
    add,
    logE: (state: Mean) => (exceeded(state) ? Number.POSITIVE_INFINITY : 0),
    spendsItself: true,
  }) as CheckTest<Mean> as CheckTest;

/** The proof that a bake may ask for before it ends well; nothing for a check that asks for none. */
export const certificateOf = (check: Check, exposure: number): SequentialTest<unknown> | undefined =>
  check.certify !== undefined && check.metric === 'rate' && hasControl(check, exposure)
    ? (notWorse({ ratioMax: check.certify }) as SequentialTest<unknown>)
    : undefined;

/** What the tests make of all blocks up to some minute: plain JSON. */
interface Accumulator {
  readonly trial?: unknown;
  readonly certificate?: unknown;
  readonly sum: PairedCounts;
}

/** What is kept of a check between two looks: plain JSON. */
export interface Memory {
  /** Of all blocks before this minute, which nobody revises any more: the next look reads from here on. */
  readonly settled: number;
  readonly old: Accumulator;
  /** Blocks since, in the order of their minutes. */
  readonly open: readonly Block[];
  /** Of all blocks: where the next look goes on unless something was revised. */
  readonly all: Accumulator;
  /** The newest minute of which anything was known at the last look. */
  readonly newest?: number;
  /** In most minutes up to the newest there was something. */
  readonly steady?: boolean;
}

export const remember = (fromMinute: number): Memory => ({
  settled: fromMinute,
  old: { sum: noCounts },
  open: [],
  all: { sum: noCounts },
});

export interface Evaluation {
  readonly memory: Memory;
  /** Blocks that are new or revised. */
  readonly fresh: readonly Block[];
  /** Blocks of minutes after the newest of the last look. */
  readonly latest: readonly Block[];
  /** ln E after all blocks; nothing when the check has no test. */
  readonly logE?: number;
  readonly logCertificate?: number;
  readonly sum: PairedCounts;
}

export interface Tests {
  readonly check: Check;
  readonly test: CheckTest | undefined;
  readonly certificate: SequentialTest<unknown> | undefined;
}

/** `fromMinute` is the beginning of the bake. */
interface Moment {
  readonly fromMinute: number;
  readonly nowMinute: number;
  readonly exposure: number;
}

/** Takes blocks in, judges all there is, and settles what can no longer change. */
export function evaluate(before: Memory, blocks: readonly Block[], tests: Tests, moment: Moment): Evaluation {
  const { nowMinute } = moment;
  const newestBefore = before.newest ?? -1;
  const fresh = newsIn(blocks, before).filter(({ minute }) => minute < nowMinute);
  const revised = fresh.some(({ minute }) => minute <= newestBefore);
  const open = revised ? together(before.open, fresh) : [...before.open, ...fresh];
  const latest = fresh.filter(({ minute }) => minute > newestBefore);

  const newest = open.at(-1)?.minute ?? before.newest;
  const settled = Math.max(
    before.settled,
    (newest ?? 0) + 1 - revisedMinutesMax,
    nowMinute - backlogMinutesMax - revisedMinutesMax,
  );
  const young = open.filter(({ minute }) => minute >= settled);
  const old = fold(
    before.old,
    open.filter(({ minute }) => minute < settled),
    tests,
    moment,
  );
  const all = revised ? fold(old, young, tests, moment) : fold(before.all, latest, tests, moment);
  const steady = latest.length > 0 ? isSteady(young, moment.fromMinute) : before.steady;
  const { test, certificate } = tests;
  return {
    memory: { settled, old, open: young, all, ...present({ newest, steady }) },
    fresh,
    latest,
    ...(test === undefined ? {} : { logE: test.logE(all.trial) }),
    ...(certificate === undefined ? {} : { logCertificate: certificate.logPeak(all.certificate) }),
    sum: all.sum,
  };
}

/** Whether the source has had something, in either cohort, in at least half of its last minutes. */
function isSteady(young: readonly Block[], fromMinute: number): boolean {
  const end = (young.at(-1)?.minute ?? fromMinute) + 1;
  const first = Math.max(fromMinute, end - revisedMinutesMax);
  return 2 * young.filter(({ minute }) => minute >= first).length >= end - first;
}

/** The blocks that are not settled and not known as they are; both lists are in the order of their minutes. */
function newsIn(blocks: readonly Block[], { settled, open }: Memory): readonly Block[] {
  let at = 0;
  return blocks.filter((block) => {
    while ((open[at]?.minute ?? block.minute) < block.minute) at += 1;
    const known = open[at];
    return block.minute >= settled && !(known?.minute === block.minute && isSame(known, block));
  });
}

/** Revised blocks in the place of what was known of their minutes. */
function together(open: readonly Block[], fresh: readonly Block[]): readonly Block[] {
  const known = new Map([...open, ...fresh].map((block) => [block.minute, block]));
  return [...known.values()].toSorted((one, other) => one.minute - other.minute);
}

/** What was made of some blocks, and of these after them; the old state stays as it is. */
function fold(
  from: Accumulator,
  blocks: readonly Block[],
  tests: Tests,
  { fromMinute, exposure }: Moment,
): Accumulator {
  const { check, test, certificate } = tests;
  const tried = test && (from.trial === undefined ? test.start() : copyOf(from.trial));
  const certified =
    certificate && (from.certificate === undefined ? certificate.start() : copyOf(from.certificate));
  let { sum } = from;
  for (const block of blocks) {
    const pair = pairedCountsOf(block, check, exposure);
    test?.add(tried, block.minute - fromMinute, pair);
    certificate?.add(certified, block.minute - fromMinute, pair);
    sum = plus(sum, pair);
  }
  return {
    ...present({ trial: tried, certificate: certified }),
    sum,
  };
}

/** Plain JSON again, of what is changed in place (what is frozen is not); the platform's own clone takes most of a rehearsal's time. */
function copyOf(state: unknown): unknown {
  if (typeof state !== 'object' || state === null || Object.isFrozen(state)) return state;
  if (Array.isArray(state)) return state.map(copyOf);
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(state)) copy[key] = copyOf(value);
  return copy;
}

/** What is counted per user stands against how many users there were: percentages do, the tests only need their ratio. */
function pairedCountsOf({ treatment, control }: Block, { metric }: Check, exposure: number): PairedCounts {
  const { n: nT, x: xT } = treatment ?? none;
  const { n: nC, x: xC } = control ?? none;
  if (!isCounted({ metric })) return { nT, xT, nC, xC };
  return { nT: exposure, xT, nC: 100 - exposure, xC };
}
const none: Counts = { n: 0, x: 0 };

const noCounts: PairedCounts = { nT: 0, xT: 0, nC: 0, xC: 0 };
const plus = (one: PairedCounts, other: PairedCounts): PairedCounts => ({
  nT: one.nT + other.nT,
  xT: one.xT + other.xT,
  nC: one.nC + other.nC,
  xC: one.xC + other.xC,
});

const isSame = (one: Block, other: Block): boolean =>
  one === other || (isEqual(one.treatment, other.treatment) && isEqual(one.control, other.control));
const isEqual = (one: Counts | undefined, other: Counts | undefined): boolean =>
  one?.n === other?.n && one?.x === other?.x;
