/** The providers of metrics that the bundle has, each loaded by the first check that needs it. */
import type { Bundled } from './bundled.ts';
import { lazily } from './lazily.ts';
import { among } from './metrics.ts';

declare const bundled: Bundled;

export const provide = among({
  cloudwatch: bundled.providers.cloudwatch && lazily(() => import('./metrics.cloudwatch.ts')),
  'application-signals':
    bundled.providers['application-signals'] && lazily(() => import('./metrics.application-signals.ts')),
  prometheus:
    (bundled.providers['self-hosted-prometheus'] &&
      lazily(() => import('./metrics.self-hosted-prometheus.ts'))) ||
    (bundled.providers['amazon-prometheus'] && lazily(() => import('./metrics.amazon-prometheus.ts'))),
  http: bundled.providers.http && lazily(() => import('./metrics.http.ts')),
});
