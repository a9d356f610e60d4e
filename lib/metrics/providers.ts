/** Which providers the checks of a plan need, and whether the stage has their settings. */
import type { Check, MetricSource, Plan } from '#domain/plan/plan.ts';
import type { Stage } from '../stage.ts';

export type RemoteKind = Exclude<MetricSource['kind'], 'jalon'>;
/** `functions/runtime/powers/metrics.<name>.ts` */
export type ProviderName =
  | 'cloudwatch'
  | 'application-signals'
  | 'self-hosted-prometheus'
  | 'amazon-prometheus'
  | 'http';
export type Providers = { readonly [kind in RemoteKind]?: ProviderName };

type Named = Pick<Stage, 'name' | 'metrics'>;

/** By the kind of the checks' sources. Throws RangeError that names every check the stage cannot read, and what to add. */
export function providersOf(plan: Plan, stage: Named): Providers {
  const missing = Object.entries(plan.checks).flatMap(([id, check]) => {
    const setting = settingWanted(check, stage);
    return setting === undefined ? [] : [`  ${id}: reads ${check.source.kind}: add ${setting}`];
  });
  if (missing.length > 0)
    throw new RangeError(
      `stage "${stage.name}" has no settings for checks of its plan:\n${missing.join('\n')}\nEvery setting is described in lib/metrics/settings.ts and docs/metrics.md`,
    );
  const kinds = new Set(Object.values(plan.checks).map(({ source }) => source.kind));
  return Object.fromEntries(
    [...kinds].flatMap((kind) => (kind === 'jalon' ? [] : [[kind, providerOf(kind, stage)]])),
  );
}

function settingWanted({ source }: Check, { metrics }: Named): string | undefined {
  if (source.kind === 'prometheus' && !metrics.prometheus) return 'metrics.prometheus';
  if (source.kind !== 'http' || (source.api !== undefined && Object.hasOwn(metrics.apis, source.api))) {
    return undefined;
  }
  const known = Object.keys(metrics.apis).join(', ') || 'none';
  return source.api === undefined
    ? `source.api to the check, one of metrics.apis (${known})`
    : `metrics.apis.${source.api}, or name one of those it has (${known})`;
}

function providerOf(kind: RemoteKind, { metrics }: Named): ProviderName {
  if (kind !== 'prometheus') return kind;
  return metrics.prometheus?.service === 'amazon' ? 'amazon-prometheus' : 'self-hosted-prometheus';
}
