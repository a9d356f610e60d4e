/**
 * E-processes: evidence against "the release is fine" that may be looked at every minute.
 *
 * An e-process is money. Whoever doubts the release stakes 1 and bets, block after block, at odds that are fair or worse if
 * the release is fine. Then P(the money ever reaches 1/alpha) <= alpha: at any number of looks, under any rule of stopping
 * (Ville 1939; Ramdas, Grünwald, Vovk, Shafer 2023, "Game-theoretic statistics and safe anytime-valid inference"). So a
 * release is rolled back at the first ln E >= ln(1/alpha), and that stands.
 *
 * The money is spread evenly over alternatives ("twice as many errors", "ten times as many") and over starts: one half from
 * the first minute on, the other half in equal parts at each full hour, for regressions that come later (a leak, a job of
 * the night). Money not yet staked is kept, and counts. A sum of fair games is a fair game.
 */
import type { PairedCounts } from './paired-counts.ts';
import { requireHours } from './parameters.ts';

/** One test, fed block by block. Its state is plain JSON; `add` changes it in place, so whoever keeps looks apart clones it. */
export interface SequentialTest<State> {
  start(): State;
  /** `minute`: minutes since the test began, 0-based, never decreasing. */
  add(state: State, minute: number, pair: PairedCounts): void;
  /** ln E now. */
  logE(state: State): number;
  /** The highest ln E after any block so far: what a latched decision looks at. */
  logPeak(state: State): number;
}

export interface EProcess {
  /** By alternative: ln of the money on it, of all starts together. */
  readonly logStakes: number[];
  /** How many of the starts have been made. */
  starts: number;
  /** The highest ln E after any block so far. */
  logPeak: number;
}

export interface Mixture {
  start(): EProcess;
  /** `logFactor` of an alternative: ln of its likelihood ratio for the block that began at `minute`. */
  place(money: EProcess, minute: number, logFactor: (alternative: number) => number): void;
  logE(money: EProcess): number;
}

const minutesPerHour = 60;
const firstShare = 0.5;

/** `hours` starts, the first of them at once; 1: everything is staked at once, and nothing later. */
export function mixture(alternatives: number, hours: number): Mixture {
  requireHours(hours);
  const first = hours === 1 ? 1 : firstShare;
  const later = hours === 1 ? 0 : (1 - firstShare) / (hours - 1);
  const logAll = Math.log(2 * alternatives);

  /** All copies of one alternative multiply by the same factor, so they are one sum, whatever their number. */
  const restart = (money: EProcess, minute: number) => {
    const due = Math.min(hours, 1 + Math.floor(minute / minutesPerHour));
    if (due <= money.starts) return;
    const logFresh = Math.log(((due - money.starts) * later) / alternatives);
    for (let at = 0; at < alternatives; at += 1) {
      money.logStakes[at] = logSum(money.logStakes[at] ?? logFresh, logFresh);
    }
    money.starts = due;
  };

  const logE = ({ logStakes, starts }: EProcess) => {
    const logKept = starts < hours ? Math.log((hours - starts) * later) : Number.NEGATIVE_INFINITY;
    const top = Math.max(logKept, ...logStakes);
    let sum = Math.exp(logKept - top);
    for (const logStake of logStakes) sum += Math.exp(logStake - top);
    return top + Math.log(sum);
  };

  return {
    start: () => ({
      logStakes: Array.from({ length: alternatives }, () => Math.log(first / alternatives)),
      starts: 1,
      logPeak: 0,
    }),
    place: (money, minute, logFactor) => {
      restart(money, minute);
      const { logStakes } = money;
      let top = Number.NEGATIVE_INFINITY;
      for (let at = 0; at < alternatives; at += 1) {
        const logStake = (logStakes[at] ?? 0) + logFactor(at);
        logStakes[at] = logStake;
        if (logStake > top) top = logStake;
      }
      // E is at most all stakes at the top and half a unit kept; the peak is at least 1. Mostly that is no new peak.
      if (top + logAll < money.logPeak) return;
      money.logPeak = Math.max(money.logPeak, logE(money));
    },
    logE,
  };
}

/** ln(e^a + e^b) where neither need be a number that a computer can hold. */
const logSum = (a: number, b: number) => Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
