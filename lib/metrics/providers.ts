/** Which providers the checks of a plan need, and whether the stage has their settings. */
import { isRemote, type MetricSource, type RemoteKind } from '#domain/plan/metric-sources.ts';
import type { Plan } from '#domain/plan/plan.ts';
import type { ProviderName } from '#functions/runtime/powers/bundled.ts';
import type { Stage } from '../stage.ts';

type Named = Pick<Stage, 'name' | 'metrics'>;

interface ProviderRule {
  readonly provider: (metrics: Stage['metrics']) => ProviderName;
  /** What the stage must be given before the source can be read. */
  readonly missing?: (source: MetricSource, metrics: Stage['metrics']) => string | undefined;
}

const rules: Readonly<Record<RemoteKind, ProviderRule>> = {
  cloudwatch: { provider: () => 'cloudwatch' },
  'application-signals': { provider: () => 'application-signals' },
  prometheus: {
    provider: ({ prometheus }) =>
      prometheus?.service === 'amazon' ? 'amazon-prometheus' : 'self-hosted-prometheus',
    missing: (_, { prometheus }) => (prometheus === undefined ? 'metrics.prometheus' : undefined),
  },
  http: { provider: () => 'http', missing: apiMissing },
};

export type Providers = { readonly [kind in RemoteKind]?: ProviderName };

/** By the kind of the checks' sources. Throws RangeError that names every check the stage cannot read, and what to add. */
export function providersOf(plan: Plan, { name, metrics }: Named): Providers {
  const wanted = Object.entries(plan.checks).flatMap(([id, { source }]) => {
    const rule = isRemote(source.kind) ? rules[source.kind] : undefined;
    const setting = rule?.missing?.(source, metrics);
    return setting === undefined ? [] : [`  ${id}: reads ${source.kind}: add ${setting}`];
  });
  if (wanted.length > 0)
    throw new RangeError(
      `stage "${name}" has no settings for checks of its plan:\n${wanted.join('\n')}\nEvery setting is described in lib/metrics/settings.ts and docs/reference/metrics.md`,
    );
  const kinds = new Set(Object.values(plan.checks).map(({ source }) => source.kind));
  return Object.fromEntries([...kinds].filter(isRemote).map((kind) => [kind, rules[kind].provider(metrics)]));
}

function apiMissing({ api }: MetricSource, { apis }: Stage['metrics']): string | undefined {
  if (api !== undefined && Object.hasOwn(apis, api)) return undefined;
  const known = Object.keys(apis).join(', ') || 'none';
  return api === undefined
    ? `source.api to the check, one of metrics.apis (${known})`
    : `metrics.apis.${api}, or name one of those it has (${known})`;
}
