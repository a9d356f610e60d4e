/** Sparse traffic: minutes in which only one cohort was there carry no information, so several are taken together. */
import { noPair, type Pair, plus } from './pair.ts';

export interface Gathering {
  pending: Pair;
  /** The minute of the first block that waits, or nothing waits. */
  since?: number;
}

/** Decided on how many events there are, never on how many of them are bad: else the choice itself would be a test. */
const eventsEnough = 5;
const minutesMax = 15;

export const nothingGathered = (): Gathering => ({ pending: noPair });

/** The block to judge now, or nothing while more is waited for. */
export function gather(state: Gathering, minute: number, pair: Pair, patient = true): Pair | undefined {
  const since = state.since ?? minute;
  const all = plus(state.pending, pair);
  const enough = Math.min(all.nT, all.nC) >= eventsEnough;
  if (!enough && (!patient || minute - since + 1 < minutesMax)) {
    state.pending = all;
    state.since = since;
    return undefined;
  }
  state.pending = noPair;
  delete state.since;
  return all;
}
