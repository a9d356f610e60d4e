/**
 * What a part of a check asks CloudWatch, as a plan says it:
 *
 *     Namespace/Metric                           the average of a metric without dimensions
 *     Namespace/Metric{Dim=Value,Dim2=Value2}    ... of the series with these dimensions
 *     Namespace/Metric{Dim=Value}:Stat           Sum, Average, Minimum, Maximum, SampleCount, p99, tm90 ...
 *     = 100 * FILL([Ns/Errors:Sum], 0) / [Ns/Requests:Sum]    metric math; each metric stands in brackets
 *
 * The namespace may contain slashes (`AWS/Lambda/Errors`), metric names and values must not contain any of `/{}[]:,=`.
 * Math must answer one series. A metric that has no data gives math no data: say `FILL` where nothing means zero.
 * Source: CloudWatch API, `MetricDataQuery`.
 */
import type { Dimension, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { SourceFaults } from '#domain/judge/source-faults.ts';
import { minuteSeconds } from './minutes.ts';

interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly stat: string;
}
/** `expression` has `@0`, `@1` ... in place of its metrics; a query that is one metric has none. */
export interface MetricsQuery {
  readonly metrics: readonly Metric[];
  readonly expression?: string;
}

const metricForm =
  /^([^{}[\]:,=]+)\/([^/{}[\]:,=]+)(?:\{([^{}]*)\})?(?::([A-Za-z]\w*(?:\.\d+)?(?:\([^()]*\))?))?$/;
const dimensionForm = /^([^=]+)=([^=]+)$/;
/** A metric inside math: brackets that hold a slash and no other bracket. `SUM([m1, m2])` keeps its own brackets. */
const bracketed = /\[([^[\]]*\/[^[\]]*)\]/g;
const defaultStat = 'Average';

/** `what` is wrong: a text of the query, and what should stand there. */
export class QueryUnreadable extends Error {
  readonly what: SourceFaults['query-unreadable'];
  constructor(text: string, expected: SourceFaults['query-unreadable']['expected']) {
    super(`"${text}" is no ${expected}`);
    this.what = { text, expected };
  }
}

/** Throws QueryUnreadable. */
export function parseQuery(query: string): MetricsQuery {
  const text = query.trim();
  if (!text.startsWith('=')) return { metrics: [parseMetric(text)] };
  const metrics: Metric[] = [];
  const expression = text
    .slice(1)
    .trim()
    .replaceAll(bracketed, (_, inside: string) => {
      // `[[A/B:Sum] / [A/C:Sum], 3]`: the inner brackets went first, so a slash between numbers is a division.
      metrics.push(parseMetric(inside.trim()));
      return `@${metrics.length - 1}`;
    });
  if (metrics.length === 0) {
    throw new QueryUnreadable(query, 'metric-in-brackets');
  }
  return { metrics, expression };
}

function parseMetric(text: string): Metric {
  const [, namespace, name, dimensions = '', stat = defaultStat] = metricForm.exec(text) ?? [];
  if (namespace === undefined || name === undefined) {
    throw new QueryUnreadable(text, 'metric');
  }
  const pairs = dimensions.split(',').filter((pair) => pair.trim() !== '');
  return { namespace, name, dimensions: Object.fromEntries(pairs.map(parseDimension)), stat };
}

function parseDimension(pair: string): readonly [string, string] {
  const [, name, value] = dimensionForm.exec(pair.trim()) ?? [];
  if (name === undefined || value === undefined) {
    throw new QueryUnreadable(pair, 'dimension');
  }
  return [name.trim(), value.trim()];
}

/** Which of the answered series is the number itself, and which count the samples behind it. */
export interface CloudWatchRequest {
  readonly queries: readonly MetricDataQuery[];
  readonly valueId: string;
  /** One series per metric of the query; none where samples are not asked for. */
  readonly sampleIds: readonly string[];
}

/**
 * The queries of one series, a point a minute. `id` begins with a lower-case letter and is unique in the call; `cohort` are
 * the dimensions that every metric gets besides its own.
 */
export function askedOf(
  { metrics, expression }: MetricsQuery,
  id: string,
  cohort: Readonly<Record<string, string>>,
  withSamples: boolean,
): CloudWatchRequest {
  const series = (metric: Metric, Id: string, Stat: string, ReturnData: boolean): MetricDataQuery => ({
    Id,
    ReturnData,
    MetricStat: {
      Period: minuteSeconds,
      Stat,
      Metric: {
        Namespace: metric.namespace,
        MetricName: metric.name,
        Dimensions: Object.entries({ ...metric.dimensions, ...cohort }).map(
          ([Name, Value]): Dimension => ({ Name, Value }),
        ),
      },
    },
  });
  const samples = withSamples
    ? metrics.map((one, index) => series(one, `${id}_n${index}`, 'SampleCount', true))
    : [];
  const sampleIds = samples.map(({ Id = '' }) => Id);
  const values = metrics.map((one, index) =>
    series(one, `${id}_m${index}`, one.stat, expression === undefined),
  );
  if (expression === undefined) return { queries: [...values, ...samples], valueId: `${id}_m0`, sampleIds };
  const math: MetricDataQuery = {
    Id: id,
    Expression: expression.replaceAll(/@(\d+)/g, (_, index: string) => `${id}_m${index}`),
    Period: minuteSeconds,
    ReturnData: true,
  };
  return { queries: [...values, ...samples, math], valueId: id, sampleIds };
}
