/**
 * The same bake as a loop in the state machine, Wait -> Check -> Choice, in numbers. Pure.
 *
 * Counts per turn are those of histories recorded on AWS: Wait 2 events, Lambda task 5, Choice 2; three transitions
 * (LocalStack's snapshot tests of Step Functions). 25,000 events is a hard limit (Step Functions, service quotas).
 */

export const historyLimit = 25_000;
const turnEvents = 9;
const turnTransitions = 3;
/** A bake that waits for a token, however long: entered, scheduled, started, submitted, succeeded, exited. */
export const callbackEvents = 6;
/** ExecutionStarted, ExecutionSucceeded, and a last state (2) that says whether the bake is over. */
const childEvents = 4;
/** That last state; and in the parent, for each child, a task that starts it and waits, and a Choice. */
const transitionsPerChild = 3;
/** Of that task (6, like every callback) and that Choice. */
const callEvents = 8;

export interface Polled {
  readonly turns: number;
  /** Of the loop alone, had it one history. */
  readonly events: number;
  /** Of the loop alone. */
  readonly transitions: number;
  /** Whether the loop fits into the release's own execution. */
  readonly fits: boolean;
  /** Child executions to split it into; 0 when it fits. */
  readonly children: number;
  /** What splitting adds. */
  readonly splitTransitions: number;
}

/**
 * `besideEvents`: what the execution has in its history beside the loop.
 * Throws RangeError unless both times are positive.
 */
export function polledBake(bakeMinutes: number, everyMinutes: number, besideEvents = 0): Polled {
  const positive = (minutes: number) => Number.isFinite(minutes) && minutes > 0;
  if (!positive(bakeMinutes))
    throw new RangeError(`a bake of ${bakeMinutes} minutes: it must be more than 0`);
  if (!positive(everyMinutes))
    throw new RangeError(`a turn every ${everyMinutes} minutes: it must be more than 0`);
  const turns = Math.ceil(bakeMinutes / everyMinutes);
  const events = turns * turnEvents;
  const fits = events + besideEvents < historyLimit;
  const turnsMax = Math.floor((historyLimit - 1 - childEvents) / turnEvents);
  const children = fits ? 0 : Math.ceil(turns / turnsMax);
  return {
    turns,
    events,
    transitions: turns * turnTransitions,
    fits,
    children,
    splitTransitions: children * transitionsPerChild,
  };
}

/** The bakes of a release, one after the other in its one history as long as they fit. */
export function polledBakes(
  bakesMinutes: readonly number[],
  everyMinutes: number,
  releaseEvents: number,
): readonly Polled[] {
  let besideEvents = releaseEvents;
  return bakesMinutes.map((minutes) => {
    const polled = polledBake(minutes, everyMinutes, besideEvents);
    besideEvents += polled.fits ? polled.events : polled.children * callEvents;
    return polled;
  });
}
