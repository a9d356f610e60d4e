import {
  type AmazonPrometheusSettings,
  amazonPrometheusMetrics,
} from '../../adapters/metrics/amazon-prometheus.ts';
import { defaultProvider } from '../credentials.ts';
import { settings } from '../environment.ts';
import type { ProvideMetrics } from './metrics.ts';

interface Settings extends Pick<AmazonPrometheusSettings, 'cohort'> {
  readonly prometheus: Pick<AmazonPrometheusSettings, 'workspaceArn'>;
}

export const provide: ProvideMetrics = ({ clock }) => {
  const { cohort, prometheus } = settings<Settings>('METRICS');
  return amazonPrometheusMetrics({
    workspaceArn: prometheus.workspaceArn,
    cohort,
    credentials: defaultProvider(),
    fetch,
    clock,
  });
};
