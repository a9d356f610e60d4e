/**
 * Metrics from Amazon CloudWatch (GetMetricData), minute by minute. A metric that does not exist and one that has nothing
 * are the same to CloudWatch: a typing mistake in a name is a check without data. IAM: cloudwatch:GetMetricData on `*`.
 */
import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type MetricDataQuery,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import type { Clock } from '#application/ports/ports.ts';
import type { Cohort, Series } from '#domain/judge/series.ts';
import type { Check } from '#domain/plan/plan.ts';
import { minuteMs } from '#domain/time.ts';
import { isOutage, nameOf } from '../aws-errors.ts';
import { circuit, leftAlone } from '../circuit.ts';
import { type CohortAnswer, type Said, seriesOf } from './blocks.ts';
import {
  type AnsweredSeries,
  type AnsweredSeriesById,
  gather,
  saidOf,
  samplesOf,
  source,
} from './cloudwatch-answer.ts';
import { askedOf, type CloudWatchRequest, parseQuery, QueryUnreadable } from './cloudwatch-query.ts';
import { countOf, type MinuteRange } from './minutes.ts';
import { type CohortNames, cohortsOf, comparesCohorts, type Provider, questionsOf } from './provider.ts';
import { redacted, wordsOf } from './redaction.ts';
import { type Unknown, unknown } from './unknown.ts';

export interface CloudWatchSettings {
  readonly client: CloudWatchClient;
  readonly clock: Clock;
  /** `dimension` is added to every metric of a check that compares cohorts. */
  readonly cohort: CohortNames;
}

/** Of GetMetricData, in one call. */
const queriesMax = 500;
const dataPointsMax = 100_800;
/** Of one call. */
const pagesMax = 20;

/** What a check asks, by cohort and part. */
interface CheckAsked {
  readonly id: string;
  readonly check: Check;
  readonly parts: readonly {
    readonly cohort: Cohort;
    readonly part: keyof CohortAnswer;
    readonly asked: CloudWatchRequest;
  }[];
  readonly queries: readonly MetricDataQuery[];
}

export function cloudWatchMetrics({ client, clock, cohort }: CloudWatchSettings): Provider {
  const breaker = circuit(clock);

  /** One call with all its pages; unknown when CloudWatch does not answer, or refuses the call. */
  const answersTo = async (
    queries: readonly MetricDataQuery[],
    minutes: MinuteRange,
    abortSignal: AbortSignal,
  ): Promise<AnsweredSeriesById | Unknown> => {
    const times = {
      StartTime: new Date(minutes.first * minuteMs),
      EndTime: new Date(minutes.end * minuteMs),
      ScanBy: 'TimestampAscending',
      MaxDatapoints: dataPointsMax,
    } as const;
    if (!breaker.isClosed()) return unknown('source-left-alone', { source, ...leftAlone });
    const answers = new Map<string, AnsweredSeries>();
    const asked = new Set(queries.flatMap(({ Id = '', ReturnData }) => (ReturnData ? [Id] : [])));
    let NextToken: string | undefined;
    for (let page = 0; page < pagesMax; page += 1) {
      try {
        const command = new GetMetricDataCommand({ MetricDataQueries: [...queries], ...times, NextToken });
        const { MetricDataResults = [], NextToken: next } = await client.send(command, { abortSignal });
        breaker.worked();
        const stray = MetricDataResults.find(({ Id = '' }) => !asked.has(Id));
        if (stray) return answerToAnother(stray, [...asked]);
        gather(answers, MetricDataResults);
        if (next === undefined || next === '') return answers;
        NextToken = next;
      } catch (error) {
        if (isOutage(error)) breaker.failed();
        return refusalOf(error);
      }
    }
    return unknown('too-many-pages', { source, pagesMax });
  };

  return {
    async read(checks, minutes, signal) {
      const series: Record<string, Series> = {};
      const asked: CheckAsked[] = [];
      for (const [id, check] of Object.entries(checks)) {
        const one = ask(id, check, `c${asked.length}`, cohort);
        if ('kind' in one) series[id] = one;
        else asked.push(one);
      }
      const look = async (some: readonly CheckAsked[]): Promise<void> => {
        const answers = await answersTo(
          some.flatMap(({ queries }) => queries),
          minutes,
          signal,
        );
        if (!('kind' in answers)) {
          for (const one of some) series[one.id] = seriesOf(one.check, toldOf(one, answers), minutes);
        } else if (some.length > 1 && answers.fault.code === 'query-refused') {
          // One query that CloudWatch refuses takes the whole call with it.
          for (const one of some) await look([one]);
        } else {
          for (const { id } of some) series[id] = answers;
        }
      };
      for (const some of inCalls(asked, minutes)) await look(some);
      return series;
    },
  };
}

const answerToAnother = ({ Id = '' }: MetricDataResult, asked: readonly string[]): Unknown =>
  unknown('answer-to-another', {
    source,
    place: 'Id',
    asked: asked.slice(0, 5).join(', '),
    found: redacted(Id, []),
  });

/** CloudWatch could not read one of the queries, and says nothing of the others. */
const unreadable = /^(?:Validation|InvalidParameter|MissingRequiredParameter)/;

const refusalOf = (error: unknown): Unknown =>
  unknown(unreadable.test(nameOf(error)) ? 'query-refused' : 'source-failed', {
    source,
    said: wordsOf(error),
  });

function ask(
  id: string,
  check: Check,
  name: string,
  { dimension, ...values }: CohortNames,
): CheckAsked | Unknown {
  try {
    const parts = cohortsOf(check).flatMap((cohort) =>
      questionsOf(check).map(({ part, query }, index) => ({
        cohort,
        part,
        asked: askedOf(
          parseQuery(query),
          `${name}${cohort.at(0)}${index}`,
          comparesCohorts(check) ? { [dimension]: values[cohort] } : {},
          check.metric === 'value',
        ),
      })),
    );
    return { id, check, parts, queries: parts.flatMap(({ asked }) => asked.queries) };
  } catch (error) {
    if (!(error instanceof QueryUnreadable)) throw error;
    return unknown('query-unreadable', error.what);
  }
}

/** The queries of a check stay together: its math refers to its metrics. */
function inCalls(asked: readonly CheckAsked[], minutes: MinuteRange): readonly (readonly CheckAsked[])[] {
  const roomOfCall = Math.min(queriesMax, Math.floor(dataPointsMax / Math.max(1, countOf(minutes))));
  const calls: CheckAsked[][] = [];
  let room = 0;
  for (const one of asked) {
    const call = calls.at(-1);
    if (call === undefined || one.queries.length > room) {
      calls.push([one]);
      room = roomOfCall - one.queries.length;
    } else {
      call.push(one);
      room -= one.queries.length;
    }
  }
  return calls;
}

function toldOf(
  { parts }: CheckAsked,
  answers: AnsweredSeriesById,
): { readonly [cohort in Cohort]?: CohortAnswer } {
  const told: Partial<Record<Cohort, Partial<Record<keyof CohortAnswer, Said>>>> = {};
  for (const { cohort, part, asked } of parts) {
    const samples = samplesOf(asked, answers);
    told[cohort] = {
      ...told[cohort],
      [part]: saidOf(asked.valueId, answers),
      ...(samples && { samples }),
    };
  }
  return told;
}
