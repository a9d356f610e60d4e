/** What the benchmark concludes from what it measured. */

/** How a read went with so many releases in the table. */
export interface ReadFigures {
  readonly releases: number;
  /** Consumed by each call, in the order of the calls. */
  readonly readUnits: readonly number[];
  /** Of each call, milliseconds from the request to the answer. */
  readonly ms: readonly number[];
  /** Our own processor time of one call, milliseconds. */
  readonly cpuMs: number;
}

/** The smallest of the numbers that so large a part (0 to 1) of them does not exceed. Throws RangeError without numbers. */
export function quantile(numbers: readonly number[], part: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)];
  if (found === undefined) throw new RangeError('a quantile of no numbers: measure at least once');
  return found;
}

/** Whether any call of a read consumed other units than another one, whatever was in the table. */
export const unitsDiffer = (sizes: readonly ReadFigures[]): boolean =>
  new Set(sizes.flatMap(({ readUnits }) => readUnits)).size > 1;

/** How many times the median of the smallest table is that of the largest. */
export function slowdown(sizes: readonly ReadFigures[]): number {
  const [smallest, largest] = [sizes[0], sizes.at(-1)];
  if (!smallest || !largest) throw new RangeError('a slowdown of no sizes: measure at least one');
  return quantile(largest.ms, 0.5) / quantile(smallest.ms, 0.5);
}

/** A server under load. */
export interface Served {
  readonly requests: number;
  readonly seconds: number;
  /** Processor time of the server's process. */
  readonly cpuSeconds: number;
}

/** Requests per second of a whole core: what a client that never waits would get from one process. */
export const perCore = ({ requests, cpuSeconds }: Served): number => requests / cpuSeconds;
