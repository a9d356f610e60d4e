import { cloudWatch } from '../../adapters/clients/cloudwatch.ts';
import { type CloudWatchSettings, cloudWatchMetrics } from '../../adapters/metrics/cloudwatch.ts';
import { settings } from '../environment.ts';
import type { ProvideMetrics } from './metrics.ts';

export const provide: ProvideMetrics = ({ clock }) =>
  cloudWatchMetrics({
    cohort: settings<Pick<CloudWatchSettings, 'cohort'>>('METRICS').cohort,
    client: cloudWatch(),
    clock,
  });
