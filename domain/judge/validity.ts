/** Blocks that cannot be: a minute that no source could have counted is left out with its reason, never a pass and never a crash. */
import type { MetricKind } from '../plan/metric-sources.ts';
import type { Check } from '../plan/plan.ts';
import { seriesWithout } from './odd-minutes.ts';
import { type Block, type Counts, cohorts, type OddMinute, type Series } from './series.ts';
import type { OddFault, SourceFault } from './source-faults.ts';

/** The bad ones are a part of all: more of them than of all cannot be. */
const isPart = (metric: MetricKind) => metric === 'rate' || metric === 'share';
/** What is summed may be below zero; what is counted may not. */
const isSum = (metric: MetricKind) => metric === 'mean' || metric === 'value';

/** The blocks as a series, or why they are none: the first of no minute, in their order. */
export function validSeries({ metric, compare }: Check, blocks: readonly Block[]): Series {
  let before = Number.NEGATIVE_INFINITY;
  for (const { minute } of blocks) {
    if (!Number.isSafeInteger(minute) || minute < 0)
      return unknown({ code: 'not-a-minute', params: { minute: String(minute) } });
    if (minute <= before) return unknown({ code: 'minutes-backwards', params: { minute, before } });
    before = minute;
  }
  const alone = compare === 'control' && blocks.length > 0 && blocks.every((block) => !block.control);
  if (alone) return unknown({ code: 'control-missing', params: {} });
  const odd = blocks.flatMap((block) =>
    cohorts.flatMap((cohort): readonly OddMinute[] => {
      const fault = faultIn(metric, block.minute, block[cohort]);
      return fault ? [{ minute: block.minute, cohort, fault }] : [];
    }),
  );
  return seriesWithout(odd, blocks);
}

const unknown = (fault: SourceFault): Series => ({ kind: 'unknown', fault });

function faultIn(metric: MetricKind, minute: number, counts: Counts | undefined): OddFault | undefined {
  if (!counts) return undefined;
  const { n, x } = counts;
  const params = { minute, n: String(n), x: String(x) };
  if (!Number.isFinite(n) || !Number.isFinite(x)) return { code: 'not-counts', params };
  if (n < 0 || (x < 0 && !isSum(metric))) return { code: 'counts-negative', params };
  if (isPart(metric) && x > n)
    return { code: 'more-bad-among', params: { minute, bad: String(x), among: String(n) } };
  return undefined;
}
