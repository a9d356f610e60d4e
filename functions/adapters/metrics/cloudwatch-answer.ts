/** What GetMetricData answers, page by page, to the series of one query. */
import type { MetricDataResult } from '@aws-sdk/client-cloudwatch';
import type { Quoted } from '#domain/quoted.ts';
import { minuteMs } from '#domain/time.ts';
import { type Point, points, type Said } from './blocks.ts';
import type { CloudWatchRequest } from './cloudwatch-query.ts';
import { redacted } from './redaction.ts';
import { unknown } from './unknown.ts';

export const source = 'CloudWatch';

/** One series as it came so far. */
export interface AnsweredSeries {
  readonly label: string;
  readonly points: readonly Point[];
  /** What CloudWatch said when it has not answered all. */
  readonly trouble?: Quoted;
  readonly isAmbiguous?: boolean;
  /** An instant without a value, or a value without an instant. */
  readonly isTorn?: boolean;
}
export type AnsweredSeriesById = ReadonlyMap<string, AnsweredSeries>;

/** A series goes on from page to page; the last page says whether it is complete. Math may answer several under one id. */
export function gather(answers: Map<string, AnsweredSeries>, page: readonly MetricDataResult[]): void {
  const onThisPage = new Set<string>();
  for (const { Id = '', Label = '', Timestamps = [], Values = [], StatusCode, Messages = [] } of page) {
    const before = answers.get(Id);
    const said = Messages.map(({ Value = '' }) => Value).join('; ');
    answers.set(Id, {
      label: Label,
      points: [...(before?.points ?? []), ...pointsOf(Timestamps, Values)],
      isTorn: before?.isTorn === true || Timestamps.length !== Values.length,
      ...(StatusCode === undefined || StatusCode === 'Complete'
        ? {}
        : { trouble: redacted(said === '' ? StatusCode : `${StatusCode}: ${said}`, []) }),
      isAmbiguous:
        before?.isAmbiguous === true ||
        onThisPage.has(Id) ||
        (before !== undefined && before.label !== Label),
    });
    onThisPage.add(Id);
  }
}

const pointsOf = (timestamps: readonly Date[], values: readonly number[]): readonly Point[] =>
  timestamps.map((at, index) => ({ minute: at.getTime() / minuteMs, value: values[index] ?? Number.NaN }));

export function saidOf(id: string, answers: AnsweredSeriesById): Said {
  const answered = answers.get(id);
  if (!answered) return unknown('source-skipped', { source, asked: id });
  if (answered.isAmbiguous) return unknown('math-of-several', { source });
  if (answered.trouble !== undefined) return unknown('source-failed', { source, said: answered.trouble });
  if (answered.isTorn)
    return unknown('answer-not-promised', { source, path: `${id}.Values`, said: redacted('', []) });
  return points(answered.points);
}

/** Of several metrics the busiest one, minute by minute. */
export function samplesOf({ sampleIds }: CloudWatchRequest, answers: AnsweredSeriesById): Said | undefined {
  const most = new Map<number, number>();
  for (const id of sampleIds) {
    const said = saidOf(id, answers);
    if (said.kind === 'unknown') return said;
    for (const { minute, value } of said.points) most.set(minute, Math.max(value, most.get(minute) ?? 0));
  }
  if (sampleIds.length === 0) return undefined;
  return points([...most].toSorted(([a], [b]) => a - b).map(([minute, value]) => ({ minute, value })));
}
