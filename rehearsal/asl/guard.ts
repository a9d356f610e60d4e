/** Retry and Catch of Task, Parallel and Map. */
import type { Json } from '#domain/json.ts';
import { StateFailure } from './errors.ts';
import type { GuardedState, RetryRule } from './machine.ts';
import type { Departure, StateVisit } from './visit.ts';

/**
 * Tries `attempt` until it succeeds, its error is caught or nothing is left to try.
 * @throws StateFailure of the last attempt
 */
export async function guarded(
  visit: StateVisit,
  state: GuardedState,
  attempt: () => Promise<Json>,
): Promise<Departure> {
  const { flow } = visit;
  const retries = new Map<RetryRule, number>();
  for (;;) {
    let attempted = false;
    try {
      const result = await attempt();
      attempted = true;
      return await visit.depart(state, result, state.next, { result });
    } catch (error) {
      if (!(error instanceof StateFailure)) throw error;
      const delayMs = retryDelayMs(state.retry, retries, error, () => flow.runtime.random());
      if (delayMs === undefined) {
        if (!attempted) giveUp(visit, state);
        return await caught(visit, state, error);
      }
      await flow.sleepUntil(flow.runtime.clock.nowMs() + delayMs);
      visit.retryCount += 1;
      flow.execution.countTransition();
    }
  }
}

/** Counts the retry. The first retrier that names the error decides, also that no attempt is left. */
function retryDelayMs(
  retriers: readonly RetryRule[],
  retries: Map<RetryRule, number>,
  failure: StateFailure,
  random: () => number,
): number | undefined {
  const retrier = retriers.find(({ errorEquals }) => errorEquals.some((name) => failure.matches(name)));
  if (retrier === undefined) return undefined;
  const before = retries.get(retrier) ?? 0;
  if (before >= retrier.maxAttempts) return undefined;
  retries.set(retrier, before + 1);
  const seconds = Math.min(retrier.intervalSeconds * retrier.backoffRate ** before, retrier.maxDelaySeconds);
  return seconds * 1000 * (retrier.fullJitter ? random() : 1);
}

/** An attempt that is retried records no failure of the state; only the last one does. */
function giveUp(visit: StateVisit, { type }: GuardedState): void {
  if (type === 'Task') return;
  visit.flow.record(`${type}StateFailed`);
  visit.failed = true;
}

/** A catcher has its own Output and Assign; those of the state do not count. */
async function caught(visit: StateVisit, state: GuardedState, failure: StateFailure): Promise<Departure> {
  const catcher = state.catch.find(({ errorEquals }) => errorEquals.some((name) => failure.matches(name)));
  if (catcher === undefined) throw failure;
  const { errorOutput } = failure;
  return await visit.depart(catcher, errorOutput, catcher.next, { errorOutput });
}
