/**
 * One odd minute is one odd minute: it is left out, of both cohorts, since a minute is compared as a whole or not at all. A
 * source of which too many are odd is not believed.
 */
import { present } from '../present.ts';
import { type Block, type Cohort, cohorts, type OddMinute, type Series } from './series.ts';
import type { OddFault, SourceFault } from './source-faults.ts';

/** Of the minutes of a window; a single one is never too many. */
const oddShareMax = 0.2;

/** How many minutes of a window were left out, for what was said of each cohort. */
export type OddCounts = Readonly<Record<Cohort, number>>;

/** The blocks of the other minutes, and what is odd in the order of its minutes. */
export function seriesWithout(odd: readonly OddMinute[], blocks: readonly Block[]): Series {
  if (odd.length === 0) return { kind: 'blocks', blocks };
  const minutes = new Set(odd.map(({ minute }) => minute));
  return {
    kind: 'blocks',
    blocks: blocks.filter(({ minute }) => !minutes.has(minute)),
    odd: odd.toSorted((one, other) => one.minute - other.minute),
  };
}

/** What is odd in the minutes [first, end), `newest` why the last of them; `fault` when it is too much. Nothing where nothing is. */
export function oddIn(
  series: Series,
  first: number,
  end: number,
): { readonly counts: OddCounts; readonly newest: OddFault; readonly fault?: SourceFault } | undefined {
  const all = series.kind === 'blocks' ? (series.odd ?? []) : [];
  const odd = all.filter(({ minute }) => minute >= first && minute < end);
  const last = odd.at(-1);
  if (!last) return undefined;
  const minutes = end - first;
  const of = (cohort: Cohort) => odd.filter((one) => one.cohort === cohort);
  const faults = cohorts.flatMap((cohort): readonly SourceFault[] => {
    const its = of(cohort);
    const newest = its.at(-1);
    if (!newest || its.length <= Math.max(1, oddShareMax * minutes)) return [];
    return [{ code: 'odd-minutes', params: { cohort, odd: its.length, minutes, fault: newest.fault } }];
  });
  return {
    newest: last.fault,
    counts: { treatment: of('treatment').length, control: of('control').length },
    ...present({ fault: faults[0] }),
  };
}
