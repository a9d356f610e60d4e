/**
 * The judge of a bake: takes what the sources counted, and says of each check how it reads now and what is proven against the
 * new version. All checks of a class share one budget of false alarms, however often they are looked at.
 */

import type { Check, CheckClass } from '../plan/plan.ts';
import { present } from '../present.ts';
import { averageLogE } from './average.ts';
import { hasControl, isCounted, isWorseThanControl, meets, type Reading, readingOf } from './check.ts';
import { type Evaluation, evaluate, type Memory, remember, revisedMinutesMax } from './check-test.ts';
import { type OddCounts, oddIn } from './odd-minutes.ts';
import { type Prepared, preparedFor } from './prepared.ts';
import type { Block, Series } from './series.ts';
import type { OddFault } from './source-faults.ts';

/** Of 20 new versions that are as bad as `certify` says, at most one is certified. */
const certificateAlpha = 0.05;
/** A source that had data in most minutes and has none for so long has fallen silent (ADR 15). */
const staleMinutes = 15;
/** Of one that has data now and then, nobody may use what is measured for a night. */
const idleMinutesMax = 12 * 60;

export interface Situation {
  /** Minutes since 1970: when the bake began, and now. */
  readonly fromMinute: number;
  readonly nowMinute: number;
  /** Users with the new version, in percent. */
  readonly exposure: number;
  /** The longest that the bake may take. */
  readonly hours: number;
  /** The chance that the checks of one class raise a false alarm in this bake. */
  readonly alpha: number;
}

/** What is known of a check at a look. */
export interface Judgement {
  /** Of the minutes since the last look. */
  readonly reading: Reading;
  /** Of the looks that were missed before this one, oldest first; absent: none was. */
  readonly missed?: readonly Reading[];
  /** The new version is proven to be worse. Once proven, it stays so. */
  readonly proven: boolean;
  /** A test judges this check: its window of readings then speaks of the environment, not of the release. */
  readonly tested: boolean;
  /** The proof that the plan asks for (`certify`) is still missing. */
  readonly uncertified: boolean;
  /** Evidence: ln E and what it must reach; ln E of the certificate. */
  readonly logE?: number;
  readonly threshold?: number;
  readonly logCertificate?: number;
  /** Over the whole bake, in the unit of the objective. */
  readonly overall?: { readonly value: number; readonly control?: number; readonly samples: number };
  /** Blocks that are new or revised. */
  readonly fresh: readonly Block[];
  /** Minutes of the last half hour that were left out; absent: none was. */
  readonly odd?: OddCounts;
}

interface CheckMemory extends Memory {
  readonly proven: boolean;
}
export type Memories = Readonly<Record<string, CheckMemory>>;

interface EvaluatedCheck extends Prepared {
  readonly evaluation: Evaluation;
  readonly series: Series;
  readonly before: CheckMemory;
}

/** Throws RangeError for a check that the plan does not define. */
export function judge(
  memories: Memories,
  ids: readonly string[],
  checks: Readonly<Record<string, Check>>,
  series: Readonly<Record<string, Series>>,
  situation: Situation,
): { readonly memories: Memories; readonly judgements: Readonly<Record<string, Judgement>> } {
  const evaluated = preparedFor(ids, checks, situation).map((prepared) =>
    evaluateOne(prepared, memories[prepared.id], series[prepared.id] ?? leftOut, situation),
  );
  const proven = new Set(
    (['rollback', 'pause', 'observe'] as const).flatMap((one) => provenIn(one, evaluated, situation.alpha)),
  );
  const judged = evaluated.map((one) => judgementOf(one, proven.has(one.id), situation));
  return {
    memories: Object.fromEntries(
      evaluated.map(({ id, evaluation }, index) => [
        id,
        { ...evaluation.memory, proven: judged[index]?.proven ?? false },
      ]),
    ),
    judgements: Object.fromEntries(evaluated.map(({ id }, index) => [id, judged[index] as Judgement])),
  };
}

/** A check that the provider left out is as silent as one that it could not read. */
const leftOut: Series = { kind: 'unknown', fault: { code: 'left-out', params: {} } };

function evaluateOne(
  prepared: Prepared,
  memory: CheckMemory | undefined,
  series: Series,
  situation: Situation,
): EvaluatedCheck {
  const before = memory ?? { ...remember(situation.fromMinute), proven: false };
  const [blocks, nowMinute] =
    // What was not answered is asked again: no minute is settled.
    series.kind === 'blocks' ? [series.blocks, situation.nowMinute] : [[], before.settled];
  const evaluation = evaluate(before, blocks, prepared, { ...situation, nowMinute });
  return { ...prepared, evaluation, series, before };
}

/**
 * The checks of a class that are proven now. E-processes are averaged over the class, which is an e-process again under any
 * dependence (note on tests, 1.7): the one that weighs most is the cause. A bound spends its own part.
 */
function provenIn(one: CheckClass, evaluated: readonly EvaluatedCheck[], alpha: number): readonly string[] {
  const all = evaluated.filter(({ check, test }) => check.class === one && test !== undefined);
  const alone = all.filter(
    ({ test, evaluation }) => test?.spendsItself && evaluation.logE === Number.POSITIVE_INFINITY,
  );
  const together = all
    .filter(({ test }) => test?.spendsItself === false)
    .map(({ id, evaluation }) => ({ id, logE: evaluation.logE ?? 0, weight: 1 }))
    .toSorted((first, second) => second.logE - first.logE);
  const [cause] = together;
  const part = alpha * (together.length / Math.max(1, all.length));
  const fired = cause !== undefined && averageLogE(together) >= -Math.log(part);
  return [...alone.map(({ id }) => id), ...(fired ? [cause.id] : [])];
}

function judgementOf(
  { check, test, evaluation, series, before, share }: EvaluatedCheck,
  fired: boolean,
  situation: Situation,
): Judgement {
  const overall = overallOf(check, evaluation, situation.exposure);
  const proven = before.proven || (fired && isWorse(check, overall));
  const splitOff = check.metric === 'split' && proven;
  const odd = oddNow(series, situation);
  const reading = splitOff
    ? offBalance(overall?.value)
    : odd?.fault
      ? ({ kind: 'unknown', fault: odd.fault } as const)
      : readNow(check, series, evaluation, before, situation, odd?.newest);
  return {
    reading,
    proven: proven && !splitOff,
    tested: test !== undefined,
    uncertified:
      evaluation.logCertificate !== undefined && evaluation.logCertificate < -Math.log(certificateAlpha),
    ...(evaluation.logE === undefined
      ? {}
      : { logE: evaluation.logE, threshold: Math.log(1 / (situation.alpha * share)) }),
    ...present({ logCertificate: evaluation.logCertificate, overall }),
    fresh: evaluation.fresh,
    ...present({ odd: odd?.counts }),
  };
}

/** What is odd in the half hour up to the newest minute of which the source has said anything. */
function oddNow(series: Series, { fromMinute, nowMinute }: Situation): ReturnType<typeof oddIn> {
  if (series.kind === 'unknown' || !series.odd?.length) return undefined;
  const newest = Math.max(series.blocks.at(-1)?.minute ?? 0, series.odd.at(-1)?.minute ?? 0);
  const end = Math.min(nowMinute, newest + 1);
  return oddIn(series, Math.max(fromMinute, end - revisedMinutesMax), end);
}

/** Tests of shares and volumes are two-sided or without tolerance: what they find must also be worse, and by enough. */
function isWorse(check: Check, overall: Judgement['overall']): boolean {
  if (overall === undefined) return false;
  if (check.metric === 'share')
    return isWorseThanControl(check, overall.value, overall.control) || check.compare === 'objective';
  return isCounted(check) ? !meets(check.objective, overall.value) : true;
}

function overallOf(check: Check, { sum }: Evaluation, exposure: number): Judgement['overall'] {
  const block: Block = {
    minute: 0,
    treatment: { n: sum.nT, x: sum.xT },
    ...(hasControl(check, exposure) ? { control: { n: sum.nC, x: sum.xC } } : {}),
  };
  const reading = readingOf(check, [block], exposure);
  return reading.kind === 'value' ? reading : undefined;
}

/** Cohorts that are not what they should be make every comparison worthless: people must look, the release is not to blame. */
const offBalance = (percent = 0): Reading => ({
  kind: 'unknown',
  fault: { code: 'cohorts-off', params: { percent } },
});

/** What the minutes since the last look say; without any, what their absence means, and `odd` that of all there ever was. */
function readNow(
  check: Check,
  series: Series,
  { latest }: Evaluation,
  before: Memory,
  situation: Situation,
  odd: OddFault | undefined,
): Reading {
  if (series.kind === 'unknown') return series;
  const { exposure, nowMinute } = situation;
  const controlled = hasControl(check, exposure);
  const hasTreatment = latest.some(({ treatment }) => treatment !== undefined);
  const hasOthers = latest.some(({ control }) => control !== undefined && control.n > 0);
  if (hasTreatment) {
    const reading = readingOf(check, latest, exposure);
    const alone =
      controlled && reading.kind === 'value' && !hasOthers && !latest.some(({ control }) => control);
    return alone
      ? { kind: 'unknown', fault: { code: 'others-silent', params: { percent: 100 - exposure } } }
      : reading;
  }
  // Others use the product and the new version has nothing at all to say.
  if (controlled && hasOthers) return { kind: 'no-data' };
  if (before.newest === undefined) return odd ? { kind: 'unknown', fault: odd } : { kind: 'no-data' };
  const silentMinutes = nowMinute - before.newest;
  if (silentMinutes <= (before.steady ? staleMinutes : idleMinutesMax)) return { kind: 'idle' };
  return { kind: 'unknown', fault: { code: 'fell-silent', params: { minutes: silentMinutes } } };
}
