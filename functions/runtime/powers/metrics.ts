import { cloudWatch } from '../../adapters/clients/cloudwatch.ts';
import { cloudWatchMetrics, type MetricsSettings } from '../../adapters/metrics.cloudwatch.ts';
import { settings } from '../environment.ts';
import type { Provide } from './power.ts';

export const provide: Provide<'metrics'> = () =>
  cloudWatchMetrics({ ...settings<Omit<MetricsSettings, 'client'>>('METRICS'), client: cloudWatch() });
