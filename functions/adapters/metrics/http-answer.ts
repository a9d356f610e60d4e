/** What an API answered, by the JMESPath expressions of its settings: a list of `[time, value]`, or a list of such lists. */
import { type JSONValue, search } from '@jmespath-community/jmespath';
import { minuteMs } from '#domain/time.ts';
import { type Point, points, type Said } from './blocks.ts';
import type { HttpAnswer } from './exchange.ts';
import { pointsMax } from './limits.ts';
import type { MinuteRange } from './minutes.ts';
import { asItIs, filled, namesIn } from './template.ts';
import { unknown } from './unknown.ts';

export type TimeUnit = 'seconds' | 'milliseconds' | 'iso';
export interface AnswerSettings {
  /** JMESPath (Community specification) to the points. */
  readonly answer: string;
  /** JMESPath to a text that is there only when the API could not answer. */
  readonly error?: string;
  /**
   * What an answer with points repeats of the question: by JMESPath to a text, a number, or a list of them, the number that
   * stands there or a word of the text. May hold `{{cohort}}`, which is looked for when a cohort is asked for.
   */
  readonly echoes?: Readonly<Record<string, string>>;
  readonly times: {
    /** Of the answer. */
    readonly answered: TimeUnit;
    /** Whether a time is that of the beginning of its minute, or of the end. */
    readonly stamp: 'start' | 'end';
  };
}

/** A time and a value, which may be absent: no point. */
type Pair = readonly [time: number | string, value: number | null];

/** `cohort`: the value that was asked for, if any. */
export function saidIn(
  answer: HttpAnswer,
  settings: AnswerSettings,
  source: string,
  { first, end }: MinuteRange,
  cohort: { readonly cohort?: string },
): Said {
  if (answer.kind === 'unknown') return answer;
  const { json, status, said } = answer;
  const error = settings.error === undefined ? undefined : textAt(json, settings.error);
  if (error !== undefined) return unknown('source-failed', { source, said: answer.redact(error) });
  if (answer.kind === 'refused') return unknown('source-answered', { source, status, said });
  const series = seriesIn(at(json, settings.answer));
  if (series === undefined)
    return unknown('answer-without-points', { source, expression: settings.answer, said });
  const [pairs = [], ...others] = series;
  if (others.length > 0) return unknown('several-series', { source, series: series.length });
  if (pairs.length > pointsMax)
    return unknown('too-many-points', { source, points: pairs.length, pointsMax });
  const another = pairs.length === 0 ? undefined : otherThanAsked(json, settings.echoes ?? {}, cohort);
  if (another)
    return unknown('answer-to-another', { source, ...another, found: answer.redact(another.found) });
  const all = pairs.flatMap((pair) => pointOf(pair, settings.times));
  // APIs differ in whether the ends of a window are in it.
  return points(all.filter(({ minute }) => minute !== first - 1 && minute !== end));
}

/** The first place where the answer is of another question. */
function otherThanAsked(
  json: unknown,
  echoes: Readonly<Record<string, string>>,
  cohort: { readonly cohort?: string },
) {
  for (const [place, template] of Object.entries(echoes)) {
    if (cohort.cohort === undefined && namesIn(template).includes('cohort')) continue;
    const asked = filled(template, cohort, asItIs);
    const there = [at(json, place)].flat();
    const other = there.length === 0 ? '' : there.find((one) => !repeats(one, asked));
    if (other !== undefined) return { place, asked, found: String(other) };
  }
  return undefined;
}

const repeats = (found: unknown, asked: string): boolean =>
  typeof found === 'string' ? found.split(/[^\w-]+/).includes(asked) : String(found) === asked;

/** A list of pairs is one series; a list of such lists is as many as it holds; an empty list is none. */
function seriesIn(found: unknown): readonly (readonly Pair[])[] | undefined {
  if (!Array.isArray(found)) return undefined;
  if (found.length > 0 && found.every(isPair)) return [found];
  return found.every((one): one is Pair[] => Array.isArray(one) && one.every(isPair)) ? found : undefined;
}

function isPair(one: unknown): one is Pair {
  if (!Array.isArray(one) || one.length !== 2) return false;
  const [time, value] = one;
  return ['number', 'string'].includes(typeof time) && (value === null || typeof value === 'number');
}

const at = (json: unknown, expression: string): unknown => {
  try {
    return search(json as JSONValue, expression);
  } catch {
    // An expression over an answer of another shape: `zip` of what is no list.
    return undefined;
  }
};

/** Nothing where there is none, or an empty one. */
function textAt(json: unknown, expression: string): string | undefined {
  const found = at(json, expression);
  if (found === null || found === undefined || found === '' || found === false) return undefined;
  return typeof found === 'string' ? found : JSON.stringify(found);
}

function pointOf([time, value]: Pair, { answered, stamp }: AnswerSettings['times']): readonly Point[] {
  if (value === null) return [];
  const minute = msOf(time, answered) / minuteMs - (stamp === 'end' ? 1 : 0);
  return [{ minute, value }];
}

/** NaN for what is no time of this unit. */
function msOf(time: number | string, unit: TimeUnit): number {
  if (unit === 'iso') return typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return typeof time === 'number' ? time * (unit === 'seconds' ? 1000 : 1) : Number.NaN;
}
