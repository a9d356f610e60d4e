/** What sources say of checks: the product's own store (what people and scripts reported) or the providers of metrics. */
import { judgeReading, type Reading, readingOf } from '#domain/judge/check.ts';
import type { Answer } from '#domain/judge/missed.ts';
import { oddIn } from '#domain/judge/odd-minutes.ts';
import type { Series } from '#domain/judge/series.ts';
import type { Verdict } from '#domain/ledger/facts.ts';
import type { Release } from '#domain/ledger/records.ts';
import { isRemote } from '#domain/plan/metric-sources.ts';
import type { Check } from '#domain/plan/plan.ts';
import { measureOf } from '#domain/rules/measures.ts';
import { minuteMs } from '#domain/time.ts';
import type { With } from './port-groups.ts';

interface JudgedReading {
  readonly verdict: Verdict;
  readonly value?: number;
}

/**
 * Minutes that one look reads of a check: what a source was away for longer is read look by look. A provider answers so many
 * at once (New Relic 366).
 */
export const readMinutesMax = 360;

/**
 * What the sources say, by check: the whole minutes from the one that is given for each on, until now or until `minutesMax`
 * are read. Throws RangeError for a check that the plan does not define.
 */
export async function readSeries(
  { plan, metrics, clock }: With<'metrics'>,
  release: Release,
  from: Readonly<Record<string, number>>,
  minutesMax = readMinutesMax,
): Promise<Readonly<Record<string, Answer>>> {
  const nowMinute = Math.floor(clock.nowMs() / minuteMs);
  const answers: Record<string, Answer> = {};
  /** Those that are read to the same minute are one question. */
  const questions = new Map<number, { first: number; readonly checks: Record<string, Check> }>();
  for (const [id, first] of Object.entries(from)) {
    const check = plan.checks[id];
    if (!check) throw new RangeError(`the plan has no check "${id}"`);
    if (!isRemote(check.source.kind)) {
      answers[id] = { series: ownSeries(release, check, nowMinute), endMinute: nowMinute };
      continue;
    }
    const endMinute = Math.min(nowMinute, first + minutesMax);
    const question = questions.get(endMinute) ?? { first, checks: {} };
    question.first = Math.min(question.first, first);
    question.checks[id] = check;
    questions.set(endMinute, question);
  }
  const asked = [...questions].map(async ([endMinute, { first, checks }]) => {
    const read = await metrics.read(checks, { fromMs: first * minuteMs, toMs: endMinute * minuteMs });
    return Object.entries(read).map(([id, series]) => [id, { series, endMinute }] as const);
  });
  return { ...answers, ...Object.fromEntries((await Promise.all(asked)).flat()) };
}

/** What was last reported is so now, until something else is reported. */
function ownSeries(release: Release, { source }: Check, nowMinute: number): Series {
  const measure = measureOf(release, source.query ?? '');
  if (!measure) return { kind: 'blocks', blocks: [] };
  // A count of open bugs has no samples behind it, and is a value all the same.
  const n = Math.max(1, measure.samples);
  const treatment = { n, x: measure.value * n };
  return { kind: 'blocks', blocks: [{ minute: nowMinute - 1, treatment }] };
}

/** What gates and checklists decide by is what was so in the last hour. */
const judgedMinutes = 60;

/** Each check's own verdict on the last hour, by id. */
export async function judgeChecks(
  ports: With<'metrics'>,
  release: Release,
  ids: readonly string[],
): Promise<Readonly<Record<string, JudgedReading>>> {
  const first = Math.floor(ports.clock.nowMs() / minuteMs) - judgedMinutes;
  const answers = await readSeries(ports, release, Object.fromEntries(ids.map((id) => [id, first])));
  return Object.fromEntries(
    Object.entries(answers).flatMap(([id, { series }]) => {
      const check = ports.plan.checks[id];
      return check ? [[id, judgeSeries(check, series, release.exposure, first)]] : [];
    }),
  );
}

function judgeSeries(check: Check, series: Series, exposure: number, first: number): JudgedReading {
  const odd = oddIn(series, first, first + judgedMinutes)?.fault;
  const reading: Reading =
    series.kind === 'unknown'
      ? series
      : odd
        ? { kind: 'unknown', fault: odd }
        : readingOf(check, series.blocks, exposure);
  const verdict = judgeReading(check, reading);
  return reading.kind === 'value' ? { verdict, value: reading.value } : { verdict };
}
