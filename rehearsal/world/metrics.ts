/**
 * Simulated metrics: healthy values with noise, traffic that follows the day, and what a scenario breaks. Treatment is
 * what the exposed users see; control is everybody else, and stays healthy.
 */
import type { Reading } from '#domain/check.ts';
import { MetricsUnavailable } from '#domain/errors.ts';
import type { Check } from '#domain/plan.ts';
import type { Metrics } from '#domain/ports.ts';
import type { Chance } from './chance.ts';

/** Requests a minute that a user of the product makes in the middle of the day. */
const requestsPerUserMinute = 0.3;
/** What a staging environment sees: test traffic, whatever the hour. */
const stagingRequestsPerMinute = 60;

export interface Surroundings {
  /** Users with access now. */
  exposed(): number;
  /** Hour of the day in the plan's time zone, 0 to 23. */
  hour(atMs: number): number;
  /** The value that a trouble forces on a check now, if any. */
  forced(check: string): number | undefined;
  /** Whether the provider is down now. */
  outage(): boolean;
}

export class SimulatedMetrics implements Metrics {
  readonly #chance: Chance;
  readonly #around: Surroundings;
  reads = 0;

  constructor(chance: Chance, around: Surroundings) {
    this.#chance = chance;
    this.#around = around;
  }

  async read(
    checks: Readonly<Record<string, Check>>,
    { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  ): Promise<Readonly<Record<string, Reading>>> {
    if (this.#around.outage()) throw new MetricsUnavailable('the metrics provider answers 503');
    const exposed = this.#around.exposed();
    const perMinute =
      exposed === 0 ? stagingRequestsPerMinute : exposed * requestsPerUserMinute * this.#daylight(toMs);
    const samples = Math.round((perMinute * (toMs - fromMs)) / 60_000);
    const readings: Record<string, Reading> = {};
    for (const [id, check] of Object.entries(checks)) {
      this.reads += 1;
      const control = this.#healthy(check);
      const value = this.#around.forced(id) ?? this.#healthy(check);
      readings[id] =
        check.compare === 'control'
          ? { kind: 'value', value, samples, control }
          : { kind: 'value', value, samples };
    }
    return readings;
  }

  /** A third of the traffic at night, all of it in the afternoon. */
  #daylight(atMs: number): number {
    return 0.67 - 0.33 * Math.cos(((this.#around.hour(atMs) - 3) / 24) * 2 * Math.PI);
  }

  /** Well on the right side of the objective. */
  #healthy({ objective: { comparison, value, unit } }: Check): number {
    const noise = 1 + 0.05 * this.#chance.normal();
    if (comparison.startsWith('<')) return value * 0.4 * Math.max(0.2, noise);
    // A percentage has a ceiling: stay close under it.
    if (unit === '%') return 100 - (100 - value) * 0.3 * Math.max(0.2, noise);
    return value * 1.3 * Math.max(0.9, noise);
  }
}
