/**
 * Simulated metrics, minute by minute: healthy counts with their noise, traffic that follows the day, and what a scenario
 * breaks. A minute is a function of the seed, the check, the cohort and what was so in the world then: nobody has to read it
 * when it is over, nor in any order. Treatment is what the users with the new version see; control is everybody else, and stays healthy unless the
 * trouble is in what both run in.
 */

import type { Metrics } from '#application/ports/metrics.ts';
import { higherIsWorse } from '#domain/judge/check.ts';
import type { Block, Counts, Series } from '#domain/judge/series.ts';
import { partsOf } from '#domain/plan/metric-sources.ts';
import type { Check } from '#domain/plan/plan.ts';
import { minuteMs } from '#domain/time.ts';
import type { Chance } from './chance.ts';
import { madeUpBy } from './sources.ts';

/** Requests a minute that a user of the product makes in the middle of the day. */
const requestsPerUserMinute = 0.3;
/** What a staging environment sees: test traffic, whatever the hour. */
const stagingRequestsPerMinute = 60;
/** Minutes that are soon asked for again are not made up again. */
const keptMinutes = 180;
/** Clocks of the world's time zones change at a quarter of an hour. */
const quarterMs = 15 * minuteMs;

/** What a trouble does to a check. */
export interface Illness {
  /** The value it is forced to, in the unit of the check's objective. */
  readonly value: number;
  /** Users without the new version suffer as well. */
  readonly shared: boolean;
}

export interface MetricsEnvironment {
  readonly users: number;
  /** Percentage of users who will have the new version first: they are told apart before it is there. */
  readonly firstExposure: number;
  /** Percentage of users with the new version then. */
  exposure(atMs: number): number;
  /** Hour of the day in the plan's time zone, 0 to 23. */
  hour(atMs: number): number;
  /** What a trouble forced on a check then, if any. */
  failing(check: string, atMs: number): Illness | undefined;
  /** Whether the provider is down now. */
  outage(): boolean;
  /** Whether nobody used the product then. */
  noTraffic(atMs: number): boolean;
}

/** Where the numbers of a check come from. */
interface Streams {
  readonly health: (minute: number) => Chance;
  readonly treatment: (minute: number) => Chance;
  readonly control: (minute: number) => Chance;
}

export class SimulatedMetrics implements Metrics {
  readonly #streams: (subject: string) => (minute: number) => Chance;
  readonly #around: MetricsEnvironment;
  /** By check: its minutes that were asked for lately. */
  readonly #known = new Map<string, { readonly streams: Streams; readonly blocks: Map<number, Block> }>();
  reads = 0;
  #quarter = -1;
  #light = 0;

  constructor(streams: (subject: string) => (minute: number) => Chance, around: MetricsEnvironment) {
    this.#streams = streams;
    this.#around = around;
  }

  async read(
    checks: Readonly<Record<string, Check>>,
    { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  ): Promise<Readonly<Record<string, Series>>> {
    const first = Math.ceil(fromMs / minuteMs);
    const end = Math.floor(toMs / minuteMs);
    const series: Record<string, Series> = {};
    for (const [id, check] of Object.entries(checks)) {
      if (madeUpBy[check.source.kind] !== 'minutes')
        throw new RangeError(`${id} reads ${check.source.kind}, which no provider has`);
      // A metric for each part, of each cohort: as a provider bills them.
      this.reads += partsOf[check.metric].length * (check.compare === 'control' ? 2 : 1);
      series[id] = this.#around.outage()
        ? { kind: 'unknown', fault: { code: 'provider-answers', params: { status: 503 } } }
        : { kind: 'blocks', blocks: this.#blocks(id, check, first, end) };
    }
    return series;
  }

  #blocks(id: string, check: Check, first: number, end: number): readonly Block[] {
    const { streams, blocks: known } = this.#knownOf(id);
    const blocks: Block[] = [];
    for (let minute = first; minute < end; minute += 1) {
      let block = known.get(minute);
      if (!block) {
        block = this.#minute(minute, id, check, streams);
        known.set(minute, block);
        known.delete(minute - keptMinutes);
      }
      blocks.push(block);
    }
    return blocks;
  }

  #knownOf(id: string) {
    const known = this.#known.get(id) ?? { streams: this.#streamsOf(id), blocks: new Map<number, Block>() };
    this.#known.set(id, known);
    return known;
  }

  #streamsOf(id: string): Streams {
    return {
      health: this.#streams(`${id}:health`),
      treatment: this.#streams(`${id}:treatment`),
      control: this.#streams(`${id}:control`),
    };
  }

  #minute(minute: number, id: string, check: Check, streams: Streams): Block {
    const { users, firstExposure } = this.#around;
    const atMs = minute * minuteMs;
    const exposure = this.#around.exposure(atMs);
    const perUser = this.#around.noTraffic(atMs) ? 0 : requestsPerUserMinute * this.#daylight(atMs);
    const illness = this.#around.failing(id, atMs);
    const wellness = healthy(check, streams.health(minute));
    const ill = illness?.value ?? wellness;
    const chance = streams.treatment(minute);
    const staging = exposure === 0;
    if (check.compare !== 'control' && staging)
      return { minute, treatment: countsOf(check, stagingRequestsPerMinute, ill, chance) };
    const share = staging ? firstExposure : exposure;
    const treatment = countsOf(check, (users * share * perUser) / 100, ill, chance);
    if (check.compare !== 'control') return { minute, treatment };
    const others = (users * (100 - share) * perUser) / 100;
    const theirs = illness?.shared === true ? illness.value : wellness;
    return { minute, treatment, control: countsOf(check, others, theirs, streams.control(minute)) };
  }

  /** A third of the traffic at night, all of it in the afternoon. */
  #daylight(atMs: number): number {
    const quarter = Math.floor(atMs / quarterMs);
    if (quarter !== this.#quarter) [this.#quarter, this.#light] = [quarter, this.#lightAt(atMs)];
    return this.#light;
  }

  #lightAt(atMs: number): number {
    return 0.67 - 0.33 * Math.cos(((this.#around.hour(atMs) - 3) / 24) * 2 * Math.PI);
  }
}

/** `value` in the unit of the objective: of a split it is by how many percent the cohort is off. */
function countsOf({ metric, objective }: Check, traffic: number, value: number, chance: Chance): Counts {
  if (metric === 'value') return { n: Math.round(traffic), x: value * Math.round(traffic) };
  if (metric === 'split' || metric === 'volume') {
    const counted = chance.poisson(
      metric === 'volume' ? (traffic * value) / 100 : traffic * (1 - value / 100),
    );
    return { n: counted, x: counted };
  }
  const n = chance.poisson(traffic);
  // The mean of n measurements that spread by half of their value.
  if (metric === 'mean')
    return { n, x: n === 0 ? 0 : n * value * (1 + (0.5 * chance.normal()) / Math.sqrt(n)) };
  return { n, x: chance.binomial(n, (higherIsWorse(objective) ? value : 100 - value) / 100) };
}

/** Well on the right side of the objective, and for both cohorts the same. */
function healthy({ metric, objective: { comparison, value, unit } }: Check, chance: Chance): number {
  if (metric === 'split') return 0;
  if (metric === 'volume') return 100;
  const noise = 1 + 0.05 * chance.normal();
  if (comparison.startsWith('<')) return value * 0.4 * Math.max(0.2, noise);
  // A percentage has a ceiling: stay close under it.
  if (unit === '%') return 100 - (100 - value) * 0.3 * Math.max(0.2, noise);
  return value * 1.3 * Math.max(0.9, noise);
}
