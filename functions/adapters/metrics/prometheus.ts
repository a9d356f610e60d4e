/**
 * Metrics from a server that speaks Prometheus's HTTP API (`query_range`, a point a minute): Prometheus, Amazon Managed
 * Service for Prometheus, Mimir, Thanos. The point at an instant tells of the minute that ended then: `increase(x[1m])` at
 * 09:05:00 is what happened from 09:04:00 to 09:05:00. A check that compares cohorts asks once for both (`sum by (cohort)`).
 * Source: Prometheus, "HTTP API".
 */

import type { Clock } from '#application/ports/ports.ts';
import type { Cohort } from '#domain/judge/series.ts';
import type { Check } from '#domain/plan/plan.ts';
import { present } from '#domain/present.ts';
import { fewAtOnce } from './at-once.ts';
import { type CohortAnswer, points, type Said, seriesOf } from './blocks.ts';
import { type Authorize, exchange } from './exchange.ts';
import { pointsMax, seriesMax } from './limits.ts';
import { type MinuteRange, minuteSeconds } from './minutes.ts';
import { labelOf, labelValuesIn, pointsOf, type RangeSeries, rangeIn } from './prometheus-answer.ts';
import { metricNamesIn } from './promql-names.ts';
import { type CohortNames, comparesCohorts, type Provider, questionsOf } from './provider.ts';
import { redacted } from './redaction.ts';
import { type Unknown, unknown } from './unknown.ts';

export interface PrometheusSettings {
  /** Where `/api/v1/query_range` begins. */
  readonly url: string;
  /** `dimension` is a label. */
  readonly cohort: CohortNames;
  readonly authorize: Authorize;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
}

/** What one query of a check gave, by cohort. */
type ByCohort = { readonly [cohort in Cohort]?: Said };

/** A metric without a point for so long before the window does not exist. */
const existsSeconds = 24 * 60 * 60;
const form = { 'content-type': 'application/x-www-form-urlencoded' };

/** What is asked of the server. */
function prometheusAt({ url, ...settings }: Omit<PrometheusSettings, 'cohort'>) {
  const base = new URL(url.endsWith('/') ? url : `${url}/`);
  const source = `Prometheus at ${base.host}`;
  const ask = exchange({ ...settings, source });

  const rangeOf = async (query: string, { first, end }: MinuteRange, signal: AbortSignal) => {
    const body = new URLSearchParams({
      query,
      start: String((first + 1) * minuteSeconds),
      end: String(end * minuteSeconds),
      step: String(minuteSeconds),
    }).toString();
    const question = {
      url: new URL('api/v1/query_range', base),
      method: 'POST',
      headers: form,
      body,
    } as const;
    return rangeIn(await ask(question, signal), source);
  };

  /** The first name in the query that the server does not know. */
  const missingIn = async (
    query: string,
    { first, end }: MinuteRange,
    signal: AbortSignal,
  ): Promise<Unknown | undefined> => {
    for (const metric of metricNamesIn(query)) {
      const question = new URL('api/v1/label/__name__/values', base);
      question.search = new URLSearchParams({
        'match[]': metric,
        start: String(first * minuteSeconds - existsSeconds),
        end: String(end * minuteSeconds),
      }).toString();
      const known = labelValuesIn(await ask({ url: question, method: 'GET', headers: {} }, signal), source);
      if (known.kind === 'unknown') return known;
      if (!known.data.includes(metric)) return unknown('metric-unknown', { source, metric });
    }
    return undefined;
  };
  return { source, rangeOf, missingIn };
}

export function prometheusMetrics({ cohort, ...settings }: PrometheusSettings): Provider {
  const { source, rangeOf, missingIn } = prometheusAt(settings);
  const answerTo = async (
    check: Check,
    query: string,
    minutes: MinuteRange,
    signal: AbortSignal,
  ): Promise<ByCohort> => {
    const range = await rangeOf(query, minutes, signal);
    if (range.kind === 'unknown') return both(range);
    if (range.data.length > 0) return byCohort(source, range.data, check, cohort);
    const missing = await missingIn(query, minutes, signal);
    return both(missing ?? points([]));
  };

  return {
    async read(checks, minutes, signal) {
      const asked = Object.entries(checks).flatMap(([id, check]) =>
        questionsOf(check).map((question) => ({ id, check, ...question })),
      );
      const answers = await fewAtOnce(asked, ({ check, query }) => answerTo(check, query, minutes, signal));
      return Object.fromEntries(
        Object.entries(checks).map(([id, check]) => {
          const own = asked.flatMap(({ id: of, part }, index) =>
            of === id ? [{ part, ...answers[index] }] : [],
          );
          return [id, seriesOf(check, toldBy(own), minutes)];
        }),
      );
    },
  };
}

/** What the questions of a check gave, by cohort. */
function toldBy(answers: readonly (ByCohort & { readonly part: keyof CohortAnswer })[]) {
  const of = (cohort: Cohort) =>
    Object.fromEntries(answers.map(({ part, [cohort]: said = points([]) }) => [part, said]));
  return { treatment: of('treatment'), control: of('control') };
}

const both = (said: Said): ByCohort => ({ treatment: said, control: said });

/** Series of other values of the label are other people's; a series without the label is of nobody. */
function byCohort(
  source: string,
  all: readonly RangeSeries[],
  check: Check,
  { dimension, treatment, control }: CohortNames,
): ByCohort {
  const large = tooLarge(source, all);
  if (large) return both(large);
  if (!comparesCohorts(check)) return { treatment: single(source, all) };
  if (all.some((one) => labelOf(one, dimension) === undefined))
    return both(unknown('label-missing', { label: dimension }));
  const of = (value: string) => all.filter((one) => labelOf(one, dimension) === value);
  if (of(treatment).length + of(control).length === 0) {
    const values = all.slice(0, 5).map((one) => redacted(String(labelOf(one, dimension)), []));
    return both(unknown('label-of-others', { label: dimension, values, treatment, control }));
  }
  return {
    treatment: single(source, of(treatment), `${dimension}="${treatment}"`),
    control: single(source, of(control), `${dimension}="${control}"`),
  };
}

function tooLarge(source: string, all: readonly RangeSeries[]): Unknown | undefined {
  if (all.length > seriesMax) return unknown('too-many-series', { source, series: all.length });
  const count = all.reduce((sum, { values }) => sum + values.length, 0);
  return count > pointsMax ? unknown('too-many-points', { source, points: count, pointsMax }) : undefined;
}

/** `cohort`: whose they are, as a matcher. */
function single(source: string, all: readonly RangeSeries[], cohort?: string): Said {
  const [series, ...others] = all;
  if (series === undefined) return points([]);
  if (others.length === 0) return points(pointsOf(series));
  return unknown('several-series', {
    source,
    series: all.length,
    ...present({ cohort }),
  });
}
