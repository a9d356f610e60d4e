/** A cell of a table: many bakes of one kind, and what a rule makes of them. */

export interface Cell {
  readonly runs: number;
  /** Share of the bakes that were rolled back, 0 to 1. */
  readonly share: number;
  /** Half of all bakes are rolled back by then; absent when fewer than half are at all. */
  readonly medianMinutes?: number;
  /** Mean requests of the new version before the rollback, or until the end. */
  readonly exposed: number;
}

export interface Outcome {
  readonly minute: number | undefined;
  readonly exposed: number;
}

export function cellOf(outcomes: readonly Outcome[]): Cell {
  const minutes = outcomes.map(({ minute }) => minute ?? Number.POSITIVE_INFINITY).toSorted((a, b) => a - b);
  const median = minutes[Math.floor((minutes.length - 1) / 2)] ?? Number.POSITIVE_INFINITY;
  const runs = outcomes.length;
  return {
    runs,
    share: outcomes.filter(({ minute }) => minute !== undefined).length / runs,
    ...(Number.isFinite(median) ? { medianMinutes: median } : {}),
    exposed: outcomes.reduce((sum, one) => sum + one.exposed, 0) / runs,
  };
}

/** What chance does to a share of so many runs: three standard deviations. */
export const chance = (share: number, runs: number) => 3 * Math.sqrt((share * (1 - share)) / runs);
/** The same of a median, relative: the note has 5 % at 1000 runs, for one deviation or so. */
export const chanceOfMedian = (runs: number) => 3 * 0.05 * Math.sqrt(1000 / runs);

export const percent = (share: number) => `${(100 * share).toFixed(share < 0.1 ? 2 : 0)} %`;
export function inWords({ share, medianMinutes, exposed }: Cell): string {
  const size = exposed >= 10_000 ? `${(exposed / 1000).toFixed(0)}k` : exposed.toFixed(0);
  return `${share.toFixed(2)} / ${medianMinutes ?? '-'} / ${size}`;
}
