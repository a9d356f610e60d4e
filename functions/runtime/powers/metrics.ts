import { cloudWatch } from '../../adapters/clients/cloudwatch.ts';
import { type CloudWatchSettings, cloudWatchMetrics } from '../../adapters/metrics/cloudwatch.ts';
import { settings } from '../environment.ts';
import type { Provide } from './power.ts';

export const provide: Provide<'metrics'> = () =>
  cloudWatchMetrics({ ...settings<Omit<CloudWatchSettings, 'client'>>('METRICS'), client: cloudWatch() });
