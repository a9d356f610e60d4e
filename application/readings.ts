/** What sources say of checks: the product's own store (what people and scripts reported) or the providers of metrics. */
import { judgeReading, readingOf } from '#domain/judge/check.ts';
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

/** The series of checks by id, over the whole minutes since an instant. Every check has one. */
export async function readSeries(
  { plan, metrics, clock }: With<'metrics'>,
  release: Release,
  ids: readonly string[],
  fromMs: number,
): Promise<Readonly<Record<string, Series>>> {
  const toMs = Math.floor(clock.nowMs() / minuteMs) * minuteMs;
  const own: Record<string, Series> = {};
  const remote: Record<string, Check> = {};
  for (const id of new Set(ids)) {
    const check = plan.checks[id];
    if (!check) throw new RangeError(`the plan has no check "${id}"`);
    if (isRemote(check.source.kind)) remote[id] = check;
    else own[id] = ownSeries(release, check, toMs);
  }
  if (Object.keys(remote).length === 0) return own;
  return { ...own, ...(await metrics.read(remote, { fromMs, toMs })) };
}

/** What was last reported is so now, until something else is reported. */
function ownSeries(release: Release, { source }: Check, toMs: number): Series {
  const measure = measureOf(release, source.query ?? '');
  if (!measure) return { kind: 'blocks', blocks: [] };
  // A count of open bugs has no samples behind it, and is a value all the same.
  const n = Math.max(1, measure.samples);
  const treatment = { n, x: measure.value * n };
  return { kind: 'blocks', blocks: [{ minute: toMs / minuteMs - 1, treatment }] };
}

/** What gates and checklists decide by is what was so in the last hour. */
const judgedMinutes = 60;

/** Each check's own verdict on the last hour, by id. */
export async function judgeChecks(
  ports: With<'metrics'>,
  release: Release,
  ids: readonly string[],
): Promise<Readonly<Record<string, JudgedReading>>> {
  const fromMs = ports.clock.nowMs() - judgedMinutes * minuteMs;
  const series = await readSeries(ports, release, ids, fromMs);
  return Object.fromEntries(
    Object.entries(series).flatMap(([id, one]) => {
      const check = ports.plan.checks[id];
      return check ? [[id, judgeSeries(check, one, release.exposure)]] : [];
    }),
  );
}

function judgeSeries(check: Check, series: Series, exposure: number): JudgedReading {
  const reading = series.kind === 'unknown' ? series : readingOf(check, series.blocks, exposure);
  const verdict = judgeReading(check, reading);
  return reading.kind === 'value' ? { verdict, value: reading.value } : { verdict };
}
