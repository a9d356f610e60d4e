import { type Sayings, say } from '#domain/coded.ts';
import type { SourceFaults } from '#domain/judge/source-faults.ts';
import { shown } from '../words.ts';

const instead = {
  metric: 'is not a metric: write Namespace/Metric{Dimension=Value}:Stat',
  'metric-in-brackets': 'names no metric: write each as [Namespace/Metric:Stat]',
  dimension: 'is not a dimension: write Dimension=Value',
} as const;
const negative = {
  measured: 'were measured',
  counted: 'were counted',
  samples: 'samples',
} as const;
const cohorts = { treatment: 'the new version', control: 'the others' } as const;
const asking = ({ source, asked }: { readonly source: string; readonly asked?: string }) =>
  asked === undefined ? source : `${source}: ${asked}`;

export const englishSourceFaults: Sayings<SourceFaults> = {
  'left-out': () => 'the provider left it out',
  'fell-silent': ({ minutes }) => `nothing new for ${minutes} minutes`,
  behind: ({ minutes }) =>
    `the minutes of an outage are judged first: the newest ${minutes} have not been read yet`,
  'others-silent': ({ percent }) => `nothing of the ${percent} % of users without the new version`,
  'cohorts-off': ({ percent }) =>
    `the cohorts are not what they should be: the share of the new version is off by ${percent.toFixed(1)} %`,

  'provider-missing': ({ kind, setting }) =>
    `the stage has no provider "${kind}": add ${setting} to it and deploy again (docs/reference/metrics.md)`,
  'api-missing': ({ api }) =>
    `the stage has no API "${api ?? ''}": add metrics.apis.${api ?? '<name>'} to it (docs/reference/metrics.md)`,
  'part-missing': ({ part }) => `the check's source has no query "${part}"`,
  'not-measured': () => 'a value of the product itself is in no provider',
  'window-too-long': ({ minutes, from, minutesMax }) =>
    `${minutes} minutes from ${from} on: at most ${minutesMax} are read at once`,
  'look-over': ({ source }) => `${source} was not asked: the look has lasted too long`,
  'credentials-unreadable': ({ source, error }) => `the credentials for ${source} cannot be read (${error})`,
  'query-unreadable': ({ text, expected }) => `"${text}" ${instead[expected]}`,

  'provider-failed': ({ error }) => `the provider of these checks failed (${error})`,
  'provider-answers': ({ status }) => `the metrics provider answers ${status}`,
  'source-left-alone': ({ source, failures, seconds }) =>
    `${source}: it has failed ${failures} times in a row, and is left alone for ${seconds} s`,
  'source-silent': ({ source, error }) => `${source} did not answer (${error})`,
  'source-answered': ({ source, status, said }) => `${source} answered ${status}: ${shown(said)}`,
  'source-redirects': ({ source, status }) =>
    `${source} answered ${status}: redirects are not followed, set the address it leads to`,
  'credentials-refused': ({ source, status, said }) =>
    `${source} refuses the credentials with ${status}: ${shown(said)}`,
  'source-skipped': ({ source, asked }) => `${source} did not answer for "${asked}"`,
  'source-failed': ({ said, ...asked }) => `${asking(asked)}: ${shown(said)}`,
  'query-refused': ({ said, ...asked }) => `${asking(asked)}: ${shown(said)}`,
  'source-warns': ({ source, said }) => `${source} warns of its answer: ${shown(said)}`,
  'metric-unknown': ({ source, metric }) => `${source} knows no metric "${metric}" in the last day`,

  'answer-too-large': ({ source, bytesMax }) =>
    `${source} answered more than ${bytesMax} bytes: ask for less`,
  'answer-not-json': ({ source, type, said }) =>
    `${source} answered ${shown(type)}, which is no JSON: ${shown(said)}`,
  'answer-not-promised': ({ source, path, said }) =>
    `${source} answered what its API does not promise, at "${path}": ${shown(said)}`,
  'answer-without-points': ({ source, expression, said }) =>
    `${source}: "${expression}" is no list of [time, value] in the answer: ${shown(said)}`,
  'answer-to-another': ({ source, place, asked, found }) =>
    `${source} answered another question: "${place}" is "${shown(found)}", and "${asked}" was asked for`,
  'too-many-pages': ({ source, pagesMax }) => `${source} answers on more than ${pagesMax} pages`,
  'too-many-points': ({ source, points, pointsMax }) =>
    `${source} answers ${points} points: at most ${pointsMax} are read`,
  'too-many-series': ({ source, series }) =>
    `${source} answers ${series} series where at most two are meant: sum them`,
  'several-series': ({ source, series, cohort }) =>
    `${source} answers ${series} series${cohort === undefined ? '' : ` of ${cohort}`} where one is meant: sum them`,
  'math-of-several': ({ source }) => `${source} answers several series: the math must give one`,

  'objective-without-cohorts': () =>
    'an objective of Application Signals knows no cohorts: compare with its goal',
  'cohort-not-compared': ({ source }) =>
    `the query to ${source} has {{cohort}}, and the check compares none: say compare: control`,
  'cohort-not-asked': ({ source }) =>
    `the check compares cohorts, and the query to ${source} does not say where they are: write {{cohort}}`,
  'label-missing': ({ label }) => `a series has no label "${label}": write sum by (${label}) (...)`,
  'label-of-others': ({ label, values, treatment, control }) =>
    `"${label}" is ${values.map(shown).join(', ')}, never "${treatment}" or "${control}"`,
  'control-missing': () => 'no minute says what users without the new version did',

  'between-minutes': ({ part }) =>
    `"${part}" has a point that is not at a whole minute: ask for one a minute`,
  'outside-window': ({ part, at, from, to }) =>
    `"${part}" has a point at ${at}, and was asked from ${from} to ${to}: is the time in the unit that is set?`,
  'not-finite': ({ part, value, at }) => `"${part}" is ${value} at ${at}: 0/0 and x/0 are no numbers`,
  'points-backwards': ({ part, before, at }) => `"${part}" goes from ${before} to ${at}`,
  'more-bad-than-all': ({ bad, total, at }) => `${bad} bad of ${total} in all (${at})`,
  'events-negative': ({ bad, total, at }) =>
    `${bad} bad of ${total} in all: events cannot be negative (${at})`,
  'count-negative': ({ count, of, at }) => `${count} ${negative[of]} (${at})`,
  'sum-of-nothing': ({ sum, at }) => `a sum of ${sum} from nothing (${at})`,

  'not-a-minute': ({ minute }) => `minute ${minute} is no whole number of minutes since 1970`,
  'minutes-backwards': ({ minute, before }) => `minute ${minute} comes after minute ${before}`,
  'not-counts': ({ minute, n, x }) => `minute ${minute}: ${n} and ${x} are no counts`,
  'counts-negative': ({ minute, n, x }) => `minute ${minute}: ${n} and ${x}: a count is never negative`,
  'more-bad-among': ({ minute, bad, among }) => `minute ${minute}: ${bad} bad events among ${among}`,
  'odd-minutes': ({ cohort, odd, minutes, fault }) =>
    `${odd} of ${minutes} minutes of ${cohorts[cohort]} cannot be: ${say(englishSourceFaults, fault)}`,
};
