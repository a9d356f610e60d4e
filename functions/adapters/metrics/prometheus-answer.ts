/**
 * What Prometheus answers: `{ status, data, errorType, error, warnings }`. Source: Prometheus, "HTTP API", format overview and
 * range vectors. `infos` only annotate; `warnings` mean that a store behind it did not answer, so numbers may be too small.
 */
import * as z from 'zod';
import type { UnknownCause } from '#domain/series.ts';
import type { HttpAnswer } from './exchange.ts';
import { type Unknown, unknown } from './unknown.ts';

const warnings = z.array(z.string()).default([]);
const RangeSeries = z.object({
  metric: z.record(z.string(), z.string()),
  /** Seconds, and the number as a text: `NaN` and `+Inf` are such numbers. */
  values: z.array(z.tuple([z.number(), z.string()])),
});
export type RangeSeries = z.output<typeof RangeSeries>;
const Range = z.object({
  status: z.literal('success'),
  data: z.object({ resultType: z.literal('matrix'), result: z.array(RangeSeries) }),
  warnings,
});
const LabelValues = z.object({ status: z.literal('success'), data: z.array(z.string()), warnings });
const Failure = z.object({ status: z.literal('error'), errorType: z.string(), error: z.string() });

type Contract<T> = z.ZodType<{ readonly data: T; readonly warnings: readonly string[] }>;
export type Read<T> = { readonly kind: 'read'; readonly data: T } | Unknown;

/** `name` stands in texts. */
export function rangeIn(answer: HttpAnswer, name: string): Read<readonly RangeSeries[]> {
  const read = dataIn(answer, Range, name);
  return read.kind === 'read' ? { kind: 'read', data: read.data.result } : read;
}

export const labelValuesIn = (answer: HttpAnswer, name: string): Read<readonly string[]> =>
  dataIn(answer, LabelValues, name);

function dataIn<T>(answer: HttpAnswer, contract: Contract<T>, name: string): Read<T> {
  if (answer.kind === 'unknown') return answer;
  const failure = Failure.safeParse(answer.json);
  if (failure.success) {
    const { errorType, error } = failure.data;
    return unknown(causeOf(errorType), `${name}: ${answer.redact(`${errorType}: ${error}`)}`);
  }
  if (answer.kind === 'refused')
    return unknown('unavailable', `${name} answered ${answer.status}: ${answer.said}`);
  const read = contract.safeParse(answer.json);
  if (!read.success) {
    const [issue] = read.error.issues;
    const where = issue?.path.join('.') ?? '';
    return unknown(
      'malformed',
      `${name} answered what its API does not promise, at "${where}": ${answer.said}`,
    );
  }
  const { data, warnings } = read.data;
  if (warnings.length === 0) return { kind: 'read', data };
  return unknown('unavailable', `${name} warns of its answer: ${answer.redact(warnings.join('; '))}`);
}

/** A query that cannot be read names no metric; all else is a server that does not answer this query now. */
const causeOf = (errorType: string): UnknownCause =>
  errorType === 'bad_data' ? 'no-such-metric' : 'unavailable';
