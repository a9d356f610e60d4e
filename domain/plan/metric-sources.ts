/** What a check counts and where: the kinds of metric, the kinds of source, and which source has which metric. */

/** What is counted, and so which test can judge it (`domain/judge/`). */
export const metricKinds = ['rate', 'share', 'mean', 'volume', 'split', 'value'] as const;
/**
 * `rate`: rare bad events among all (errors, slow requests). `share`: common ones (unhappy ratings, audited faults).
 * `mean`: a sum and a count. `volume`: how much users do (sessions, successes), to see it drop. `split`: users or sessions per
 * cohort, to see whether the cohorts are what they should be. `value`: a number that only a window of readings can judge.
 */
export type MetricKind = (typeof metricKinds)[number];

/** The queries that a metric of a kind needs, by name. */
export const partsOf = {
  rate: ['bad', 'total'],
  share: ['bad', 'total'],
  mean: ['sum', 'count'],
  volume: ['count'],
  split: ['count'],
  value: ['query'],
} as const satisfies Readonly<Record<MetricKind, readonly string[]>>;
export type MetricPart = (typeof partsOf)[MetricKind][number];

export const sourceKinds = ['cloudwatch', 'application-signals', 'prometheus', 'http', 'jalon'] as const;
export type SourceKind = (typeof sourceKinds)[number];
/** Read by a provider of the stage. The other one is the product's own store: scripts' results, surveys, incidents. */
export type RemoteKind = Exclude<SourceKind, 'jalon'>;

/** Where a metric is read: a query for each of its parts, in the language of the source. */
export interface MetricSource extends Readonly<Partial<Record<MetricPart, string>>> {
  readonly kind: SourceKind;
  /** The name of the API among the stage's settings, where the kind has several. */
  readonly api?: string;
}

interface SourceRule {
  readonly metrics: readonly MetricKind[];
  /** It is one of several that the stage has, and a source says which. */
  readonly namesApi: boolean;
}

/**
 * One row per kind. What else a kind needs has a row each as well: a provider and its permissions (`lib/metrics/`), its
 * setting (`functions/adapters/metrics/router.ts`), who makes it up in a rehearsal, a page for its users (`cli/docs/`).
 */
export const sourceRules: Readonly<Record<SourceKind, SourceRule>> = {
  cloudwatch: { metrics: metricKinds, namesApi: false },
  'application-signals': { metrics: ['value'], namesApi: false },
  prometheus: { metrics: metricKinds, namesApi: false },
  http: { metrics: metricKinds, namesApi: true },
  jalon: { metrics: ['value'], namesApi: false },
};

export const isRemote = (kind: SourceKind): kind is RemoteKind => kind !== 'jalon';
