import { applicationSignals } from '../../adapters/clients/application-signals.ts';
import { applicationSignalsMetrics } from '../../adapters/metrics/application-signals.ts';
import type { ProvideMetrics } from './metrics.ts';

export const provide: ProvideMetrics = ({ clock }) =>
  applicationSignalsMetrics({ client: applicationSignals(), clock });
