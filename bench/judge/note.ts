/** The numbers of the note that the tests come from: "SEQ-R tol" of its main table (4000 and 1000 runs a cell). */

export interface NotedCell {
  /** Of 48 hours. */
  readonly detected: number;
  /** Absent: fewer than half are detected. */
  readonly medianMinutes?: number;
}

export const ratios = [1.25, 1.5, 2, 4] as const;
export const traffics = [10, 100, 1000] as const;

/** By requests a minute, then by ratio. */
export const noted: Readonly<Record<(typeof traffics)[number], readonly NotedCell[]>> = {
  10: [{ detected: 0.01 }, { detected: 0.03 }, { detected: 0.26 }, { detected: 1, medianMinutes: 745 }],
  100: [
    { detected: 0.09 },
    { detected: 0.78, medianMinutes: 1857 },
    { detected: 1, medianMinutes: 476 },
    { detected: 1, medianMinutes: 68 },
  ],
  1000: [
    { detected: 0.75, medianMinutes: 1540 },
    { detected: 1, medianMinutes: 202 },
    { detected: 1, medianMinutes: 47 },
    { detected: 1, medianMinutes: 7 },
  ],
};

/** Seeds: of a null cell, and of a cell with an effect. */
export const nullSeed = (traffic: number, run: number) => 1_000_000 + 100_000 * traffic + run;
export const effectSeed = (traffic: number, ratio: number, run: number) =>
  2_000_000 + 10_000 * (4 * traffic + ratio) + run;

/** Regressions that begin at hour 24, minutes after the onset: requests a minute, ratio, the note's median. */
export const late = [
  { requests: 1000, ratio: 2, medianMinutes: 62 },
  { requests: 1000, ratio: 4, medianMinutes: 10 },
] as const;
