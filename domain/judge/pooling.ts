/**
 * Minutes of little traffic are gathered into one block: a minute in which only one cohort was seen compares nothing. When
 * a block closes depends on how many were counted, never on how they fared, so that the odds stay fair.
 */
import type { PairedCounts } from './paired-counts.ts';

/** A block that still gathers. */
export interface OpenBlock extends PairedCounts {
  readonly openedMinute: number;
}

export interface Gathering {
  /** A block closes when each cohort has so many. */
  readonly countMin: number;
  /** And at the latest after so many minutes. */
  readonly minutesMax: number;
}

/** What most tests do with sparse minutes: with 1 request a minute in treatment +300 % is found a tenth sooner. */
export const sparseMinutes: Gathering = { countMin: 5, minutesMax: 15 };
/** Each minute by itself. */
export const everyMinute: Gathering = { countMin: 0, minutesMax: 1 };

/** Adds a minute to the open block; `close` takes each block that is complete. Returns the block that is still open. */
export function gather(
  { countMin, minutesMax }: Gathering,
  open: OpenBlock | null,
  minute: number,
  pair: PairedCounts,
  close: (block: OpenBlock) => void,
): OpenBlock | null {
  // Nothing may have been counted for a while: what was gathered before the silence is a block of its own.
  const overdue = open !== null && minute - open.openedMinute >= minutesMax;
  if (overdue) close(open);
  const block = together(open === null || overdue ? openAt(minute) : open, pair);
  const complete = Math.min(block.nT, block.nC) >= countMin || minute - block.openedMinute + 1 >= minutesMax;
  if (!complete) return block;
  close(block);
  return null;
}

const openAt = (openedMinute: number): OpenBlock => ({ openedMinute, nT: 0, xT: 0, nC: 0, xC: 0 });

// Member by member: this runs for every minute of every check.
const together = (open: OpenBlock, pair: PairedCounts): OpenBlock => ({
  openedMinute: open.openedMinute,
  nT: open.nT + pair.nT,
  xT: open.xT + pair.xT,
  nC: open.nC + pair.nC,
  xC: open.xC + pair.xC,
});
