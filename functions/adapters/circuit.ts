/**
 * A circuit breaker: a provider (of metrics, of messages) that has failed several times in a row is left alone for a while, then tried by one call.
 * One per provider and process; a frozen Lambda needs no timer, only the clock at the next call.
 */
import type { Clock } from '#application/ports/ports.ts';
import { minuteMs } from '#domain/time.ts';

/** Failures of a provider in a row after which it is left alone ... */
export const failuresMax = 3;
/** ... for so long. */
export const aloneMs = minuteMs;

export interface Circuit {
  /** Whether a call may go out now. Whoever is let through says how it ended. */
  isClosed(): boolean;
  worked(): void;
  failed(): void;
}

export function circuit(clock: Clock): Circuit {
  let failures = 0;
  let aloneUntilMs = 0;
  return {
    isClosed() {
      const nowMs = clock.nowMs();
      if (failures < failuresMax) return true;
      if (nowMs < aloneUntilMs) return false;
      // This call tries; the others wait until it has worked.
      aloneUntilMs = nowMs + aloneMs;
      return true;
    },
    worked() {
      failures = 0;
    },
    failed() {
      failures += 1;
      aloneUntilMs = clock.nowMs() + aloneMs;
    },
  };
}

/** What is said of a provider that no call may go to. */
export const leftAlone = { failures: failuresMax, seconds: aloneMs / 1000 } as const;
