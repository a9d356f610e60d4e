/**
 * Why a check cannot be read: a code with parameters, said where it is shown (`presentation/messages/source-faults.*.ts`).
 * A code has its category (`unknownCauseOf`). What a source answered comes redacted and shortened. Codes and parameters are
 * kept with every look: wire format.
 */
import type { Coded } from '../coded.ts';
import type { RemoteKind } from '../plan/metric-sources.ts';
import type { Quoted } from '../quoted.ts';

/** Why a check cannot be judged: never a pass, never a failure of the release. */
export const unknownCauses = [
  /** The provider refuses, is silent, or is left alone after many failures. */
  'unavailable',
  /** The metric, the objective or the series does not exist. */
  'no-such-metric',
  /** Several series where one is meant. */
  'ambiguous',
  /** The answer is not what the provider's API promises: HTML, text, a number that is none. */
  'malformed',
  /** Counts that cannot be: negative, more errors than requests. */
  'impossible',
  /** Time goes backwards inside one answer. */
  'backwards',
  /** The series do not say to which cohort they belong. */
  'no-cohort',
] as const;
export type UnknownCause = (typeof unknownCauses)[number];

type NoParams = Readonly<Record<string, never>>;

/** `source`: as people know it, `Prometheus at metrics.example.com`. */
interface OfSource {
  readonly source: string;
}
/** `said`: the source's own words. */
interface Said extends OfSource {
  readonly said: Quoted;
}
/** `error`: its name or code. */
interface Failed extends OfSource {
  readonly error: string;
}
/** `status`: of HTTP. */
interface Answered extends OfSource {
  readonly status: number;
}
/** `part`: of the check's metric. */
interface OfPart {
  readonly part: string;
}
/** `at`: an instant; beyond the years that a date can have, `minute` and its number. */
interface OfPoint {
  readonly at: string;
}
/** `minute`: since 1970. */
interface OfMinute {
  readonly minute: number;
}
/** A number that a source gave, as a text: no table keeps one that is none, or has 300 digits. */
type Figure = string;

/** What the judge finds, whatever the source. */
interface SilenceFaults {
  /** The provider has no series for the check. */
  'left-out': NoParams;
  'fell-silent': { readonly minutes: number };
  /** `minutes`: the newest, which have not been asked for yet; those before them are judged first. */
  behind: { readonly minutes: number };
  /** `percent`: the users without the new version. */
  'others-silent': { readonly percent: number };
  /** `percent`: by how much the share of the new version is off. */
  'cohorts-off': { readonly percent: number };
}

/** What the stage, the plan or the look has not set up so that the check can be asked for. */
interface AskingFaults {
  'provider-missing': { readonly kind: RemoteKind; readonly setting: string };
  /** Absent: the check names none. */
  'api-missing': { readonly api?: string };
  'part-missing': OfPart;
  /** A value of the product itself is in no provider. */
  'not-measured': NoParams;
  /** `from`: an instant. */
  'window-too-long': { readonly minutes: number; readonly from: string; readonly minutesMax: number };
  'look-over': OfSource;
  'credentials-unreadable': Failed;
  /** `text`: the query or what of it cannot be read. */
  'query-unreadable': {
    readonly text: string;
    readonly expected: 'metric' | 'metric-in-brackets' | 'dimension';
  };
}

/** The source does not answer, or not this. */
interface AnswerFaults {
  'provider-failed': { readonly error: string };
  /** A source without a name, as rehearsals have it. */
  'provider-answers': { readonly status: number };
  'source-left-alone': OfSource & { readonly failures: number; readonly seconds: number };
  'source-silent': Failed;
  'source-answered': Answered & Said;
  'source-redirects': Answered;
  'credentials-refused': Answered & Said;
  /** It answered others; `asked`: the query or the objective. */
  'source-skipped': OfSource & { readonly asked: string };
  /** It says why it could not answer. */
  'source-failed': Said & { readonly asked?: string };
  /** It says why there can be no answer. */
  'query-refused': Said & { readonly asked?: string };
  'source-warns': Said;
  'metric-unknown': OfSource & { readonly metric: string };
}

/** The answer is not the series that were asked for. */
interface FormFaults {
  'answer-too-large': OfSource & { readonly bytesMax: number };
  /** `type`: of its content. */
  'answer-not-json': Said & { readonly type: Quoted };
  /** `path`: in the answer. */
  'answer-not-promised': Said & { readonly path: string };
  'answer-without-points': Said & { readonly expression: string };
  /** What it repeats of the question is another; `asked`: what should stand at `place`. */
  'answer-to-another': OfSource & {
    readonly place: string;
    readonly asked: string;
    readonly found: Quoted;
  };
  'too-many-pages': OfSource & { readonly pagesMax: number };
  'too-many-points': OfSource & { readonly points: number; readonly pointsMax: number };
  'too-many-series': OfSource & { readonly series: number };
  /** `cohort`: whose, as a matcher (`cohort="new"`); absent: of the query. */
  'several-series': OfSource & { readonly series: number; readonly cohort?: string };
  /** Nobody says how many. */
  'math-of-several': OfSource;
}

/** Which series are whose cannot be told. */
interface CohortFaults {
  'objective-without-cohorts': NoParams;
  'cohort-not-compared': OfSource;
  'cohort-not-asked': OfSource;
  'label-missing': { readonly label: string };
  'label-of-others': {
    readonly label: string;
    readonly values: readonly Quoted[];
    readonly treatment: string;
    readonly control: string;
  };
  'control-missing': NoParams;
}

/** Points that are of no minute that was asked for. */
interface PointFaults {
  'between-minutes': OfPart;
  'points-backwards': OfPart & OfPoint & { readonly before: string };
  /** `from`, `to`: the window, instants; the second one is not in it. */
  'outside-window': OfPart & OfPoint & { readonly from: string; readonly to: string };
}

/** What makes one minute odd, since no source could have counted it. */
interface OddPointFaults {
  'not-finite': OfPart & OfPoint & { readonly value: Figure };
  'more-bad-than-all': OfPoint & { readonly bad: Figure; readonly total: Figure };
  'events-negative': OfPoint & { readonly bad: Figure; readonly total: Figure };
  'count-negative': OfPoint & {
    readonly count: Figure;
    readonly of: 'measured' | 'counted' | 'samples';
  };
  'sum-of-nothing': OfPoint & { readonly sum: Figure };
}

/** Blocks of no minute. */
interface BlockFaults {
  'not-a-minute': { readonly minute: Figure };
  'minutes-backwards': OfMinute & { readonly before: number };
}

/** The same of a file: n and x of the minute. */
interface OddBlockFaults {
  'not-counts': OfMinute & { readonly n: Figure; readonly x: Figure };
  'counts-negative': OfMinute & { readonly n: Figure; readonly x: Figure };
  'more-bad-among': OfMinute & { readonly bad: Figure; readonly among: Figure };
}

interface OddFaults extends OddPointFaults, OddBlockFaults {}
export type OddFault = Coded<OddFaults>;

interface ShareFaults {
  /** Too many `minutes` of a window are odd; `fault`: of the newest. */
  'odd-minutes': {
    readonly cohort: 'treatment' | 'control';
    readonly odd: number;
    readonly minutes: number;
    readonly fault: OddFault;
  };
}

export interface SourceFaults
  extends SilenceFaults,
    AskingFaults,
    AnswerFaults,
    FormFaults,
    CohortFaults,
    PointFaults,
    BlockFaults,
    OddFaults,
    ShareFaults {}
export type SourceFault = Coded<SourceFaults>;

/** By its code: what a fault means for whoever reads many. */
export const unknownCauseOf: Readonly<Record<keyof SourceFaults & string, UnknownCause | 'stale' | 'split'>> =
  {
    'left-out': 'unavailable',
    'fell-silent': 'stale',
    behind: 'unavailable',
    'others-silent': 'no-cohort',
    'cohorts-off': 'split',

    'provider-missing': 'unavailable',
    'api-missing': 'unavailable',
    'part-missing': 'no-such-metric',
    'not-measured': 'unavailable',
    'window-too-long': 'unavailable',
    'look-over': 'unavailable',
    'credentials-unreadable': 'unavailable',
    'query-unreadable': 'no-such-metric',

    'provider-failed': 'unavailable',
    'provider-answers': 'unavailable',
    'source-left-alone': 'unavailable',
    'source-silent': 'unavailable',
    'source-answered': 'unavailable',
    'source-redirects': 'unavailable',
    'credentials-refused': 'unavailable',
    'source-skipped': 'unavailable',
    'source-failed': 'unavailable',
    'query-refused': 'no-such-metric',
    'source-warns': 'unavailable',
    'metric-unknown': 'no-such-metric',

    'answer-too-large': 'malformed',
    'answer-not-json': 'malformed',
    'answer-not-promised': 'malformed',
    'answer-without-points': 'malformed',
    'answer-to-another': 'malformed',
    'too-many-pages': 'unavailable',
    'too-many-points': 'malformed',
    'too-many-series': 'ambiguous',
    'several-series': 'ambiguous',
    'math-of-several': 'ambiguous',

    'objective-without-cohorts': 'no-cohort',
    'cohort-not-compared': 'no-cohort',
    'cohort-not-asked': 'no-cohort',
    'label-missing': 'no-cohort',
    'label-of-others': 'no-cohort',
    'control-missing': 'no-cohort',

    'between-minutes': 'malformed',
    'outside-window': 'malformed',
    'not-finite': 'malformed',
    'points-backwards': 'backwards',
    'more-bad-than-all': 'impossible',
    'events-negative': 'impossible',
    'count-negative': 'impossible',
    'sum-of-nothing': 'impossible',

    'not-a-minute': 'malformed',
    'minutes-backwards': 'backwards',
    'not-counts': 'malformed',
    'counts-negative': 'impossible',
    'more-bad-among': 'impossible',
    'odd-minutes': 'impossible',
  };
