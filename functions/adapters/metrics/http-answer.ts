/** What an API answered, by the JMESPath expressions of its settings: a list of `[time, value]`, or a list of such lists. */
import { type JSONValue, search } from '@jmespath-community/jmespath';
import * as z from 'zod';
import { type Point, points, type Said } from './blocks.ts';
import type { HttpAnswer } from './exchange.ts';
import { pointsMax } from './limits.ts';
import { minuteMs } from './minutes.ts';
import { unknown } from './unknown.ts';

export type TimeUnit = 'seconds' | 'milliseconds' | 'iso';
export interface AnswerSettings {
  /** JMESPath (Community specification) to the points. */
  readonly answer: string;
  /** JMESPath to a text that is there only when the API could not answer. */
  readonly error?: string;
  readonly times: {
    /** Of the answer. */
    readonly answered: TimeUnit;
    /** Whether a time is that of the beginning of its minute, or of the end. */
    readonly stamp: 'start' | 'end';
  };
}

/** No value at a time is no point. */
const Pair = z.tuple([z.union([z.number(), z.string()]), z.number().nullable()]);
const Points = z.array(Pair);
const OneSeries = z.union([Points, z.array(Points)]);
type Pair = z.output<typeof Pair>;

/** `name` stands in texts. */
export function saidIn(answer: HttpAnswer, settings: AnswerSettings, name: string): Said {
  if (answer.kind === 'unknown') return answer;
  const { json } = answer;
  const error = settings.error === undefined ? undefined : textAt(json, settings.error);
  if (error !== undefined) return unknown('unavailable', `${name}: ${answer.redact(error)}`);
  if (answer.kind === 'refused')
    return unknown('unavailable', `${name} answered ${answer.status}: ${answer.said}`);
  const found = at(json, settings.answer);
  const read = OneSeries.safeParse(found);
  if (!read.success)
    return unknown(
      'malformed',
      `${name}: "${settings.answer}" is no list of [time, value] in the answer: ${answer.said}`,
    );
  const several = read.data.filter((one): one is Pair[] => Array.isArray(one[0]) || one.length === 0);
  if (several.length > 1)
    return unknown('ambiguous', `${name} answers ${several.length} series where one is meant: sum them`);
  const pairs = several.length === 1 ? several[0] : (read.data as readonly Pair[]);
  if (pairs === undefined || pairs.length > pointsMax)
    return unknown('malformed', `${name} answers ${pairs?.length} points: at most ${pointsMax} are read`);
  return points(pairs.flatMap((pair) => pointOf(pair, settings.times)));
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
