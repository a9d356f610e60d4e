/** The providers of a stage behind one port; which these are says `providers.ts`. */
import type { BasePorts } from '#application/port-groups.ts';
import type { RemoteKind } from '#domain/plan/metric-sources.ts';
import type { Provider } from '../../adapters/metrics/provider.ts';
import { routedMetrics } from '../../adapters/metrics/router.ts';
import { settings } from '../environment.ts';
import type { Provide } from './power.ts';

export type ProvideMetrics = (base: BasePorts) => Provider;

export const among =
  (providers: { readonly [kind in RemoteKind]: ProvideMetrics | false }): Provide<'metrics'> =>
  (base) =>
    routedMetrics({
      ...settings<{ readonly lagMinutes: number }>('METRICS'),
      providers: Object.fromEntries(
        Object.entries(providers).flatMap(([kind, provide]) => (provide ? [[kind, provide(base)]] : [])),
      ),
    });
