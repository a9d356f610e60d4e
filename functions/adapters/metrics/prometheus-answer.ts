/**
 * What Prometheus answers: `{ status, data, errorType, error, warnings }`. Source: Prometheus, "HTTP API", format overview and
 * range vectors. `infos` only annotate; `warnings` mean that a store behind it did not answer, so numbers may be too small.
 */
import * as z from 'zod';
import type { Point } from './blocks.ts';
import type { HttpAnswer } from './exchange.ts';
import { minuteSeconds } from './minutes.ts';
import { type Unknown, unknown } from './unknown.ts';

const warnings = z.array(z.string()).optional();
const RangeSeries = z.object({
  /** Values of labels by name. */
  metric: z.unknown(),
  /** Pairs of seconds and a number as a text, which may be `NaN` or `+Inf`. */
  values: z.array(z.array(z.unknown())),
});
const Range = z.object({
  status: z.literal('success'),
  data: z.object({ resultType: z.literal('matrix'), result: z.array(RangeSeries) }),
  warnings,
});
const LabelValues = z.object({ status: z.literal('success'), data: z.array(z.string()), warnings });
const Failure = z.object({ status: z.literal('error'), errorType: z.string(), error: z.string() });

type Contract<T> = z.ZodType<{ readonly data: T; readonly warnings?: readonly string[] | undefined }>;
export type RangeSeries = z.output<typeof RangeSeries>;
export type ReadData<T> = { readonly kind: 'read'; readonly data: T } | Unknown;

export function rangeIn(answer: HttpAnswer, source: string): ReadData<readonly RangeSeries[]> {
  const read = dataIn(answer, Range, source);
  if (read.kind !== 'read') return read;
  const { result } = read.data;
  if (result.every(({ values }) => values.every(isPoint))) return { kind: 'read', data: result };
  const { said } = answer as Exclude<HttpAnswer, Unknown>;
  return unknown('answer-not-promised', { source, path: 'data.result.values', said });
}

/** Seconds, and a number as a text. */
const isPoint = (one: readonly unknown[]): boolean => {
  const [seconds, text] = one;
  return (
    typeof seconds === 'number' &&
    typeof text === 'string' &&
    (text === 'NaN' || !Number.isNaN(numberOf(text)))
  );
};

export const labelValuesIn = (answer: HttpAnswer, source: string): ReadData<readonly string[]> =>
  dataIn(answer, LabelValues, source);

function dataIn<T>(answer: HttpAnswer, contract: Contract<T>, source: string): ReadData<T> {
  if (answer.kind === 'unknown') return answer;
  const failure = Failure.safeParse(answer.json);
  if (failure.success) {
    const { errorType, error } = failure.data;
    const said = answer.redact(`${errorType}: ${error}`);
    // A query that cannot be read names no metric; all else is a server that does not answer this query now.
    return unknown(errorType === 'bad_data' ? 'query-refused' : 'source-failed', { source, said });
  }
  const { status, said } = answer;
  if (answer.kind === 'refused') return unknown('source-answered', { source, status, said });
  const read = contract.safeParse(answer.json);
  if (!read.success) {
    const [issue] = read.error.issues;
    return unknown('answer-not-promised', { source, path: issue?.path.join('.') ?? '', said });
  }
  const { data, warnings = [] } = read.data;
  if (warnings.length === 0) return { kind: 'read', data };
  return unknown('source-warns', { source, said: answer.redact(warnings.join('; ')) });
}

export const labelOf = ({ metric }: RangeSeries, name: string): unknown =>
  typeof metric === 'object' && metric !== null && Object.hasOwn(metric, name)
    ? (metric as Readonly<Record<string, unknown>>)[name]
    : undefined;

/** Points of a series; each stands at the end of its minute. */
export const pointsOf = ({ values }: RangeSeries): readonly Point[] =>
  values.map(([seconds, text]) => ({
    minute: Number(seconds) / minuteSeconds - 1,
    value: numberOf(String(text)),
  }));

const numberOf = (text: string): number => {
  if (text === '+Inf') return Number.POSITIVE_INFINITY;
  if (text === '-Inf') return Number.NEGATIVE_INFINITY;
  return text.trim() === '' ? Number.NaN : Number(text);
};
