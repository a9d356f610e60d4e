/**
 * Metrics from a server that speaks Prometheus's HTTP API (`query_range`, a point a minute): Prometheus, Amazon Managed
 * Service for Prometheus, Mimir, Thanos. The point at an instant tells of the minute that ended then: `increase(x[1m])` at
 * 09:05:00 is what happened from 09:04:00 to 09:05:00. A check that compares cohorts asks once for both (`sum by (cohort)`).
 * Source: Prometheus, "HTTP API".
 */

import type { Clock } from '#application/ports/ports.ts';
import type { Check } from '#domain/plan/plan.ts';
import { fewAtOnce } from './at-once.ts';
import { points, type Said, seriesOf, type Told } from './blocks.ts';
import { type Authorize, exchange } from './exchange.ts';
import { pointsMax, seriesMax } from './limits.ts';
import { type Minutes, minuteSeconds } from './minutes.ts';
import { labelOf, labelValuesIn, pointsOf, type RangeSeries, rangeIn } from './prometheus-answer.ts';
import { metricNamesIn } from './promql-names.ts';
import { type Cohort, type CohortNames, comparesCohorts, type Provider, questionsOf } from './provider.ts';
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
  const name = `Prometheus at ${base.host}`;
  const ask = exchange({ ...settings, name });

  const rangeOf = async (query: string, { first, end }: Minutes, signal: AbortSignal) => {
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
    return rangeIn(await ask(question, signal), name);
  };

  /** The first name in the query that the server does not know. */
  const missingIn = async (
    query: string,
    { first, end }: Minutes,
    signal: AbortSignal,
  ): Promise<Unknown | undefined> => {
    for (const metric of metricNamesIn(query)) {
      const question = new URL('api/v1/label/__name__/values', base);
      question.search = new URLSearchParams({
        'match[]': metric,
        start: String(first * minuteSeconds - existsSeconds),
        end: String(end * minuteSeconds),
      }).toString();
      const known = labelValuesIn(await ask({ url: question, method: 'GET', headers: {} }, signal), name);
      if (known.kind === 'unknown') return known;
      if (!known.data.includes(metric))
        return unknown('no-such-metric', `${name} knows no metric "${metric}" in the last day`);
    }
    return undefined;
  };
  return { rangeOf, missingIn };
}

export function prometheusMetrics({ cohort, ...settings }: PrometheusSettings): Provider {
  const { rangeOf, missingIn } = prometheusAt(settings);
  const answerTo = async (
    check: Check,
    query: string,
    minutes: Minutes,
    signal: AbortSignal,
  ): Promise<ByCohort> => {
    const range = await rangeOf(query, minutes, signal);
    if (range.kind === 'unknown') return both(range);
    if (range.data.length > 0) return byCohort(range.data, check, cohort);
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
function toldBy(answers: readonly (ByCohort & { readonly part: keyof Told })[]) {
  const of = (cohort: Cohort) =>
    Object.fromEntries(answers.map(({ part, [cohort]: said = points([]) }) => [part, said]));
  return { treatment: of('treatment'), control: of('control') };
}

const both = (said: Said): ByCohort => ({ treatment: said, control: said });

/** Series of other values of the label are other people's; a series without the label is of nobody. */
function byCohort(
  all: readonly RangeSeries[],
  check: Check,
  { dimension, treatment, control }: CohortNames,
): ByCohort {
  const large = tooLarge(all);
  if (large) return both(large);
  if (!comparesCohorts(check)) return { treatment: single(all, 'the query') };
  if (all.some((one) => labelOf(one, dimension) === undefined))
    return both(
      unknown('no-cohort', `a series has no label "${dimension}": write sum by (${dimension}) (...)`),
    );
  const of = (value: string) => all.filter((one) => labelOf(one, dimension) === value);
  if (of(treatment).length + of(control).length === 0) {
    const values = all.map((one) => labelOf(one, dimension)).slice(0, 5);
    return both(
      unknown('no-cohort', `"${dimension}" is ${values.join(', ')}, never "${treatment}" or "${control}"`),
    );
  }
  return {
    treatment: single(of(treatment), `${dimension}="${treatment}"`),
    control: single(of(control), `${dimension}="${control}"`),
  };
}

function tooLarge(all: readonly RangeSeries[]): Unknown | undefined {
  if (all.length > seriesMax)
    return unknown('ambiguous', `${all.length} series where at most two are meant: sum them`);
  const count = all.reduce((sum, { values }) => sum + values.length, 0);
  return count > pointsMax
    ? unknown('malformed', `${count} points: at most ${pointsMax} are read`)
    : undefined;
}

function single(all: readonly RangeSeries[], what: string): Said {
  const [series, ...others] = all;
  if (series === undefined) return points([]);
  if (others.length > 0)
    return unknown('ambiguous', `${what} gives ${all.length} series where one is meant: sum them`);
  return points(pointsOf(series));
}
