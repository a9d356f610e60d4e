/**
 * Flagger, `Canary.spec.analysis` with the built-in metric `request-success-rate`: each `interval` the success rate of the
 * canary is held against a minimum; a failed check adds one to a counter that is never reset, and at `threshold` the canary
 * is rolled back. No data is a failed check too (`runBuiltinMetricChecks` returns false on ErrNoValuesFound).
 */
import { type Peer, shareOf, windowsOf } from './peer.ts';

export interface FlaggerAnalysis {
  readonly intervalMinutes: number;
  /** Failed checks that roll back (`>=`). The tutorials use 5; left out, it is 1. */
  readonly threshold: number;
  /** `thresholdRange.min` of the success rate, as a share. */
  readonly successShareMin: number;
  readonly noData: 'fails' | 'ignored';
}

/** The example of the tutorials. */
const flaggerDefaults: FlaggerAnalysis = {
  intervalMinutes: 1,
  threshold: 5,
  successShareMin: 0.99,
  noData: 'fails',
};

export function flagger(changes: Partial<FlaggerAnalysis> = {}): Peer {
  const parameters = { ...flaggerDefaults, ...changes };
  const { intervalMinutes, threshold, successShareMin, noData } = parameters;
  return {
    name: `Flagger ${intervalMinutes} min, threshold ${threshold}, success >= ${percent(successShareMin)}, no data ${noData}`,
    parameters: { ...parameters },
    decide: (blocks) => {
      let failedChecks = 0;
      for (const [index, seen] of windowsOf(blocks, intervalMinutes).entries()) {
        const badShare = shareOf(seen);
        const failed = badShare === undefined ? noData === 'fails' : 1 - badShare < successShareMin;
        if (failed) failedChecks += 1;
        if (failedChecks >= threshold) return (index + 1) * intervalMinutes;
      }
      return undefined;
    },
  };
}

const percent = (share: number) => `${+(share * 100).toFixed(2)} %`;
