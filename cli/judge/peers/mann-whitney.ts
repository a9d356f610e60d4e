/**
 * The confidence interval of a shift between two samples that Kayenta's judge computes: the asymptotic one of R's
 * `wilcox.test(conf.int = TRUE)` with ties and continuity correction, its ends found by bisection instead of Brent's method
 * (the function is a staircase; both stop at the same stair).
 */
import { normalQuantile } from './normal.ts';

export interface Shift {
  /** Hodges and Lehmann's estimate of treatment minus control. */
  readonly estimate: number;
  readonly lower: number;
}

/** Both samples sorted in ascending order and not empty, and not all values the same. */
export function shiftOf(treatment: Float64Array, control: Float64Array, confidence: number): Shift {
  const critical = normalQuantile(1 - (1 - confidence) / 2);
  const lower = root(treatment, control, critical);
  // The estimate is that of R, which corrects for continuity at the ends of the interval only.
  return { lower, estimate: root(treatment, control, 0, 0) };
}

/** Two numbers with nothing between them would be halved for ever. */
const halvingsMax = 60;
/** Of the range of the data: what is nearer to nought is nought, as it is to a search that stops earlier. */
const precision = 1e-9;

/** The shift at which the statistic falls through `z`; in the middle, where it is flat there. */
function root(x: Float64Array, y: Float64Array, z: number, correction = 0.5): number {
  const least = (x[0] ?? 0) - (y.at(-1) ?? 0);
  const most = (x.at(-1) ?? 0) - (y[0] ?? 0);
  const edge = (isBefore: (excess: number) => boolean): number => {
    let [before, after] = [least, most];
    if (!isBefore(statistic(x, y, before, correction) - z)) return before;
    if (isBefore(statistic(x, y, after, correction) - z)) return after;
    for (let halvings = 0; halvings < halvingsMax; halvings += 1) {
      const middle = (before + after) / 2;
      if (isBefore(statistic(x, y, middle, correction) - z)) before = middle;
      else after = middle;
    }
    return (before + after) / 2;
  };
  const found = (edge((excess) => excess > 0) + edge((excess) => excess >= 0)) / 2;
  return Math.abs(found) < precision * (most - least) ? 0 : found;
}

/** The standardised rank sum of x - shift among both, by merging two sorted samples: ties share their mean rank. */
function statistic(x: Float64Array, y: Float64Array, shift: number, correction: number): number {
  let [inX, inY, ranks, ties] = [0, 0, 0, 0];
  while (inX < x.length || inY < y.length) {
    const fromX = inX < x.length ? (x[inX] ?? 0) - shift : Number.POSITIVE_INFINITY;
    const fromY = inY < y.length ? (y[inY] ?? 0) : Number.POSITIVE_INFINITY;
    const value = Math.min(fromX, fromY);
    const before = inX + inY;
    let alike = 0;
    for (; inX < x.length && (x[inX] ?? 0) - shift === value; inX += 1) alike += 1;
    for (; inY < y.length && y[inY] === value; inY += 1);
    const tied = inX + inY - before;
    ranks += alike * (before + (tied + 1) / 2);
    ties += tied ** 3 - tied;
  }
  const all = x.length + y.length;
  const excess = ranks - (x.length * (x.length + 1)) / 2 - (x.length * y.length) / 2;
  const variance = ((x.length * y.length) / 12) * (all + 1 - ties / (all * (all - 1)));
  return variance <= 0 ? 0 : (excess - Math.sign(excess) * correction) / Math.sqrt(variance);
}
