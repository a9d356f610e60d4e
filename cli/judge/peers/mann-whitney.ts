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
  return { lower, estimate: root(treatment, control, 0) };
}

function root(x: Float64Array, y: Float64Array, z: number): number {
  let above = (x[0] ?? 0) - (y.at(-1) ?? 0);
  let below = (x.at(-1) ?? 0) - (y[0] ?? 0);
  if (statistic(x, y, above) - z <= 0) return above;
  if (statistic(x, y, below) - z >= 0) return below;
  const precise = (below - above) * 1e-9;
  while (below - above > precise) {
    const middle = (above + below) / 2;
    if (statistic(x, y, middle) - z > 0) above = middle;
    else below = middle;
  }
  return (above + below) / 2;
}

/** The standardised rank sum of x - shift among both, by merging two sorted samples: ties share their mean rank. */
function statistic(x: Float64Array, y: Float64Array, shift: number): number {
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
  return variance <= 0 ? 0 : (excess - Math.sign(excess) * 0.5) / Math.sqrt(variance);
}
