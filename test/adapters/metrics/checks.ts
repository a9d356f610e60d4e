/** Checks and windows for tests of the providers of metrics. */
import type { MetricKind, MetricSource } from '#domain/plan/metric-sources.ts';
import type { Check } from '#domain/plan/plan.ts';
import type { MinuteRange } from '#functions/adapters/metrics/minutes.ts';

export const checkOf = (
  metric: MetricKind,
  source: MetricSource,
  compare: Check['compare'] = 'objective',
): Check => ({
  name: 'a check',
  metric,
  source,
  compare,
  objective: { comparison: '<', value: 1, unit: '%' },
  class: 'rollback',
  severity: 'critical',
  window: { breaches: 3, of: 5 },
  minSample: 20,
  noData: { action: 'hold' },
});

export const cohort = { dimension: 'cohort', treatment: 'new', control: 'old' } as const;

/** Five minutes from 2025-03-10 09:00 (UTC) on. */
export const first = Date.parse('2025-03-10T09:00:00Z') / 60_000;
export const fiveMinutes: MinuteRange = { first, end: first + 5 };

/** Never aborted. */
export const patience = new AbortController().signal;
