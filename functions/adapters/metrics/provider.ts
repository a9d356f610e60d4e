/** What a source of metrics is to the router (`router.ts`), and what a check asks of it. */

import type { Cohort, Series } from '#domain/judge/series.ts';
import { type MetricPart, partsOf } from '#domain/plan/metric-sources.ts';
import type { Check } from '#domain/plan/plan.ts';
import type { MinuteRange } from './minutes.ts';

export interface Provider {
  /** One series per check, by id. Once `signal` is aborted, what has not been read is unknown. */
  read(
    checks: Readonly<Record<string, Check>>,
    minutes: MinuteRange,
    signal: AbortSignal,
  ): Promise<Readonly<Record<string, Series>>>;
}

/** How the product's metrics tell the cohorts apart: the name of a dimension or label, and its two values. */
export interface CohortNames {
  readonly dimension: string;
  readonly treatment: string;
  readonly control: string;
}

export const comparesCohorts = ({ compare }: Pick<Check, 'compare'>): boolean => compare === 'control';

/** Whose series a check needs. `treatment` is everybody where cohorts are not compared. */
export const cohortsOf = (check: Pick<Check, 'compare'>): readonly Cohort[] =>
  comparesCohorts(check) ? ['treatment', 'control'] : ['treatment'];

export interface MetricQuestion {
  readonly part: MetricPart;
  readonly query: string;
}

/** A question per part of the check's metric; a part that the source leaves out is not asked. */
export const questionsOf = ({ metric, source }: Check): readonly MetricQuestion[] =>
  partsOf[metric].flatMap((part: MetricPart) => {
    const query = source[part];
    return query === undefined ? [] : [{ part, query }];
  });
