import { secretsManager } from '../../adapters/clients/secrets-manager.ts';
import { authorizeBy, type Scheme } from '../../adapters/metrics/authorize.ts';
import { type PrometheusSettings, prometheusMetrics } from '../../adapters/metrics/prometheus.ts';
import { secretText } from '../../adapters/secrets/secret.ts';
import { settings } from '../environment.ts';
import type { ProvideMetrics } from './metrics.ts';

interface Settings extends Pick<PrometheusSettings, 'cohort'> {
  readonly prometheus: { readonly url: string; readonly scheme: Scheme; readonly secretArn: string };
}

export const provide: ProvideMetrics = ({ clock }) => {
  const { cohort, prometheus } = settings<Settings>('METRICS');
  const secret = secretText({ client: secretsManager(), id: prometheus.secretArn, clock });
  const authorize = authorizeBy(prometheus.scheme, secret);
  return prometheusMetrics({ url: prometheus.url, cohort, authorize, fetch, clock });
};
