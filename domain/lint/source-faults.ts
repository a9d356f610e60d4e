/** What a metric and its source must have of each other: a query for each part of the metric, and no other. */
import { partsOf, sourceKinds, sourceRules } from '../plan/metric-sources.ts';
import type { Check } from '../plan/plan.ts';
import type { SourceFinding } from './file-findings.ts';

/** Kinds of source of which a stage has several, each with a name. */
const withApi = sourceKinds.filter((kind) => sourceRules[kind].namesApi);
const everyPart: readonly string[] = [...new Set(Object.values(partsOf).flat())];

interface Placed {
  /** Where in the check, key by key. */
  readonly at: readonly string[];
  readonly fault: SourceFinding;
}

export function sourceFaults({ metric, source }: Pick<Check, 'metric' | 'source'>): readonly Placed[] {
  const parts: readonly string[] = partsOf[metric];
  const given = everyPart.filter((part) => Object.hasOwn(source, part));
  const missing = parts.filter((part) => !given.includes(part));
  const unwanted = given.filter((part) => !parts.includes(part));
  const { metrics, namesApi } = sourceRules[source.kind];
  const faults: Placed[] = [
    ...missing.map(
      (part): Placed => ({
        at: ['source', part],
        fault: { code: 'query-missing', params: { metric, parts } },
      }),
    ),
    ...unwanted.map(
      (part): Placed => ({
        at: ['source', part],
        fault: { code: 'query-unwanted', params: { metric, part, parts } },
      }),
    ),
  ];
  if (!metrics.includes(metric))
    faults.push({
      at: ['metric'],
      fault: { code: 'metric-not-offered', params: { source: source.kind, metrics } },
    });
  if (namesApi !== (source.api !== undefined))
    faults.push({
      at: ['source', 'api'],
      fault: { code: 'api-of-another-source', params: { kinds: withApi } },
    });
  return faults;
}
