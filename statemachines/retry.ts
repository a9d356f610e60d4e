/**
 * Retry classes. A class is for faults that pass by themselves; an expected verdict is data and is never retried.
 * The total wait of each class is asserted in `test/statemachines/retry.test.ts`.
 */

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly MaxAttempts: number;
  readonly BackoffRate: number;
  readonly MaxDelaySeconds: number;
  readonly JitterStrategy: 'FULL' | 'NONE';
}

/** Lambda's own faults (AWS, "Handle transient Lambda service exceptions") and ours that say "try again". */
const transientErrors = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.TooManyRequestsException',
  'Lambda.Unknown',
  'Sandbox.Timedout',
  'LedgerConflict',
  'ServiceUnavailable',
] as const;

/** 2 + 4 + 8 + 16 + 32 + 60 = 122 seconds at most, spread by full jitter. */
const transient: readonly Retrier[] = [
  {
    ErrorEquals: transientErrors,
    IntervalSeconds: 2,
    MaxAttempts: 6,
    BackoffRate: 2,
    MaxDelaySeconds: 60,
    JitterStrategy: 'FULL',
  },
];

/** 10 + 30 + 90 + 270 + 600 × 4 = 2,800 seconds: undoing must not give up where doing would. */
const undo: readonly Retrier[] = [
  {
    ErrorEquals: [...transientErrors, 'ScriptNotStarted'],
    IntervalSeconds: 10,
    MaxAttempts: 8,
    BackoffRate: 3,
    MaxDelaySeconds: 600,
    JitterStrategy: 'FULL',
  },
];

export const retryClasses = { transient, undo } as const;
export type RetryClass = keyof typeof retryClasses;

/** Longest time that a class waits between attempts, in seconds: the sum before jitter shortens it. */
export function totalWaitSeconds(retriers: readonly Retrier[]): number {
  let total = 0;
  for (const retrier of retriers) {
    for (let attempt = 0; attempt < retrier.MaxAttempts; attempt += 1) {
      total += Math.min(retrier.IntervalSeconds * retrier.BackoffRate ** attempt, retrier.MaxDelaySeconds);
    }
  }
  return total;
}
