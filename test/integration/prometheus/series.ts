/**
 * What the server is fed with: counters of a shop from 08:50 to 09:20 (UTC) of one day, scraped every 15 s at :05, :20, :35
 * and :50, as OpenMetrics that `promtool` makes into blocks.
 */

export const nine = Date.parse('2025-03-10T09:00:00Z') / 1000;
const scrapeSeconds = 15;
const scrapes = Array.from({ length: 120 }, (_, index) => nine - 595 + index * scrapeSeconds);

/** Seconds after 09:00 -> the value at that instant; nothing where the target was not scraped. */
type Curve = (at: number) => number | undefined;

/** So many a minute since the beginning. */
const steady =
  (perMinute: number) =>
  (at: number): number =>
    ((at + 595) * perMinute) / 60;
/** How many of these instants have passed. */
const events =
  (...instants: readonly number[]): Curve =>
  (at) =>
    instants.filter((instant) => instant <= at).length;

interface Metric {
  readonly type: 'counter' | 'gauge';
  readonly series: readonly (readonly [labels: string, curve: Curve])[];
}
const metrics: Readonly<Record<string, Metric>> = {
  requests_total: {
    type: 'counter',
    series: [
      ['cohort="new",status="200"', steady(96)],
      ['cohort="new",status="500"', steady(4)],
      ['cohort="old",status="200"', steady(891)],
      ['cohort="old",status="500"', steady(9)],
      ['cohort="internal",status="200"', steady(60)],
    ],
  },
  /** One event well inside the minute 09:02, one between the last scrape of 09:03 and the first of 09:04. */
  rare_total: {
    type: 'counter',
    series: [
      ['cohort="new"', events(145, 237)],
      ['cohort="old"', events(145, 237)],
    ],
  },
  /** Born with its first event, at 09:03. */
  late_total: { type: 'counter', series: [['', (at) => (at < 180 ? undefined : steady(8)(at - 180))]] },
  /** Not scraped from 09:02 until before 09:04. */
  gap_total: {
    type: 'counter',
    series: [['', (at) => (at >= 120 && at < 240 ? undefined : steady(60)(at))]],
  },
  /** Restarted at 09:02:30. */
  reset_total: {
    type: 'counter',
    series: [['', (at) => (at < 150 ? 10_000 + steady(60)(at) : at - 150)]],
  },
  idle_total: { type: 'counter', series: [['', () => 7]] },
  seconds_sum: { type: 'gauge', series: [['', steady(30)]] },
  seconds_count: { type: 'gauge', series: [['', steady(60)]] },
  load: {
    type: 'gauge',
    series: [
      ['instance="a"', (at) => (at < 120 ? 0.5 : 0.75)],
      ['instance="b"', () => 0.25],
    ],
  },
};

const lines = Object.entries(metrics).flatMap(([name, { type, series }]) => [
  // OpenMetrics names a counter without its ending.
  `# TYPE ${name.replace(/_total$/, '')} ${type}`,
  ...series.flatMap(([labels, curve]) =>
    scrapes.flatMap((instant) => {
      const value = curve(instant - nine);
      return value === undefined ? [] : [`${name}{${labels}} ${value} ${instant}`];
    }),
  ),
]);
export const openMetrics = `${lines.join('\n')}\n# EOF\n`;
