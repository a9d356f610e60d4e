/**
 * From what providers answer, points of the parts of a metric, to the blocks of a check. One place for all of them, so that a
 * zero, a silence and a number that cannot be mean the same wherever they come from.
 */
import { type Check, type Part, partsOf } from '#domain/plan.ts';
import type { Block, Counts, Series, UnknownCause } from '#domain/series.ts';
import { soundSeries } from '#domain/soundness.ts';

/** Values by minute since 1970, in the order in which they were answered. */
export type Points = readonly (readonly [minute: number, value: number])[];
/** The points of one part, of the users with the new version and, where a check has cohorts, of the others. */
export interface Cohorts {
  readonly treatment: Points;
  readonly control?: Points;
}
export type Answer =
  | { readonly kind: 'parts'; readonly parts: Readonly<Partial<Record<Part, Cohorts>>> }
  | { readonly kind: 'unknown'; readonly cause: UnknownCause; readonly text: string };

export const unknown = (cause: UnknownCause, text: string) => ({ kind: 'unknown', cause, text }) as const;

/** A check's blocks, or why there are none. */
export function seriesOf(check: Check, answer: Answer): Series {
  if (answer.kind === 'unknown') return answer;
  for (const [part, cohorts] of Object.entries(answer.parts)) {
    const fault = faultIn(part, cohorts.treatment) ?? faultIn(part, cohorts.control ?? []);
    if (fault) return fault;
  }
  const treatment = countsOf(check, answer.parts, 'treatment');
  const control = countsOf(check, answer.parts, 'control');
  const minutes = [...new Set([...treatment.keys(), ...control.keys()])].toSorted((a, b) => a - b);
  const blocks = minutes.map((minute): Block => {
    const [mine, others] = [treatment.get(minute), control.get(minute)];
    return { minute, ...(mine ? { treatment: mine } : {}), ...(others ? { control: others } : {}) };
  });
  return soundSeries(check, blocks);
}

function faultIn(part: string, points: Points): Series | undefined {
  let before = Number.NEGATIVE_INFINITY;
  for (const [minute, value] of points) {
    if (!Number.isFinite(value)) return unknown('malformed', `${part} is ${value} at minute ${minute}`);
    if (minute < before)
      return unknown('backwards', `${part}: minute ${minute} comes after minute ${before}`);
    if (minute === before) return unknown('ambiguous', `${part}: two values of minute ${minute}`);
    before = minute;
  }
  return undefined;
}

/** What of a metric says that there was something to count, and what is counted of it. */
function countsOf(
  { metric }: Check,
  parts: Readonly<Partial<Record<Part, Cohorts>>>,
  cohort: 'treatment' | 'control',
): ReadonlyMap<number, Counts> {
  const of = (part: Part): ReadonlyMap<number, number> => new Map(parts[part]?.[cohort] ?? []);
  const [first] = partsOf[metric];
  switch (metric) {
    case 'rate':
    case 'share': {
      // Counters of errors often have no point where there was none; without requests there is nothing to say.
      const bad = of('bad');
      return mapped(of('total'), (n, minute) => rounded(n, bad.get(minute) ?? 0, cohort));
    }
    case 'mean': {
      const sum = of('sum');
      return mapped(of('count'), (n, minute) => {
        const x = sum.get(minute);
        return x === undefined ? undefined : { n, x };
      });
    }
    case 'volume':
    case 'split':
      return mapped(of(first), (n) => ({ n, x: n }));
    case 'value':
      return mapped(of(first), (x) => ({ n: 1, x }));
  }
}

function mapped(
  points: ReadonlyMap<number, number>,
  toCounts: (value: number, minute: number) => Counts | undefined,
): ReadonlyMap<number, Counts> {
  return new Map(
    [...points].flatMap(([minute, value]) => {
      const counts = toCounts(value, minute);
      return counts ? [[minute, counts] as const] : [];
    }),
  );
}

/**
 * Sources that interpolate answer parts of events. What is bad of the new version is rounded down and of the others up, never
 * to more than there were: so that rounding speaks for the new version.
 */
function rounded(n: number, x: number, cohort: 'treatment' | 'control'): Counts {
  if (Number.isInteger(x) && Number.isInteger(n)) return { n, x };
  const whole = cohort === 'treatment' ? Math.floor(x) : Math.ceil(x);
  // More bad ones than all is a fault of the source, which must not be rounded away.
  return { n: x > n ? n : Math.max(n, whole), x: x > n ? x : whole };
}
