/** Each check to the provider of its source; what no provider can read is unknown, with what to set. */

import type { Metrics } from '#application/ports/metrics.ts';
import type { Series } from '#domain/judge/series.ts';
import { isRemote, type RemoteKind, type SourceKind } from '#domain/plan/metric-sources.ts';
import type { Check } from '#domain/plan/plan.ts';
import { minuteMs } from '#domain/time.ts';
import { lookMsMax, minutesMax } from './limits.ts';
import { countOf, type MinuteRange, minutesOf } from './minutes.ts';
import type { Provider } from './provider.ts';
import { type Unknown, unknown } from './unknown.ts';

export interface RouterSettings {
  readonly providers: { readonly [kind in RemoteKind]?: Provider };
  /** Minutes after which a source has a minute's data. */
  readonly lagMinutes: number;
}

type Checks = Readonly<Record<string, Check>>;
type SeriesById = Readonly<Record<string, Series>>;

export function routedMetrics({ providers, lagMinutes }: RouterSettings): Metrics {
  return {
    async read(checks, window) {
      const minutes = minutesOf(window, lagMinutes);
      const signal = AbortSignal.timeout(lookMsMax);
      const kinds = new Set(Object.values(checks).map(({ source }) => source.kind));
      const read = await Promise.all(
        [...kinds].map((kind) => {
          const some = Object.fromEntries(
            Object.entries(checks).filter(([, one]) => one.source.kind === kind),
          );
          const provider = isRemote(kind) ? providers[kind] : undefined;
          return provider ? readBy(provider, some, minutes, signal) : allOf(some, notSet(kind));
        }),
      );
      return Object.assign({}, ...read);
    },
  };
}

async function readBy(
  provider: Provider,
  checks: Checks,
  minutes: MinuteRange,
  signal: AbortSignal,
): Promise<SeriesById> {
  const count = countOf(minutes);
  if (count === 0) return allOf(checks, { kind: 'blocks', blocks: [] });
  if (count > minutesMax) {
    const from = new Date(minutes.first * minuteMs).toISOString();
    return allOf(checks, unknown('window-too-long', { minutes: count, from, minutesMax }));
  }
  try {
    return await provider.read(checks, minutes, signal);
  } catch (error) {
    // Not the message: it may be anybody's text.
    const name = error instanceof Error ? error.name : 'unknown';
    return allOf(checks, unknown('provider-failed', { error: name }));
  }
}

const allOf = (checks: Checks, series: Series): SeriesById =>
  Object.fromEntries(Object.keys(checks).map((id) => [id, series]));

const settingOf: Readonly<Record<RemoteKind, string>> = {
  cloudwatch: 'metrics',
  'application-signals': 'metrics',
  prometheus: 'metrics.prometheus',
  http: 'metrics.apis',
};
const notSet = (kind: SourceKind): Unknown =>
  isRemote(kind)
    ? unknown('provider-missing', { kind, setting: settingOf[kind] })
    : unknown('not-measured', {});
