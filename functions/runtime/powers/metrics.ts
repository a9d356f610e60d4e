/** The providers of a stage behind one port; the bundle says which these are, each loaded by the first check that needs it. */
import type { BasePorts } from '#application/port-groups.ts';
import type { RemoteKind } from '#domain/plan/metric-sources.ts';
import type { Provider } from '../../adapters/metrics/provider.ts';
import { routedMetrics } from '../../adapters/metrics/router.ts';
import { settings } from '../environment.ts';
import type { Provide } from './power.ts';

export type ProvideMetrics = (base: BasePorts) => Provider;

export const among =
  (providers: { readonly [kind in RemoteKind]?: ProvideMetrics }): Provide<'metrics'> =>
  (base) =>
    routedMetrics({
      ...settings<{ readonly lagMinutes: number }>('METRICS'),
      providers: Object.fromEntries(
        Object.entries(providers).map(([kind, provide]) => [kind, provide(base)]),
      ),
    });
