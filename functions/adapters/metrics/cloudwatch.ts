/**
 * Minutes of metrics from Amazon CloudWatch (GetMetricData). Periods of a minute live 15 days there. A metric that does not
 * exist answers like one that has no data: CloudWatch cannot tell. IAM: cloudwatch:GetMetricData on `*`.
 */
import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type MetricDataQuery,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import { type Check, type Part, partsOf } from '#domain/plan.ts';
import type { Metrics } from '#domain/ports.ts';
import type { Series } from '#domain/series.ts';
import { nameOf } from '../aws-errors.ts';
import { parseQuery, queriesOf } from './query.cloudwatch.ts';
import { type Answer, type Cohorts, type Points, seriesOf, unknown } from './series-of.ts';

export interface CloudWatchSettings {
  readonly client: CloudWatchClient;
  /** The dimension that tells the new version from the old one; added to every metric of a check with `compare: control`. */
  readonly cohort: { readonly dimension: string; readonly treatment: string; readonly control: string };
  /** The window ends so many whole minutes earlier: CloudWatch has a minute's data about two minutes later. */
  readonly lagMinutes: number;
}

/** Of GetMetricData. */
const queriesMax = 500;
/** Bounds the paging of one call: 100,800 data points a page. */
const pagesMax = 20;
const minuteMs = 60_000;

/** One series that is asked for: of a part, of a cohort. */
interface Asked {
  readonly part: Part;
  readonly cohort: 'treatment' | 'control';
  readonly id: string;
  readonly queries: readonly MetricDataQuery[];
}
interface Question {
  readonly id: string;
  readonly check: Check;
  readonly asked: readonly Asked[];
}
interface Found {
  readonly points: Points;
  /** What CloudWatch said when it has not answered all. */
  readonly trouble?: string;
}

/** Checks of other sources are unknown: this provider cannot read them. */
export function cloudWatchMetrics(settings: CloudWatchSettings): Metrics {
  return {
    async read(checks, { fromMs, toMs }) {
      const endMs = Math.min(toMs, toMs - settings.lagMinutes * minuteMs);
      const times = { StartTime: new Date(fromMs), EndTime: new Date(Math.max(endMs, fromMs + minuteMs)) };
      const series: Record<string, Series> = {};
      const questions: Question[] = [];
      for (const [id, check] of Object.entries(checks)) {
        const question = ask(id, check, `c${questions.length}`, settings.cohort);
        if ('cause' in question) series[id] = question;
        else questions.push(question);
      }
      for (const some of inCalls(questions)) {
        const found = await answerOf(settings.client, some, times);
        for (const { id, check, asked } of some) series[id] = seriesOf(check, answerTo(asked, found));
      }
      return series;
    },
  };
}

function ask(
  id: string,
  check: Check,
  prefix: string,
  { dimension, treatment, control }: CloudWatchSettings['cohort'],
): Question | ReturnType<typeof unknown> {
  const { source, compare, metric } = check;
  if (source.kind !== 'cloudwatch') return unknown('unavailable', `no provider for ${source.kind}`);
  const cohorts =
    compare === 'control'
      ? ([
          ['treatment', { [dimension]: treatment }],
          ['control', { [dimension]: control }],
        ] as const)
      : ([['treatment', {}]] as const);
  try {
    const asked = partsOf[metric].flatMap((part, at) =>
      cohorts.map(([cohort, dimensions]): Asked => {
        const series = queriesOf(parseQuery(source[part] ?? ''), `${prefix}p${at}${cohort[0]}`, dimensions);
        return { part, cohort, ...series };
      }),
    );
    return { id, check, asked };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return unknown('no-such-metric', error.message);
  }
}

const queriesIn = ({ asked }: Question): readonly MetricDataQuery[] =>
  asked.flatMap(({ queries }) => queries);

/** The queries of a check stay together. */
function inCalls(questions: readonly Question[]): readonly (readonly Question[])[] {
  const calls: Question[][] = [];
  let room = 0;
  for (const one of questions) {
    const size = queriesIn(one).length;
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

/** By id of the query, or what kept CloudWatch from answering. */
async function answerOf(
  client: CloudWatchClient,
  questions: readonly Question[],
  times: { readonly StartTime: Date; readonly EndTime: Date },
): Promise<ReadonlyMap<string, Found> | string> {
  const MetricDataQueries = questions.flatMap(queriesIn);
  const found = new Map<string, Found>();
  let NextToken: string | undefined;
  for (let page = 0; page < pagesMax; page += 1) {
    try {
      const command = new GetMetricDataCommand({
        MetricDataQueries,
        ...times,
        ScanBy: 'TimestampAscending',
        NextToken,
      });
      const { MetricDataResults = [], NextToken: next } = await client.send(command);
      for (const result of MetricDataResults) found.set(result.Id ?? '', extended(found, result));
      if (next === undefined || next === '') return found;
      NextToken = next;
    } catch (error) {
      return `CloudWatch: ${nameOf(error)}: ${error instanceof Error ? error.message : ''}`;
    }
  }
  return `CloudWatch answers on more than ${pagesMax} pages`;
}

/** A series goes on from page to page; the last page says whether it is complete. */
function extended(found: ReadonlyMap<string, Found>, result: MetricDataResult): Found {
  const { Id = '', Values = [], Timestamps = [], StatusCode = 'Complete', Messages = [] } = result;
  const added = Values.map(
    (value, at) => [Math.floor((Timestamps[at]?.getTime() ?? Number.NaN) / minuteMs), value] as const,
  );
  const points = [...(found.get(Id)?.points ?? []), ...added];
  if (StatusCode === 'Complete') return { points };
  const said = Messages.map(({ Value = '' }) => Value).join('; ');
  return { points, trouble: `CloudWatch: ${StatusCode}${said === '' ? '' : `: ${said}`}` };
}

function answerTo(asked: readonly Asked[], found: ReadonlyMap<string, Found> | string): Answer {
  if (typeof found === 'string') return unknown('unavailable', found);
  const parts: Partial<Record<Part, Cohorts>> = {};
  for (const { part, cohort, id } of asked) {
    const { points, trouble } = found.get(id) ?? {
      points: [],
      trouble: `CloudWatch did not answer query ${id}`,
    };
    if (trouble !== undefined) return unknown('unavailable', trouble);
    parts[part] =
      cohort === 'treatment' ? { treatment: points } : { treatment: [], ...parts[part], control: points };
  }
  return { kind: 'parts', parts };
}
