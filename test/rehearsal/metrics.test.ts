/** The minutes of the simulated world: what they are depends on nobody who reads them. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MetricKind, metricKinds } from '#domain/plan/metric-sources.ts';
import type { Check } from '#domain/plan/plan.ts';
import { streamsOf } from '#rehearsal/world/chance.ts';
import { Changing } from '#rehearsal/world/changing.ts';
import { type MetricsEnvironment, SimulatedMetrics } from '#rehearsal/world/metrics.ts';
import { atMs, check } from '#test/support/builders.ts';

const minuteMs = 60_000;
const checks: Readonly<Record<string, Check>> = Object.fromEntries(
  metricKinds.map((metric: MetricKind) => [metric, check({ metric, compare: 'control' })]),
);
const calm: MetricsEnvironment = {
  users: 5000,
  firstExposure: 10,
  exposure: () => 10,
  hour: () => 15,
  failing: () => undefined,
  outage: () => false,
  noTraffic: () => false,
};
const sourceOf = (around: Partial<MetricsEnvironment> = {}, seed = 1) =>
  new SimulatedMetrics((subject) => streamsOf(`${seed}:${subject}`), { ...calm, ...around });

async function blocksOf(source: SimulatedMetrics, some: typeof checks, from: number, to: number) {
  const read = await source.read(some, { fromMs: atMs + from * minuteMs, toMs: atMs + to * minuteMs });
  return Object.fromEntries(
    Object.entries(read).map(([id, series]) => {
      if (series.kind === 'unknown') throw new Error(series.fault.code);
      return [id, series.blocks];
    }),
  );
}

describe('a minute of the world', () => {
  const window = fc.tuple(fc.nat(600), fc.nat(400)).map(([from, length]) => [from, from + length] as const);

  it('is the same in whatever order minutes are read, and whether or not those before it were', async () => {
    const whole = await blocksOf(sourceOf(), checks, 0, 1000);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ window, some: fc.subarray([...metricKinds], { minLength: 1 }) }), {
          maxLength: 6,
        }),
        async (reads) => {
          const source = sourceOf();
          for (const {
            window: [from, to],
            some,
          } of reads) {
            const asked = Object.fromEntries(some.map((id) => [id, checks[id] as Check]));
            for (const [id, blocks] of Object.entries(await blocksOf(source, asked, from, to)))
              expect(blocks).toEqual(whole[id]?.slice(from, to));
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('is another one with another seed, in another minute, of another check and cohort', async () => {
    const { rate = [] } = await blocksOf(sourceOf(), checks, 0, 200);
    const other = await blocksOf(sourceOf({}, 2), checks, 0, 200);
    expect(other['rate']).not.toEqual(rate);
    expect(other['share']).not.toEqual(other['rate']);
    const counted = rate.map(({ treatment }) => treatment?.n ?? 0);
    expect(new Set(counted).size).toBeGreaterThan(20);
    const mean = counted.reduce((sum, n) => sum + n, 0) / counted.length;
    expect(mean).toBeGreaterThan(100);
    expect(rate.map(({ control }) => Math.round((control?.n ?? 0) / 9))).not.toEqual(counted);
  });

  it('of the users without the new version is what it would be without a trouble of the new one', async () => {
    const ill = sourceOf({ failing: () => ({ value: 50, shared: false }) });
    const { rate: sick = [] } = await blocksOf(ill, checks, 0, 100);
    const { rate: well = [] } = await blocksOf(sourceOf(), checks, 0, 100);
    expect(sick.map(({ control }) => control)).toEqual(well.map(({ control }) => control));
    expect(sick.map(({ treatment }) => treatment?.x)).not.toEqual(well.map(({ treatment }) => treatment?.x));
  });

  it('is what was so then, also when it is read after a trouble has ended', async () => {
    const failing = new Changing<{ value: number; shared: boolean } | undefined>(undefined);
    failing.set(atMs + 10 * minuteMs, { value: 100, shared: false });
    failing.set(atMs + 20 * minuteMs, undefined);
    const { rate = [] } = await blocksOf(sourceOf({ failing: (_id, ms) => failing.at(ms) }), checks, 0, 60);
    const bad = rate.flatMap(({ treatment }, minute) =>
      treatment && treatment.x === treatment.n ? [minute] : [],
    );
    expect(bad).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
  });
});
