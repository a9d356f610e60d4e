/**
 * Metrics from Amazon CloudWatch (GetMetricData), for checks with `source.kind: cloudwatch`. The window is read as one
 * period, so that rates and percentiles are CloudWatch's own: periods begin at StartTime, whatever the clock says, so one
 * window gives one value (boto3 issue 3457). IAM: cloudwatch:GetMetricData on `*`.
 */
import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type MetricDataQuery,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import type { Reading } from '#domain/check.ts';
import { MetricsUnavailable } from '#domain/errors.ts';
import type { Check } from '#domain/plan.ts';
import type { Metrics } from '#domain/ports.ts';
import { nameOf } from './aws-errors.ts';
import { parseQuery, type Question, questionOf } from './metrics-query.cloudwatch.ts';

export interface MetricsSettings {
  readonly client: CloudWatchClient;
  /** The dimension that tells the new version from the old one; added to every metric of a check with `compare: control`. */
  readonly cohort: { readonly dimension: string; readonly treatment: string; readonly control: string };
  /** The window ends so many whole minutes earlier: CloudWatch has a minute's data about two minutes later. */
  readonly lagMinutes: number;
}

/** Of GetMetricData. */
const queriesMax = 500;
/** Bounds the paging of one call; one period has one data point per series. */
const pagesMax = 20;
const minuteMs = 60_000;

interface Asked {
  readonly check: string;
  readonly treatment: Question;
  readonly control?: Question;
}
interface Series {
  readonly values: readonly number[];
  /** What CloudWatch said when it has not answered all. */
  readonly trouble?: string;
}

/** Throws MetricsUnavailable when CloudWatch refuses or does not answer; a check that only it cannot answer is unavailable. */
export function cloudWatchMetrics({ client, cohort, lagMinutes }: MetricsSettings): Metrics {
  return {
    async read(checks, { fromMs, toMs }) {
      const minutes = Math.max(1, Math.round((toMs - fromMs) / minuteMs));
      const endMs = (Math.floor(toMs / minuteMs) - lagMinutes) * minuteMs;
      const times = { StartTime: new Date(endMs - minutes * minuteMs), EndTime: new Date(endMs) };
      const readings: Record<string, Reading> = {};
      const asked: Asked[] = [];
      for (const [id, check] of Object.entries(checks)) {
        const question = ask(check, id, `c${asked.length}`, minutes * 60, cohort);
        if ('kind' in question) readings[id] = question;
        else asked.push(question);
      }
      for (const some of inCalls(asked)) {
        const queries = some.flatMap((one) => queriesOf(one));
        const answer = await answerOf(client, queries, times);
        for (const one of some) readings[one.check] = readingOf(one, answer);
      }
      return readings;
    },
  };
}

function ask(
  { source, compare }: Check,
  check: string,
  id: string,
  period: number,
  { dimension, treatment, control }: MetricsSettings['cohort'],
): Asked | Reading {
  if (source.kind !== 'cloudwatch') {
    return { kind: 'unavailable', text: `no provider for ${source.kind} (check "${check}")` };
  }
  try {
    const query = parseQuery(source.query);
    if (compare === 'objective') return { check, treatment: questionOf(query, id, period, {}) };
    return {
      check,
      treatment: questionOf(query, `${id}t`, period, { [dimension]: treatment }),
      control: questionOf(query, `${id}c`, period, { [dimension]: control }),
    };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { kind: 'unavailable', text: error.message };
  }
}

const queriesOf = ({ treatment, control }: Asked): readonly MetricDataQuery[] => [
  ...treatment.queries,
  ...(control?.queries ?? []),
];

/** The queries of a check stay together: its math refers to its metrics. */
function inCalls(asked: readonly Asked[]): readonly (readonly Asked[])[] {
  const calls: Asked[][] = [];
  let room = 0;
  for (const one of asked) {
    const size = queriesOf(one).length;
    const call = calls.at(-1);
    if (call === undefined || size > room) {
      calls.push([one]);
      room = queriesMax - size;
    } else {
      call.push(one);
      room -= size;
    }
  }
  return calls;
}

async function answerOf(
  client: CloudWatchClient,
  queries: readonly MetricDataQuery[],
  times: { readonly StartTime: Date; readonly EndTime: Date },
): Promise<ReadonlyMap<string, Series>> {
  const answer = new Map<string, Series>();
  let NextToken: string | undefined;
  for (let page = 0; page < pagesMax; page += 1) {
    const command = new GetMetricDataCommand({ MetricDataQueries: [...queries], ...times, NextToken });
    const { MetricDataResults = [], NextToken: next } = await client.send(command).catch((error: unknown) => {
      const said = error instanceof Error ? error.message : '';
      throw new MetricsUnavailable(`CloudWatch: ${nameOf(error)}: ${said}`, { cause: error });
    });
    for (const result of MetricDataResults) answer.set(result.Id ?? '', extended(answer, result));
    if (next === undefined || next === '') return answer;
    NextToken = next;
  }
  throw new MetricsUnavailable(`CloudWatch answers on more than ${pagesMax} pages`);
}

/** A series goes on from page to page; the last page says whether it is complete. */
function extended(answer: ReadonlyMap<string, Series>, result: MetricDataResult): Series {
  const { Id = '', Values = [], StatusCode = 'Complete', Messages = [] } = result;
  const values = [...(answer.get(Id)?.values ?? []), ...Values.filter(Number.isFinite)];
  if (StatusCode === 'Complete') return { values };
  const said = Messages.map(({ Value = '' }) => Value).join('; ');
  return { values, trouble: `CloudWatch: ${StatusCode}${said === '' ? '' : `: ${said}`}` };
}

function readingOf({ treatment, control }: Asked, answer: ReadonlyMap<string, Series>): Reading {
  const ids = [treatment, control].flatMap((one) => (one ? [one.valueId, ...one.sampleIds] : []));
  for (const id of ids) {
    const series = answer.get(id);
    if (!series) return { kind: 'unavailable', text: `CloudWatch did not answer query ${id}` };
    if (series.trouble !== undefined) return { kind: 'unavailable', text: series.trouble };
    if (series.values.length > 1) {
      return {
        kind: 'unavailable',
        text: `CloudWatch answered ${series.values.length} values for one period: the query must give one series`,
      };
    }
  }
  const value = valueIn(answer, treatment.valueId);
  if (value === undefined) return { kind: 'no-data' };
  const samples = Math.max(0, ...treatment.sampleIds.map((id) => valueIn(answer, id) ?? 0));
  const other = control && valueIn(answer, control.valueId);
  return other === undefined
    ? { kind: 'value', value, samples }
    : { kind: 'value', value, samples, control: other };
}

const valueIn = (answer: ReadonlyMap<string, Series>, id: string): number | undefined =>
  answer.get(id)?.values[0];
