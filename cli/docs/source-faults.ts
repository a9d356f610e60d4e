/** Every code of why a check cannot be read, with parameters as they may be. */
import type { SourceFault, SourceFaults } from '#domain/judge/source-faults.ts';
import { quoted } from '#domain/quoted.ts';

const source = 'Prometheus at metrics.example.com';
const at = '2025-05-18T07:00:00.000Z';
const part = 'bad';
const said = quoted('execution: no store answers');

const sourceFaultExamples: { readonly [C in keyof SourceFaults]: SourceFaults[C] } = {
  'left-out': {},
  'fell-silent': { minutes: 16 },
  behind: { minutes: 45 },
  'others-silent': { percent: 90 },
  'cohorts-off': { percent: 20.5 },

  'provider-missing': { kind: 'prometheus', setting: 'metrics.prometheus' },
  'api-missing': { api: 'datadog' },
  'part-missing': { part },
  'not-measured': {},
  'window-too-long': { minutes: 20_160, from: at, minutesMax: 10_080 },
  'look-over': { source },
  'credentials-unreadable': { source, error: 'ResourceNotFoundException' },
  'query-unreadable': { text: 'Shop', expected: 'metric' },

  'provider-failed': { error: 'TypeError' },
  'provider-answers': { status: 503 },
  'source-left-alone': { source, failures: 3, seconds: 60 },
  'source-silent': { source, error: 'ECONNREFUSED' },
  'source-answered': { source, status: 503, said },
  'source-redirects': { source, status: 302 },
  'credentials-refused': { source, status: 401, said: quoted('Unauthorized') },
  'source-skipped': { source: 'CloudWatch', asked: 'c0t0_m0' },
  'source-failed': { source, said },
  'query-refused': { source: 'Application Signals', asked: 'uptime', said: quoted('ResourceNotFound: gone') },
  'source-warns': { source, said: quoted('a store is down') },
  'metric-unknown': { source, metric: 'request_total' },

  'answer-too-large': { source, bytesMax: 4_194_304 },
  'answer-not-json': { source, type: quoted('text/html'), said: quoted('Sign in first') },
  'answer-not-promised': { source, path: 'data.resultType', said: quoted('{"status":"success"}') },
  'answer-without-points': { source: 'datadog at api.example.com', expression: 'series', said: quoted('{}') },
  'answer-to-another': {
    source: 'datadog at api.example.com',
    place: 'series[*].interval',
    asked: '60',
    found: quoted('300'),
  },
  'too-many-pages': { source: 'CloudWatch', pagesMax: 20 },
  'too-many-points': { source, points: 50_001, pointsMax: 50_000 },
  'too-many-series': { source, series: 101 },
  'several-series': { source, series: 2, cohort: 'cohort="new"' },
  'math-of-several': { source: 'CloudWatch' },

  'objective-without-cohorts': {},
  'cohort-not-compared': { source: 'datadog at api.example.com' },
  'cohort-not-asked': { source: 'datadog at api.example.com' },
  'label-missing': { label: 'cohort' },
  'label-of-others': {
    label: 'cohort',
    values: [quoted('blue'), quoted('green')],
    treatment: 'new',
    control: 'old',
  },
  'control-missing': {},

  'between-minutes': { part },
  'outside-window': { part, at: '2025-05-18T06:00:00.000Z', from: at, to: '2025-05-18T07:05:00.000Z' },
  'not-finite': { part, value: 'NaN', at },
  'points-backwards': { part, before: '2025-05-18T07:01:00.000Z', at },
  'more-bad-than-all': { bad: '2.5', total: '1', at },
  'events-negative': { bad: '-1', total: '5', at },
  'count-negative': { count: '-3', of: 'counted', at },
  'sum-of-nothing': { sum: '3.5', at },

  'not-a-minute': { minute: '29126340.5' },
  'minutes-backwards': { minute: 29_126_340, before: 29_126_341 },
  'not-counts': { minute: 29_126_340, n: 'NaN', x: '0' },
  'counts-negative': { minute: 29_126_340, n: '10', x: '-1' },
  'more-bad-among': { minute: 29_126_340, bad: '11', among: '10' },
  'odd-minutes': {
    cohort: 'treatment',
    odd: 7,
    minutes: 30,
    fault: { code: 'more-bad-than-all', params: { bad: '2.5', total: '1', at } },
  },
};

export const sourceFaults = Object.entries(sourceFaultExamples).map(
  ([code, params]) => ({ code, params }) as SourceFault,
);
