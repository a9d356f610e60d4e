/**
 * Evidence that may be looked at as often as one likes. An e-process starts at 1, and while the new version is no worse it
 * reaches 1/alpha with a chance of at most alpha, at any number of looks and for any rule of stopping (Ville).
 *
 * It is a mixture over alternatives (how much worse) and over starts (since when): half of the weight on the beginning, the
 * rest on a new start every hour, so that what goes wrong after a day is found nearly as soon as what is wrong at once.
 * A start later than now counts as 1. Everything is kept as logarithms, and a start costs nothing to keep: with S_g the sum of
 * an alternative's increments, a start at s is worth exp(S_g(now) - S_g(s)), so one number per alternative remembers them all.
 */
import type { Pair } from './pair.ts';

/** States are plain JSON; `add` changes the state in place, so who wants to keep the old one takes a copy first. */
export interface SequentialTest<State> {
  start(): State;
  /** `minute`: minutes since the test began, 0-based, never decreasing. Blocks that say nothing change nothing. */
  add(state: State, minute: number, pair: Pair): void;
  /** ln E after all blocks. */
  logE(state: State): number;
  copy(state: State): State;
}

export interface EProcess {
  /** Sum of the increments of each alternative. */
  readonly sums: number[];
  /** ln of the weights of the starts so far, each divided by what the alternative was worth then. */
  readonly starts: number[];
  /** How many starts there have been. */
  started: number;
}

const minutesPerStart = 60;
const firstWeight = 0.5;

/** Weight of the n-th of so many starts. */
const weightOf = (start: number, starts: number): number => {
  if (starts === 1) return 1;
  return start === 0 ? firstWeight : (1 - firstWeight) / (starts - 1);
};
const unstarted = ({ started }: EProcess, starts: number): number =>
  starts === 1 || started === starts ? 0 : (1 - firstWeight) * ((starts - started) / (starts - 1));

/** `hours`: how long the test may last; 1 is a single start. */
export const startsIn = (hours: number): number => Math.max(1, Math.ceil(hours));

export const startEProcess = (alternatives: number, starts: number): EProcess => ({
  sums: Array.from({ length: alternatives }, () => 0),
  starts: Array.from({ length: alternatives }, () => Math.log(weightOf(0, starts))),
  started: 1,
});

export const copyOf = ({ sums, starts, started }: EProcess): EProcess => ({
  sums: [...sums],
  starts: [...starts],
  started,
});

/** Takes the increments of one block in, at a minute since the beginning. */
export function advance(
  mixture: EProcess,
  starts: number,
  minute: number,
  increments: readonly number[],
): void {
  const { sums, starts: logs } = mixture;
  while (mixture.started < starts && minute >= mixture.started * minutesPerStart) {
    const weight = Math.log(weightOf(mixture.started, starts));
    for (let g = 0; g < sums.length; g += 1) logs[g] = logAdd(logs[g] ?? 0, weight - (sums[g] ?? 0));
    mixture.started += 1;
  }
  for (let g = 0; g < sums.length; g += 1) sums[g] = (sums[g] ?? 0) + (increments[g] ?? 0);
}

export function logEOf(mixture: EProcess, starts: number): number {
  const { sums, starts: logs } = mixture;
  const terms = sums.map((sum, g) => sum + (logs[g] ?? 0) - Math.log(sums.length));
  const rest = unstarted(mixture, starts);
  return logSum(rest > 0 ? [...terms, Math.log(rest)] : terms);
}

/** ln(e^a + e^b) */
function logAdd(a: number, b: number): number {
  const most = Math.max(a, b);
  return most + Math.log1p(Math.exp(Math.min(a, b) - most));
}

/** ln of the sum of exponentials; of none, minus infinity. */
export function logSum(logs: readonly number[]): number {
  const most = Math.max(...logs);
  if (!Number.isFinite(most)) return most;
  return most + Math.log(logs.reduce((sum, one) => sum + Math.exp(one - most), 0));
}
