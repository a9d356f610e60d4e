/**
 * Every alarm of Jalon itself: what is measured, what it means for the release, and what to do (`docs/operate/runbook.md` has a
 * heading per alarm, and a test sees to it). Alarms of the product are the product's.
 */
import { Duration } from 'aws-cdk-lib';
import {
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { LogCode } from '#domain/log.ts';
import type { Api } from '../api/api.ts';
import type { Calendar } from '../calendar/calendar.ts';
import type { Communications } from '../communications/communications.ts';
import type { Functions } from '../functions.ts';
import type { ResourceNames } from '../names.ts';
import type { Storage } from '../storage/storage.ts';
import type { UploadStorage } from '../uploads/uploads.ts';
import type { Workflow } from '../workflow/workflow.ts';

export interface AlarmRow {
  /** The heading in the runbook. */
  readonly name: string;
  /** Of a row that one alarm cannot hold; counts from 1. */
  readonly part?: number;
  readonly impact: string;
  readonly metric: IMetric;
  readonly threshold: number;
  readonly comparison?: ComparisonOperator;
  readonly periods?: number;
  readonly missing?: TreatMissingData;
}

export interface Watched {
  readonly names: ResourceNames;
  readonly workflow: Workflow;
  readonly communications: Communications;
  readonly uploads: UploadStorage;
  readonly calendar: Calendar;
  readonly storage: Storage;
  readonly api: Api;
  readonly functions: Functions;
  readonly deadLetters: Queue;
}

const minutes = Duration.minutes;
/** AWS puts an account under review at 5 % and 0.1 % (SES, reputation). */
const bounceRateMax = 0.05;
const complaintRateMax = 0.001;
const backlogSecondsMax = 3600;
const failuresMax = 5;
/** Of ten functions within a quarter of an hour: a tick that fails each time, a step and its tries again. */
const errorsMax = 3;
/** An alarm on an expression takes no more metrics (CloudWatch, "Limits that apply to alarms"). */
const metricsPerAlarmMax = 10;

export const alarmRows = (scope: Construct, watched: Watched): readonly AlarmRow[] => {
  const log = (code: LogCode) => logged(scope, watched, code);
  return [
    ...ofReleases(watched, log),
    ...ofFunctions(watched, log),
    ...ofQueues(watched),
    ...ofMail(watched),
    ...ofServices(watched),
  ];
};

/** Counts a code in the log. */
type Counted = (code: LogCode) => Metric;

function ofReleases({ workflow }: Watched, log: Counted): readonly AlarmRow[] {
  return [
    {
      name: 'release-failed',
      impact: 'A release has ended without its last phase: rolled back, abandoned, refused or broken.',
      metric: workflow.release.metricFailed({ period: minutes(1) }),
      threshold: 1,
    },
    {
      name: 'release-stopped',
      impact:
        'Somebody stopped a release in the console: users keep the access that they have, nobody is told.',
      // Step Functions' own metric counts an abort that was ordered through the API as well.
      metric: log('EXECUTION_STOPPED'),
      threshold: 1,
    },
    {
      name: 'release-timed-out',
      impact: 'A release has run for half a year and was ended by its machine.',
      metric: workflow.release.metricTimedOut({ period: minutes(5) }),
      threshold: 1,
    },
    {
      name: 'escalation-unanswered',
      impact: 'An incident went up the whole ladder and nobody acknowledged it, or the ladder itself broke.',
      metric: workflow.escalation.metricFailed({ period: minutes(1) }),
      threshold: 1,
    },
    {
      name: 'incident-not-called',
      impact: 'An incident is in the ledger but nobody has been called; the reconciler tries once an hour.',
      metric: log('INCIDENT_NOT_CALLED'),
      threshold: 1,
    },
    {
      name: 'people-not-told',
      impact: 'A reminder or a notice reached nobody of a role: a gate may wait without anybody knowing.',
      metric: log('NOT_NOTIFIED'),
      threshold: 1,
    },
  ];
}

function ofFunctions({ functions }: Watched, log: Counted): readonly AlarmRow[] {
  return [
    {
      name: 'handlers-failing',
      impact: 'Functions fail again and again: waits are not answered, bakes not judged.',
      metric: log('HANDLER_FAILED'),
      threshold: failuresMax,
    },
    {
      name: 'events-unreadable',
      impact:
        'An event of ours does not say what it should: nothing was done for it, and no try will mend that.',
      metric: log('EVENT_UNREADABLE'),
      threshold: 1,
    },
    ...tensOf(functions.all).map((ten, index) => ({
      name: 'functions-broken',
      part: index + 1,
      impact:
        'A function throws, runs out of time or memory, or does not load: it may not even say so in the log.',
      metric: sumOf(ten.map((one) => one.metricErrors({ period: minutes(15), statistic: Stats.SUM }))),
      threshold: errorsMax,
    })),
    {
      name: 'functions-throttled',
      impact: 'Lambda refuses calls in this account: its concurrency is used up. They are tried again, late.',
      metric: accountThrottles,
      threshold: failuresMax,
    },
  ];
}

/** What nobody could take. */
function ofQueues({ deadLetters, communications, uploads }: Watched): readonly AlarmRow[] {
  const waiting = (queue: Queue) => queue.metricApproximateNumberOfMessagesVisible({ period: minutes(5) });
  return [
    {
      name: 'events-dead',
      impact:
        'An event could not be handled and lies in the dead letters: an alarm, a date or a tick may be missing.',
      metric: waiting(deadLetters),
      threshold: 1,
    },
    {
      name: 'mail-jobs-dead',
      impact: 'Mails were not sent after many tries: their recipients are listed, nobody got them twice.',
      metric: waiting(communications.deadJobs),
      threshold: 1,
    },
    {
      name: 'mail-events-dead',
      impact: 'What SES said of some mails could not be read: their state stays uncertain.',
      metric: waiting(communications.deadEvents),
      threshold: 1,
    },
    {
      name: 'uploads-dead',
      impact: 'A file of users was not imported after many tries: the audience is the one before it.',
      metric: waiting(uploads.dead),
      threshold: 1,
    },
  ];
}

function ofMail({ communications }: Watched): readonly AlarmRow[] {
  return [
    {
      name: 'mail-late',
      impact: 'Mail has waited for an hour: SES refuses, or its daily quota is used up.',
      metric: communications.jobs.metricApproximateAgeOfOldestMessage({ period: minutes(5) }),
      threshold: backlogSecondsMax,
    },
    {
      name: 'mail-bounces',
      impact: 'Too many addresses do not exist: SES may stop all mail of the account.',
      metric: reputation('Reputation.BounceRate'),
      threshold: bounceRateMax,
    },
    {
      name: 'mail-complaints',
      impact: 'Too many people call the mail unwanted: SES may stop all mail of the account.',
      metric: reputation('Reputation.ComplaintRate'),
      threshold: complaintRateMax,
    },
  ];
}

function ofServices({ functions, calendar, storage, api }: Watched): readonly AlarmRow[] {
  return [
    {
      name: 'reconciler-silent',
      impact: 'The hourly reconciler has not run: lost events stay lost.',
      metric: functions
        .get('reconcile')
        .metricInvocations({ period: Duration.hours(1), statistic: Stats.SUM }),
      threshold: 1,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      periods: 2,
      missing: TreatMissingData.BREACHING,
    },
    {
      name: 'schedules-dropped',
      impact: 'EventBridge Scheduler gave up on a tick or a date.',
      metric: calendar.group.metricDropped({ period: minutes(5) }),
      threshold: 1,
    },
    {
      name: 'releases-throttled',
      impact: 'DynamoDB refuses writes of releases: commands and steps are slow, and tried again.',
      metric: throttled(storage.releases),
      threshold: failuresMax,
    },
    {
      name: 'waits-throttled',
      impact: 'DynamoDB refuses writes of waits: answers are late until they are tried again.',
      metric: throttled(storage.waits),
      threshold: failuresMax,
    },
    {
      name: 'api-failing',
      impact: 'People cannot approve, tick or stop: the API answers with errors of its own.',
      metric: api.httpApi.metricServerError({ period: minutes(5), statistic: Stats.SUM }),
      threshold: failuresMax,
    },
  ];
}

const tensOf = <T>(all: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / metricsPerAlarmMax) }, (_, nth) =>
    all.slice(nth * metricsPerAlarmMax, (nth + 1) * metricsPerAlarmMax),
  );

const sumOf = (metrics: readonly Metric[]) =>
  new MathExpression({
    expression: 'SUM(METRICS())',
    label: 'errors',
    period: minutes(15),
    usingMetrics: Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric])),
  });

/** Without a dimension: concurrency is the account's, whichever function is refused. */
const accountThrottles = new Metric({
  namespace: 'AWS/Lambda',
  metricName: 'Throttles',
  statistic: Stats.SUM,
  period: minutes(5),
});

const throttled = (table: Table) =>
  table.metric('WriteThrottleEvents', { statistic: Stats.SUM, period: minutes(5) });

const reputation = (metricName: string) =>
  new Metric({ namespace: 'AWS/SES', metricName, statistic: Stats.AVERAGE, period: Duration.hours(1) });

/** Lines of the functions' log that carry the code. */
function logged(scope: Construct, { names, functions: { logGroup } }: Watched, code: LogCode): Metric {
  const filter = new MetricFilter(scope, `${code}Filter`, {
    logGroup,
    filterPattern: FilterPattern.stringValue('$.message.code', '=', code),
    metricNamespace: names.prefix,
    metricName: code,
    metricValue: '1',
  });
  return filter.metric({ statistic: Stats.SUM, period: Duration.minutes(5) });
}
