/** Blocks that cannot be: what no source could have counted is unknown with its reason, never a pass and never a crash. */
import type { MetricKind } from '../plan/metric-sources.ts';
import type { Check } from '../plan/plan.ts';
import type { Block, Counts, Series, UnknownCause } from './series.ts';

/** The bad ones are a part of all: more of them than of all cannot be. */
const isPart = (metric: MetricKind) => metric === 'rate' || metric === 'share';
/** What is summed may be below zero; what is counted may not. */
const isSum = (metric: MetricKind) => metric === 'mean' || metric === 'value';

/** The blocks as a series, or why they are none: the first fault in the order of the blocks. */
export function soundSeries({ metric, compare }: Check, blocks: readonly Block[]): Series {
  let before = Number.NEGATIVE_INFINITY;
  for (const block of blocks) {
    const { minute, treatment, control } = block;
    if (!Number.isSafeInteger(minute) || minute < 0) {
      return unknown('malformed', `minute ${minute} is no whole number of minutes since 1970`);
    }
    if (minute <= before) return unknown('backwards', `minute ${minute} comes after minute ${before}`);
    before = minute;
    const fault = faultIn(metric, treatment) ?? faultIn(metric, control);
    if (fault) return unknown(fault.cause, `minute ${minute}: ${fault.text}`);
  }
  const alone = compare === 'control' && blocks.length > 0 && blocks.every((block) => !block.control);
  return alone
    ? unknown('no-cohort', 'no minute says what users without the new version did')
    : { kind: 'blocks', blocks };
}

const unknown = (cause: UnknownCause, text: string): Series => ({ kind: 'unknown', cause, text });

function faultIn(
  metric: MetricKind,
  counts: Counts | undefined,
): { readonly cause: UnknownCause; readonly text: string } | undefined {
  if (!counts) return undefined;
  const { n, x } = counts;
  if (!Number.isFinite(n) || !Number.isFinite(x))
    return { cause: 'malformed', text: `${n} and ${x} are no counts` };
  if (n < 0 || (x < 0 && !isSum(metric)))
    return { cause: 'impossible', text: `${n} and ${x}: a count is never negative` };
  if (isPart(metric) && x > n) return { cause: 'impossible', text: `${x} bad events among ${n}` };
  return undefined;
}
